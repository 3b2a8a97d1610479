"""The console's form that opens an assessment round."""

from collections.abc import Mapping
from datetime import UTC, datetime

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.responses import Response

from backend.db.unit_of_work import database_of
from backend.errors import Invalid
from backend.ratings.forms.refused import fault_texts
from backend.ratings.paths import RATINGS, round_path
from backend.ratings.rounds.forms import read_new_round
from backend.ratings.rounds.rights import REVIEWERS
from backend.ratings.rounds.service import open_round
from backend.ratings.rounds.views.opening import beginnings, opening_page
from backend.settings import Settings
from backend.staff.console import render_in_console
from backend.staff.service import SignedInStaff, Staff, require_role
from backend.surveys.service import list_surveys
from backend.web.language import language_of
from backend.web.typed_fields import TypedFields

# Before the pages of one round, whose address would match `new` too.
router = APIRouter(
    prefix=f"{RATINGS}/rounds/new",
    include_in_schema=False,
    dependencies=[Depends(require_role(*REVIEWERS))],
)


@router.get("")
def show_opening(request: Request, staff: SignedInStaff) -> HTMLResponse:
    """Show the form."""
    settings: Settings = request.app.state.settings
    return _page(request, staff, beginnings(datetime.now(settings.zone).date()), {})


@router.post("")
def open_new_round(request: Request, staff: SignedInStaff, typed: TypedFields) -> Response:
    """Open a round; what cannot be is said beside its field, and all that was typed is kept."""
    try:
        new = read_new_round(typed)
        with database_of(request).write() as session:
            found = open_round(session, new, staff, datetime.now(UTC))
    except Invalid as invalid:
        return _page(request, staff, typed, fault_texts(invalid.errors, language_of(request)))
    return RedirectResponse(f"{round_path(found.slug)}/rows?done=opened", status_code=303)


def _page(
    request: Request, staff: Staff, typed: Mapping[str, str], errors: Mapping[str, str]
) -> HTMLResponse:
    settings: Settings = request.app.state.settings
    with database_of(request).read() as session:
        surveys = list_surveys(session)
    page = opening_page(typed, errors, surveys, settings.base_url, language_of(request))
    status_code = 422 if errors else 200
    return render_in_console(
        request, "ratings/rounds/new.html", page, staff, status_code=status_code
    )
