"""Answers an error in the form its sender reads: problem+json for programs, a page for people."""

from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from backend.errors import MinshengError
from backend.web.language import language_of
from backend.web.problems import problem_response
from backend.web.templating import render as render_page
from backend.web.wording import translate

JSON_TYPES = frozenset({"application/json", "application/problem+json"})


@dataclass(frozen=True)
class ErrorPage:
    """What `errors/error.html` shows, in the reader's language."""

    status: int
    title: str
    detail: str


async def respond(error: MinshengError, scope: Scope, receive: Receive, send: Send) -> None:
    """Send an error from a middleware."""
    await render(Request(scope, receive), error)(scope, receive, send)


def render(request: Request, error: MinshengError) -> Response:
    """Render an error for the sender of a request."""
    if wants_json(request):
        return problem_response(error, language_of(request))
    if error.location is not None:
        return RedirectResponse(error.location, status_code=303)
    return _page(request, error)


def wants_json(request: Request) -> bool:
    """Whether the sender is a program: of the API, or one that asks for JSON and not for HTML."""
    if request.url.path.startswith("/api/"):
        return True
    accepted = {
        part.split(";")[0].strip().lower() for part in request.headers.get("accept", "").split(",")
    }
    return bool(accepted & JSON_TYPES) and "text/html" not in accepted


def _page(request: Request, error: MinshengError) -> Response:
    language = language_of(request)
    page = ErrorPage(
        status=error.status,
        title=translate(error.title, language),
        detail=translate(error.detail, language, error.arguments),
    )
    # In the console there is a way back; a resident may know one address only.
    name = "console" if request.url.path.startswith("/staff") else "error"
    return render_page(
        request,
        f"errors/{name}.html",
        page,
        language=language,
        status_code=error.status,
        headers=error.headers,
    )
