"""The console's pages on surveys: the list, one survey, and its status."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from backend.db.unit_of_work import ReadSession, WriteSession
from backend.settings import Settings
from backend.staff.console import render_in_console
from backend.staff.service import Role, SignedInStaff, require_role
from backend.surveys.history import count_survey, count_surveys, fetch_version, list_versions
from backend.surveys.service import Status, set_status
from backend.surveys.views import PUBLISHERS, SurveysPage, survey_page, survey_row
from backend.web.language import language_of

SURVEYS = "/staff/surveys"

# Guards stand at the router and the routes, so that they are done before a session is opened.
router = APIRouter(
    prefix=SURVEYS,
    include_in_schema=False,
    dependencies=[Depends(require_role(Role.ADMIN, Role.PUBLISHER, Role.EVALUATOR))],
)


@router.get("")
def show_surveys(request: Request, staff: SignedInStaff, session: ReadSession) -> HTMLResponse:
    """List all surveys."""
    language, now = language_of(request), datetime.now(UTC)
    page = SurveysPage(
        surveys=tuple(survey_row(counted, language, now) for counted in count_surveys(session)),
        may_publish=staff.role in PUBLISHERS,
    )
    return render_in_console(request, "staff/surveys.html", page, staff)


@router.get("/{slug}")
def show_survey(
    request: Request,
    staff: SignedInStaff,
    session: ReadSession,
    slug: str,
    version: int | None = None,
    done: str | None = None,
) -> HTMLResponse:
    """Show one survey, its versions, and the definition of one of them (the newest by default)."""
    settings: Settings = request.app.state.settings
    counted = count_survey(session, slug)
    survey = counted.survey
    page = survey_page(
        counted,
        list_versions(session, survey),
        fetch_version(session, survey, version or survey.version_number),
        language=language_of(request),
        zone=settings.zone,
        base_url=settings.base_url,
        may_publish=staff.role in PUBLISHERS,
        done=done,
        now=datetime.now(UTC),
    )
    return render_in_console(request, "staff/survey.html", page, staff)


@router.post("/{slug}/status", dependencies=[Depends(require_role(*PUBLISHERS))])
def change_status(
    session: WriteSession, slug: str, status: Annotated[Status, Form()]
) -> RedirectResponse:
    """Open, pause or close a survey, and go back to its page."""
    set_status(session, slug, status)
    return RedirectResponse(f"{SURVEYS}/{slug}?done={status.value}", status_code=303)
