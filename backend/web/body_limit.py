"""Refuses bodies that are larger than any form Minsheng serves, before anything reads them.

FastAPI can limit bodies too, but then answers in plain text.
"""

import re

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.errors import TooLarge
from backend.web.error_pages import respond

MAX_BODY_BYTES = 256 * 1024
# Forms with a file, whose own limit is 20 MB or less: what is somewhat larger still gets to the
# page, which says so beside the field.
MAX_UPLOAD_BYTES = 32 * 1024 * 1024
UPLOADS = re.compile(
    r"/staff/ratings/(?:rounds/[^/]+/(?:rows/[0-9]+/evidence|import)|innovation/[^/]+/evidence)"
)


class BodyLimit:
    """ASGI middleware: 413 for a body over the limit, by its declared or its real size.

    A body of undeclared length is kept in memory, so the larger limit of `UPLOADS` is not for it;
    browsers declare theirs.
    """

    def __init__(self, app: ASGIApp, max_bytes: int = MAX_BODY_BYTES) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = _declared_length(scope)
        if declared is None:
            messages = await self._read(receive)
            if messages is None:
                await respond(TooLarge(), scope, receive, send)
            else:
                await self._app(scope, _replay(messages, receive), send)
        elif declared > self._limit(scope):
            # The server discards the body as it comes, so the sender gets to read the answer.
            await respond(TooLarge(), scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _limit(self, scope: Scope) -> int:
        is_upload = scope["method"] == "POST" and UPLOADS.fullmatch(scope["path"])
        return max(self._max_bytes, MAX_UPLOAD_BYTES) if is_upload else self._max_bytes

    async def _read(self, receive: Receive) -> list[Message] | None:
        """Read a body of undeclared length whole; None when it exceeds the limit.

        FastAPI turns an error raised while it reads a body into "400", so the size has to be known
        before FastAPI sees the request. What is kept here is within the limit.
        """
        messages: list[Message] = []
        size = 0
        while True:
            message = await receive()
            messages.append(message)
            size += len(message.get("body", b""))
            if size > self._max_bytes:
                return None
            if not message.get("more_body", False):
                return messages


def _declared_length(scope: Scope) -> int | None:
    """Return the length that the server holds the sender to; None for a chunked body."""
    headers = dict(scope["headers"])
    if b"transfer-encoding" in headers:
        return None
    value = headers.get(b"content-length", b"0")
    return int(value) if value.isdigit() else None


def _replay(messages: list[Message], receive: Receive) -> Receive:
    waiting = iter(messages)

    async def replay() -> Message:
        message = next(waiting, None)
        return message if message is not None else await receive()

    return replay
