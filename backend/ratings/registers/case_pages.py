"""The console's page on one innovation case: to read it, change it, review it, and add evidence."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, File, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from backend.db.unit_of_work import ReadSession, WriteSession
from backend.errors import Forbidden, Invalid
from backend.ratings.evidence.new import NewEvidence, Upload
from backend.ratings.evidence.owner import InnovationOwner
from backend.ratings.evidence.service import add_evidence, list_with_removed
from backend.ratings.forms.refused import refused_form
from backend.ratings.forms.typed import revision_of
from backend.ratings.forms.views import FormView
from backend.ratings.registers.areas import fetch_area
from backend.ratings.registers.case_views import case_form, case_page, typed_of
from backend.ratings.registers.entry import ChangedMeanwhile
from backend.ratings.registers.events import list_events
from backend.ratings.registers.form_pages import reader_of, today
from backend.ratings.registers.form_views import compared
from backend.ratings.registers.innovation_case import (
    CaseState,
    RegisteredCase,
    may_edit,
)
from backend.ratings.registers.innovation_form import read_case, read_reason
from backend.ratings.registers.innovation_pages import PROPOSERS
from backend.ratings.registers.innovation_service import (
    DuplicateCase,
    edit,
    fetch_case,
    known_departments,
    review,
)
from backend.ratings.registers.innovation_views import INNOVATION
from backend.ratings.registers.innovation_wording import field_words
from backend.ratings.rounds.rights import READERS, REVIEWERS
from backend.staff.console import render_in_console
from backend.staff.service import SignedInStaff, Staff, require_role
from backend.web.typed_fields import TypedFields

router = APIRouter(
    prefix=INNOVATION, include_in_schema=False, dependencies=[Depends(require_role(*READERS))]
)


@dataclass(frozen=True)
class Forms:
    """The forms of the page; None for one that nobody has sent."""

    edit: FormView | None = None
    twins: tuple[RegisteredCase, ...] = ()
    review: FormView | None = None
    evidence: FormView | None = None


@router.get("/{public_id}")
def show_case(
    request: Request,
    staff: SignedInStaff,
    session: ReadSession,
    public_id: str,
    done: str | None = None,
) -> HTMLResponse:
    """Show a case with its evidence and history, and the forms for what the reader may do."""
    case = fetch_case(session, public_id)
    return _page(request, staff, session, case, Forms(), done=done)


@router.post("/{public_id}", dependencies=[Depends(require_role(*PROPOSERS))])
def change_case(
    request: Request,
    typed: TypedFields,
    staff: SignedInStaff,
    session: WriteSession,
    public_id: str,
) -> Response:
    """Change a case; when somebody else did meanwhile, show both versions."""
    reader, case = reader_of(request), fetch_case(session, public_id)
    row = fetch_area(session, case.division_code).innovation_row
    try:
        fields = read_case(typed, row, staff, today(reader))
    except Invalid as error:
        forms = Forms(edit=refused_form(typed, error, reader.language))
        return _page(request, staff, session, case, forms, error.status)
    try:
        is_confirmed = "confirm_duplicate" in typed
        edit(session, public_id, revision_of(typed), fields, staff, datetime.now(UTC), is_confirmed)
    except DuplicateCase as error:
        forms = Forms(edit=refused_form(typed, error, reader.language), twins=error.twins)
        return _page(request, staff, session, case, forms, error.status)
    except ChangedMeanwhile as error:
        case = fetch_case(session, public_id)
        form = refused_form({**typed, "revision": str(case.revision)}, error, reader.language)
        differing = compared(case.recorded, vars(fields), field_words(row, reader))
        forms = Forms(edit=replace(form, compared=differing))
        return _page(request, staff, session, case, forms, error.status)
    return RedirectResponse(f"{INNOVATION}/{public_id}?done=saved", status_code=303)


@router.post("/{public_id}/review", dependencies=[Depends(require_role(*REVIEWERS))])
def review_case(
    request: Request,
    typed: TypedFields,
    staff: SignedInStaff,
    session: WriteSession,
    public_id: str,
) -> Response:
    """Accept a case or reject it."""
    reader = reader_of(request)
    state = CaseState.ACCEPTED if typed.get("action") == "accept" else CaseState.REJECTED
    try:
        reason = read_reason(typed)
        now = datetime.now(UTC)
        review(session, public_id, revision_of(typed), state, reason, staff, now)
    except (Invalid, ChangedMeanwhile) as error:
        case = fetch_case(session, public_id)
        forms = Forms(review=refused_form(typed, error, reader.language))
        return _page(request, staff, session, case, forms, error.status)
    return RedirectResponse(f"{INNOVATION}/{public_id}?done=reviewed", status_code=303)


@router.post("/{public_id}/evidence", dependencies=[Depends(require_role(*PROPOSERS))])
def add_case_evidence(
    request: Request,
    typed: TypedFields,
    staff: SignedInStaff,
    session: WriteSession,
    public_id: str,
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Add a file as evidence."""
    case = fetch_case(session, public_id)
    if not may_edit(staff, case):
        raise Forbidden
    # A browser sends an empty file without a name for a field in which none was chosen.
    upload = Upload(file.filename, file.file.read()) if file and file.filename else None
    new = NewEvidence(title=typed.get("title", ""), file=upload)
    try:
        add_evidence(session, InnovationOwner(case.id), new, staff.email, datetime.now(UTC))
    except Invalid as error:
        forms = Forms(evidence=refused_form(typed, error, reader_of(request).language))
        return _page(request, staff, session, case, forms, error.status)
    return RedirectResponse(f"{INNOVATION}/{public_id}?done=evidence", status_code=303)


def _page(
    request: Request,
    staff: Staff,
    session: Session,
    case: RegisteredCase,
    forms: Forms,
    status_code: int = 200,
    done: str | None = None,
) -> HTMLResponse:
    area = fetch_area(session, case.division_code)
    page = case_page(
        area,
        case,
        list_with_removed(session, InnovationOwner(case.id)),
        list_events(session, "innovation", case.id),
        staff,
        reader_of(request),
        form=case_form(
            f"{INNOVATION}/{case.public_id}",
            forms.edit or FormView(typed_of(case)),
            area.innovation_row,
            staff,
            known_departments(session, area),
            forms.twins,
        ),
        review=forms.review or FormView({}),
        evidence_form=forms.evidence or FormView({}),
        done=done,
    )
    return render_in_console(
        request, "ratings/registers/innovation_case.html", page, staff, status_code=status_code
    )
