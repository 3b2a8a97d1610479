"""Renders a page inside the console's frame: who is signed in, and where they may go."""

from fastapi import Request
from fastapi.responses import HTMLResponse

from backend.staff.service import CONSOLE, Staff
from backend.staff.views import frame
from backend.web.language import LANGUAGE_COOKIE, asked_language
from backend.web.templating import render

A_YEAR = 365 * 24 * 3600


def render_in_console(
    request: Request,
    name: str,
    page: object,
    staff: Staff | None,
    *,
    status_code: int = 200,
) -> HTMLResponse:
    """Render `layouts/staff.html` or what extends it; a language asked for is kept."""
    framed = frame(staff, request.url.path)
    response = render(request, name, page, frame=framed, status_code=status_code)
    asked = asked_language(request)
    if asked is not None:
        response.set_cookie(
            LANGUAGE_COOKIE, asked, path=CONSOLE, max_age=A_YEAR, samesite="lax", httponly=True
        )
    return response
