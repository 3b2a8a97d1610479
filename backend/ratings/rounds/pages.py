"""The console's tables of a round: its rows, and what is late (调度表)."""

from datetime import datetime

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from backend.db.unit_of_work import ReadSession
from backend.ratings.paths import RATINGS
from backend.ratings.rounds.dispatch import dispatch
from backend.ratings.rounds.rights import READERS
from backend.ratings.rounds.service import fetch_round, list_progress
from backend.ratings.rounds.views.dispatch import dispatch_page
from backend.ratings.rounds.views.rows import rows_page
from backend.settings import Settings
from backend.staff.console import render_in_console
from backend.staff.service import SignedInStaff, require_role

router = APIRouter(
    prefix=f"{RATINGS}/rounds/{{slug}}",
    include_in_schema=False,
    dependencies=[Depends(require_role(*READERS))],
)


@router.get("/rows")
def show_rows(
    request: Request, staff: SignedInStaff, session: ReadSession, slug: str
) -> HTMLResponse:
    """Show the rows of a round, those of a department or in a state where that is asked for."""
    settings: Settings = request.app.state.settings
    found = fetch_round(session, slug)
    page = rows_page(
        found,
        list_progress(session, found.id),
        staff,
        request.query_params,
        datetime.now(settings.zone).date(),
    )
    return render_in_console(request, "ratings/rounds/rows.html", page, staff)


@router.get("/dispatch")
def show_dispatch(
    request: Request, staff: SignedInStaff, session: ReadSession, slug: str
) -> HTMLResponse:
    """Show what is late or promised too late, by department."""
    settings: Settings = request.app.state.settings
    today = datetime.now(settings.zone).date()
    found = fetch_round(session, slug)
    departments = dispatch(found, list_progress(session, found.id), today)
    page = dispatch_page(found, departments, staff, today)
    return render_in_console(request, "ratings/rounds/dispatch.html", page, staff)
