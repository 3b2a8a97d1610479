"""The report's page and files, and closing a round."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from backend.db.unit_of_work import database_of
from backend.errors import NotFound
from backend.ratings.paths import RATINGS, round_path
from backend.ratings.report.charts import draw_chart
from backend.ratings.report.closing import close_page
from backend.ratings.report.figures import Reader
from backend.ratings.report.files import report_file
from backend.ratings.report.present import report_page
from backend.ratings.report.service import (
    ChangedMeanwhile,
    Report,
    close,
    report_of,
    to_be_closed,
)
from backend.ratings.report.sharing import seen_by
from backend.ratings.report.views import ShownReport
from backend.ratings.rounds.refusals import RoundClosed
from backend.ratings.rounds.rights import CLOSERS, READERS
from backend.ratings.rounds.views.head import round_head
from backend.staff.console import render_in_console
from backend.staff.service import SignedInStaff, require_role
from backend.web.language import language_of
from backend.web.slow_lane import in_slow_lane
from backend.web.templating import translator

router = APIRouter(
    prefix=f"{RATINGS}/rounds/{{slug}}",
    include_in_schema=False,
    dependencies=[Depends(require_role(*READERS))],
)
may_close = Depends(require_role(*CLOSERS))


@router.get("/report")
async def show_report(request: Request, slug: str, staff: SignedInStaff) -> Response:
    """Show the report: a preview while the round is open, and what was frozen afterwards."""

    def make(report: Report) -> Response:
        seen = seen_by(report.snapshot, staff)
        page = report_page(seen, _reader(request), report.sha256, report.is_intact)
        shown = ShownReport(round_head(report.round), page, may_close=staff.role in CLOSERS)
        return render_in_console(request, "ratings/report/report.html", shown, staff)

    return await _of_report(request, slug, make)


@router.get("/report/{chart}.svg")
async def show_chart(request: Request, slug: str, chart: str) -> Response:
    """Draw one of the charts of the page."""

    def make(report: Report) -> Response:
        page = report_page(report.snapshot, _reader(request))
        if chart not in page.charts:
            raise NotFound
        svg = draw_chart(page, chart, "svg")
        return Response(svg, media_type="image/svg+xml")

    return await _of_report(request, slug, make)


@router.get("/report.{ending}", dependencies=[may_close])
async def download_report(request: Request, slug: str, ending: str) -> Response:
    """Hand the report out as PDF, Word or Excel file, or the frozen document itself."""

    def make(report: Report) -> Response:
        file = report_file(report, ending, _reader(request))
        headers = {"Content-Disposition": file.disposition}
        return Response(file.content, media_type=file.media_type, headers=headers)

    return await _of_report(request, slug, make)


@router.get("/close", dependencies=[may_close])
async def show_check_list(request: Request, slug: str, staff: SignedInStaff) -> Response:
    """Show what closing would freeze, and what to think of before."""
    return await in_slow_lane(request, lambda: _check_list(request, slug, staff))


@router.post("/close", dependencies=[may_close])
async def close_round(
    request: Request, slug: str, staff: SignedInStaff, version: Annotated[str, Form()] = ""
) -> Response:
    """Close the round, and go on to its report."""
    zone = request.app.state.settings.zone

    def work() -> Response:
        try:
            close(database_of(request), slug, version, staff, datetime.now(UTC), zone)
        except ChangedMeanwhile as refused:
            return _check_list(request, slug, staff, refused)
        except RoundClosed:
            # Who sends the form twice wanted the report.
            pass
        return RedirectResponse(f"{round_path(slug)}/report", status_code=303)

    return await in_slow_lane(request, work)


def _check_list(
    request: Request, slug: str, staff: SignedInStaff, refused: ChangedMeanwhile | None = None
) -> HTMLResponse:
    now, reader = datetime.now(UTC), _reader(request)
    with database_of(request).read() as session:
        report = to_be_closed(session, slug, now, reader.zone)
    today = now.astimezone(reader.zone).date()
    page = close_page(report, today, reader, refused.detail if refused else None)
    status_code = refused.status if refused else 200
    return render_in_console(
        request, "ratings/report/close.html", page, staff, status_code=status_code
    )


async def _of_report(request: Request, slug: str, make: Callable[[Report], Response]) -> Response:
    zone = request.app.state.settings.zone

    def work() -> Response:
        with database_of(request).read() as session:
            report = report_of(session, slug, datetime.now(UTC), zone)
        return make(report)

    return await in_slow_lane(request, work)


def _reader(request: Request) -> Reader:
    language = language_of(request)
    return Reader(language, request.app.state.settings.zone, translator(language))
