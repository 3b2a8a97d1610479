"""`GET /staff/surveys/{slug}/results`: the evaluator's page."""

from datetime import UTC, datetime

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from backend.db.unit_of_work import database_of
from backend.errors import NotFound
from backend.results.chart_rows import CHARTS
from backend.results.charts import draw
from backend.results.present import results_page
from backend.results.reader import Reader
from backend.results.service import satisfaction
from backend.staff.console import render_in_console
from backend.staff.service import Role, SignedInStaff, require_role
from backend.surveys.service import fetch_published
from backend.web.language import language_of
from backend.web.slow_lane import in_slow_lane
from backend.web.templating import translator

# Opened by itself, a chart is a document, whose styles stand in it; it has nothing else to load.
CHART_HEADERS = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}

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
            survey = fetch_published(session, slug)
            result = satisfaction(session, survey, datetime.now(UTC), supports_decision=True)
        page = results_page(result, reader)
        return render_in_console(request, "evaluator/satisfaction.html", page, staff)

    return await in_slow_lane(request, pull)


@router.get("/{slug}/results/{chart}.svg")
async def show_chart(request: Request, slug: str, chart: str) -> Response:
    """Draw one of the charts of the page."""
    if chart not in CHARTS:
        raise NotFound
    language = language_of(request)
    reader = Reader(language, request.app.state.settings.zone, translator(language))

    def pull() -> Response:
        with database_of(request).read() as session:
            result = satisfaction(session, fetch_published(session, slug), datetime.now(UTC))
        svg = draw(CHARTS[chart](result, reader))
        return Response(svg, media_type="image/svg+xml", headers=CHART_HEADERS)

    return await in_slow_lane(request, pull)
