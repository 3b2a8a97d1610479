"""Who may: the FastAPI dependencies that guard the console's pages and the API's routes.

They open and close transactions of their own. A route that also takes a `WriteSession` must be
guarded at its router or before that parameter: on SQLite the second writer would wait in vain.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from backend.db.unit_of_work import database_of
from backend.errors import Forbidden, NotSignedIn
from backend.staff.rights import Role, Scope
from backend.staff.service.accounts import Staff
from backend.staff.service.sessions import recognise
from backend.staff.service.tokens import TokenHolder, recognise_token

SESSION_COOKIE = "minsheng_session"
CONSOLE = "/staff"

_bearer = HTTPBearer(
    auto_error=False,
    scheme_name="token",
    description="An API token, made with `minsheng token add NAME --scope evaluate|export`.",
)


class SignInNeeded(NotSignedIn):
    """A page of the console was asked for without a session; `location` is the way to sign in."""

    def __init__(self, request: Request) -> None:
        super().__init__()
        query = f"?{request.url.query}" if request.url.query else ""
        # What was sent by a form cannot be repeated by a link, so such a request starts over.
        wanted = request.url.path + query if request.method in {"GET", "HEAD"} else CONSOLE
        self.location = f"{CONSOLE}/login?{urlencode({'next': wanted})}"


def signed_in_staff(request: Request) -> Staff:
    """Return who is signed in; without a session the visitor is sent to the sign-in page."""
    token = request.cookies.get(SESSION_COOKIE, "")
    staff = recognise(database_of(request), token, datetime.now(UTC)) if token else None
    if staff is None:
        raise SignInNeeded(request)
    return staff


SignedInStaff = Annotated[Staff, Depends(signed_in_staff)]


def require_role(*roles: Role | str) -> Callable[[Staff], Staff]:
    """Make a dependency that returns the signed-in staff if in one of the roles, else a 403."""
    allowed = frozenset(Role(role) for role in roles)

    def staff_in_role(staff: SignedInStaff) -> Staff:
        if staff.role not in allowed:
            raise Forbidden()
        return staff

    return staff_in_role


def require_token(scope: Scope | str) -> Callable[..., TokenHolder]:
    """Make a dependency that returns the holder of a bearer token with that scope.

    Without a valid token the answer is 401, without the scope 403 (RFC 6750, section 3).
    """
    wanted = Scope(scope)

    def token_holder(
        request: Request,
        credentials: Annotated[
            HTTPAuthorizationCredentials | None, Security(_bearer, scopes=[wanted.value])
        ],
    ) -> TokenHolder:
        secret_key = request.app.state.settings.secret_key
        holder = credentials and recognise_token(
            database_of(request), secret_key, credentials.credentials, datetime.now(UTC)
        )
        if not holder:
            raise NotSignedIn(headers={"WWW-Authenticate": "Bearer"})
        if wanted not in holder.scopes:
            challenge = f'Bearer error="insufficient_scope", scope="{wanted.value}"'
            raise Forbidden(headers={"WWW-Authenticate": challenge})
        return holder

    return token_holder
