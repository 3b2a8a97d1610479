"""Pages of signing in and out, and the first page of the console."""

import re
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.responses import Response

from backend.db.unit_of_work import database_of
from backend.staff.console import render_in_console
from backend.staff.service import (
    SESSION_COOKIE,
    Role,
    SignedInStaff,
    begin_session,
    check_password,
    end_session,
)
from backend.staff.views import SIGN_IN_INCOMPLETE, SIGN_IN_REFUSED, SignInPage
from backend.web.slow_lane import in_slow_lane

HOME = "/staff"
# Only our own console: an address elsewhere would make the sign-in page a lure for phishers.
CONSOLE_PATH = re.compile(r"/staff(?:[/?][\x21-\x7e]*)?")

router = APIRouter(prefix="/staff", include_in_schema=False)


@router.get("/login")
def show_sign_in(request: Request, next: str = HOME) -> HTMLResponse:
    """Show the sign-in form."""
    return _sign_in_page(request, SignInPage(next=_own_path(next)))


@router.post("/login")
async def sign_in(
    request: Request,
    email: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = HOME,
) -> Response:
    """Sign in and go on to `next`; otherwise show the form again, the address kept."""
    page = SignInPage(next=_own_path(next), email=email.strip())
    if not email.strip() or not password:
        return _sign_in_page(request, page, SIGN_IN_INCOMPLETE, status_code=422)
    # Hashing takes a quarter of a second on purpose; residents must not wait behind it.
    token = await in_slow_lane(request, lambda: _begin(request, email, password))
    if token is None:
        return _sign_in_page(request, page, SIGN_IN_REFUSED, status_code=401)
    response = RedirectResponse(page.next, status_code=303)
    response.set_cookie(
        SESSION_COOKIE,
        token,
        path=HOME,
        httponly=True,
        samesite="lax",
        secure=_is_https(request),
    )
    return response


@router.post("/logout")
def sign_out(request: Request) -> RedirectResponse:
    """End the session, here and on the server."""
    token = request.cookies.get(SESSION_COOKIE)
    if token:
        end_session(database_of(request), token, datetime.now(UTC))
    response = RedirectResponse(f"{HOME}/login", status_code=303)
    response.delete_cookie(SESSION_COOKIE, path=HOME)
    return response


@router.get("")
def show_home(request: Request, staff: SignedInStaff) -> Response:
    """Lead to where the role works, or say that there is nothing for it to do."""
    if staff.role is Role.HANDLER:
        return render_in_console(request, "staff/home.html", None, staff)
    works_on_ratings = staff.role in (Role.DEPARTMENT, Role.REVIEWER)
    place = "ratings" if works_on_ratings else "surveys"
    return RedirectResponse(f"{HOME}/{place}", status_code=303)


def _begin(request: Request, email: str, password: str) -> str | None:
    database = database_of(request)
    staff = check_password(database, email, password, datetime.now(UTC))
    return None if staff is None else begin_session(database, staff, datetime.now(UTC))


def _sign_in_page(
    request: Request, page: SignInPage, error: str | None = None, status_code: int = 200
) -> HTMLResponse:
    page = SignInPage(next=page.next, email=page.email, error=error)
    return render_in_console(request, "staff/login.html", page, None, status_code=status_code)


def _own_path(path: str) -> str:
    return path if CONSOLE_PATH.fullmatch(path) else HOME


def _is_https(request: Request) -> bool:
    base_url: str = request.app.state.settings.base_url
    return base_url.startswith("https://")
