"""The console's pages on an area's innovation cases: the list, and entering a new one."""

from datetime import UTC, datetime

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from backend.db.unit_of_work import ReadSession, WriteSession
from backend.errors import Invalid
from backend.ratings.forms.refused import refused_form
from backend.ratings.forms.typed import NOT_A_DATE, to_day
from backend.ratings.forms.views import FormView
from backend.ratings.registers.areas import RegisterArea, chosen_area, fetch_area, list_areas
from backend.ratings.registers.case_views import NewCasePage, case_form
from backend.ratings.registers.form_pages import reader_of, today
from backend.ratings.registers.innovation_case import may_propose
from backend.ratings.registers.innovation_form import read_case
from backend.ratings.registers.innovation_service import (
    DuplicateCase,
    known_departments,
    list_cases,
    propose,
)
from backend.ratings.registers.innovation_views import INNOVATION, innovation_page
from backend.ratings.rounds.rights import READERS
from backend.staff.console import render_in_console
from backend.staff.service import Role, SignedInStaff, Staff, require_role
from backend.web.typed_fields import TypedFields

PROPOSERS = (Role.ADMIN, Role.REVIEWER, Role.DEPARTMENT)

router = APIRouter(
    prefix=INNOVATION, include_in_schema=False, dependencies=[Depends(require_role(*READERS))]
)


@router.get("")
def show_cases(
    request: Request, staff: SignedInStaff, session: ReadSession, area: str = "", as_of: str = ""
) -> HTMLResponse:
    """List the cases of an area, and what they give as of a day (today by default)."""
    reader = reader_of(request)
    areas = list_areas(session)
    chosen = chosen_area(areas, area)
    day = to_day(as_of) if as_of else today(reader)
    page = innovation_page(
        areas,
        chosen,
        list_cases(session, chosen.code),
        day or today(reader),
        reader,
        may_propose=may_propose(staff),
        typed_as_of=as_of,
        as_of_error=None if day else NOT_A_DATE,
    )
    status_code = 200 if day else 422
    return render_in_console(
        request, "ratings/registers/innovation.html", page, staff, status_code=status_code
    )


@router.get("/new", dependencies=[Depends(require_role(*PROPOSERS))])
def show_new_case(
    request: Request, staff: SignedInStaff, session: ReadSession, area: str = ""
) -> HTMLResponse:
    """Show the empty form."""
    chosen = chosen_area(list_areas(session), area)
    return _form_page(request, staff, session, chosen, FormView(typed={}), 200)


@router.post("/new", dependencies=[Depends(require_role(*PROPOSERS))])
def add_case(
    request: Request,
    typed: TypedFields,
    staff: SignedInStaff,
    session: WriteSession,
    area: str = "",
) -> Response:
    """Register a case; all that was typed is kept when it is refused."""
    reader, chosen = reader_of(request), fetch_area(session, area)
    try:
        fields = read_case(typed, chosen.innovation_row, staff, today(reader))
        is_confirmed = "confirm_duplicate" in typed
        case = propose(session, chosen, fields, staff, datetime.now(UTC), is_confirmed)
    except Invalid as error:
        form = refused_form(typed, error, reader.language)
        return _form_page(request, staff, session, chosen, form, error.status, error)
    return RedirectResponse(f"{INNOVATION}/{case.public_id}?done=proposed", status_code=303)


def _form_page(
    request: Request,
    staff: Staff,
    session: Session,
    area: RegisterArea,
    form: FormView,
    status_code: int,
    error: Invalid | None = None,
) -> HTMLResponse:
    page = NewCasePage(
        area_name=area.name,
        list_path=f"{INNOVATION}?area={area.code}",
        form=case_form(
            f"{INNOVATION}/new?area={area.code}",
            form,
            area.innovation_row,
            staff,
            known_departments(session, area),
            error.twins if isinstance(error, DuplicateCase) else (),
        ),
    )
    return render_in_console(
        request, "ratings/registers/innovation_new.html", page, staff, status_code=status_code
    )
