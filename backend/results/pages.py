"""`GET /staff/surveys/{slug}/results`: the evaluator's page."""

from datetime import UTC, datetime

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from backend.db.unit_of_work import database_of
from backend.results.present import Reader, results_page
from backend.results.service import satisfaction
from backend.staff.console import render_in_console
from backend.staff.service import Role, SignedInStaff, require_role
from backend.surveys.service import fetch_published
from backend.web.language import language_of
from backend.web.slow_lane import in_slow_lane
from backend.web.templating import translator

router = APIRouter(
    prefix="/staff/surveys",
    include_in_schema=False,
    dependencies=[Depends(require_role(Role.ADMIN, Role.PUBLISHER, Role.EVALUATOR))],
)


@router.get("/{slug}/results")
async def show_results(request: Request, staff: SignedInStaff, slug: str) -> HTMLResponse:
    """Show the satisfaction of a survey as its responses stand now."""
    language = language_of(request)
    reader = Reader(language, request.app.state.settings.zone, translator(language))

    def pull() -> HTMLResponse:
        with database_of(request).read() as session:
            result = satisfaction(session, fetch_published(session, slug), datetime.now(UTC))
        page = results_page(result, reader)
        return render_in_console(request, "evaluator/satisfaction.html", page, staff)

    return await in_slow_lane(request, pull)
