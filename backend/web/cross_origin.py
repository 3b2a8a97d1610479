"""Refuses unsafe requests that another site makes a browser send (CSRF), without tokens in forms.

Browsers say where a request comes from: `Sec-Fetch-Site` (Fetch Metadata) on secure origins, and
`Origin` everywhere. A request with neither is not a browser's and carries nobody's cookies by
surprise; one with a bearer token is authorised by that and not by a cookie.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from backend.errors import CrossOriginRefused
from backend.web.error_pages import respond

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# "none" is what the person did: an address typed, a bookmark.
OWN_SITES = frozenset({"same-origin", "none"})


class CrossOriginGuard:
    """ASGI middleware: 403 for a form or script of another site.

    Parameters
    ----------
    app
        What is guarded.
    base_url
        The public address; its origin is ours too when a proxy rewrites `Host`.
    """

    def __init__(self, app: ASGIApp, base_url: str) -> None:
        self._app = app
        self._own_host = urlsplit(base_url).netloc.lower()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and self._is_foreign(scope["method"], Headers(scope=scope)):
            await respond(CrossOriginRefused(), scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _is_foreign(self, method: str, headers: Headers) -> bool:
        if method in SAFE_METHODS or headers.get("authorization", "").lower().startswith("bearer "):
            return False
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site not in OWN_SITES
        origin = headers.get("origin")
        if origin is None:
            return False
        # "null" (sandboxed frames, files) has no host and matches nothing.
        try:
            host = urlsplit(origin).netloc.lower()
        except ValueError:
            return True
        return host not in {headers.get("host", "").lower(), self._own_host}
