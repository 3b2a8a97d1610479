"""The console's form with the settings of a round."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from backend.db.unit_of_work import database_of
from backend.errors import Invalid, MinshengError
from backend.ratings.forms.refused import refused_form
from backend.ratings.forms.typed import TypedForm, revision_of
from backend.ratings.forms.views import Choice, FormView
from backend.ratings.paths import RATINGS, round_path
from backend.ratings.rounds.refusals import RoundChanged
from backend.ratings.rounds.rights import SETTLERS, may_judge_benchmark, may_review
from backend.ratings.rounds.round import Round
from backend.ratings.rounds.service import fetch_round
from backend.ratings.rounds.service.opening import LONGEST_TITLE
from backend.ratings.rounds.service.settings import RoundSettings, change_round, settings_of
from backend.ratings.rounds.views.head import RoundHead, round_head
from backend.staff.console import render_in_console
from backend.staff.service import SignedInStaff, Staff, require_role
from backend.surveys.service import list_surveys
from backend.web.language import language_of
from backend.web.typed_fields import TypedFields

router = APIRouter(
    prefix=f"{RATINGS}/rounds/{{slug}}/settings",
    include_in_schema=False,
    dependencies=[Depends(require_role(*SETTLERS))],
)


@dataclass(frozen=True)
class SettingsPage:
    """The form; what somebody may not settle is not in it."""

    head: RoundHead
    form: FormView
    surveys: tuple[Choice, ...]
    may_settle: bool
    may_judge: bool


@router.get("")
def show_settings(request: Request, staff: SignedInStaff, slug: str) -> Response:
    """Show the settings as they are."""
    with database_of(request).read() as session:
        found = fetch_round(session, slug)
        if found.is_closed:
            return RedirectResponse(f"{round_path(slug)}/report", status_code=303)
        return _page(request, session, found, staff, _as_typed(found), None)


@router.post("")
def change_settings(
    request: Request, staff: SignedInStaff, slug: str, typed: TypedFields
) -> Response:
    """Change the settings; what cannot be is said beside its field, and all typed is kept."""
    try:
        with database_of(request).write() as session:
            before = fetch_round(session, slug)
            wanted = _read(typed, before, staff)
            change_round(session, slug, revision_of(typed), wanted, staff)
    except (Invalid, RoundChanged) as refused:
        with database_of(request).read() as session:
            found = fetch_round(session, slug)
            return _page(request, session, found, staff, typed, refused)
    return RedirectResponse(round_path(slug), status_code=303)


def _read(typed: Mapping[str, str], before: Round, staff: Staff) -> RoundSettings:
    form, wanted = TypedForm(typed), settings_of(before)
    if may_review(staff):
        wanted = replace(
            wanted,
            title=form.line("title", LONGEST_TITLE),
            due_on=form.optional_day("due_on"),
            as_of=form.optional_day("as_of"),
            security_from=form.optional_day("security_from"),
            survey_slug=form.raw("survey_slug"),
        )
    if may_judge_benchmark(staff):
        wanted = replace(wanted, national_benchmark=form.is_checked("national_benchmark"))
    form.settle()
    return wanted


def _as_typed(found: Round) -> dict[str, str]:
    settings = settings_of(found)
    return {
        "title": settings.title,
        "due_on": found.due_on.isoformat(),
        "as_of": found.as_of.isoformat(),
        "security_from": found.security_from.isoformat(),
        "survey_slug": settings.survey_slug,
        "national_benchmark": "yes" if settings.national_benchmark else "",
        "revision": str(found.revision),
    }


def _page(
    request: Request,
    session: Session,
    found: Round,
    staff: Staff,
    typed: Mapping[str, str],
    refused: MinshengError | None,
) -> Response:
    language = language_of(request)
    # Who sends it again has seen what somebody else saved.
    typed = {**typed, "revision": str(found.revision)}
    page = SettingsPage(
        head=round_head(found),
        form=refused_form(typed, refused, language) if refused else FormView(typed),
        surveys=tuple(
            Choice(
                each.slug,
                each.questionnaire.title.in_language(language),
                each.slug == typed.get("survey_slug"),
            )
            for each in list_surveys(session)
        ),
        may_settle=may_review(staff),
        may_judge=may_judge_benchmark(staff),
    )
    status_code = refused.status if refused else 200
    return render_in_console(
        request, "ratings/rounds/settings.html", page, staff, status_code=status_code
    )
