"""The console's pages on an area's network-security incidents: the list, and entering a new one."""

from datetime import UTC, date, datetime

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.responses import Response

from backend.db.unit_of_work import ReadSession, WriteSession
from backend.errors import Invalid
from backend.ratings.forms.refused import refused_form
from backend.ratings.forms.typed import NOT_A_DATE, to_day
from backend.ratings.forms.views import FormView
from backend.ratings.registers import security_wording as wording
from backend.ratings.registers.areas import RegisterArea, chosen_area, fetch_area, list_areas
from backend.ratings.registers.form_pages import reader_of, today
from backend.ratings.registers.incident import may_register, states_after
from backend.ratings.registers.incident_views import NewIncidentPage, incident_form
from backend.ratings.registers.security_form import read_incident
from backend.ratings.registers.security_service import list_incidents, register
from backend.ratings.registers.security_views import SECURITY, Period, security_page
from backend.ratings.rounds.rights import READERS
from backend.results.reader import Reader
from backend.staff.console import render_in_console
from backend.staff.service import Role, SignedInStaff, Staff, require_role
from backend.web.typed_fields import TypedFields

# Departments too: which one may is the area's standard's to say.
REGISTRARS = (Role.ADMIN, Role.REVIEWER, Role.DEPARTMENT)

router = APIRouter(
    prefix=SECURITY, include_in_schema=False, dependencies=[Depends(require_role(*READERS))]
)


@router.get("")
def show_incidents(
    request: Request,
    staff: SignedInStaff,
    session: ReadSession,
    area: str = "",
    first: str = "",
    last: str = "",
) -> HTMLResponse:
    """List the incidents of an area over a period, and how far its points are from the veto."""
    reader = reader_of(request)
    areas = list_areas(session)
    chosen = chosen_area(areas, area)
    period = _period(chosen, first, last, reader)
    page = security_page(
        areas,
        chosen,
        list_incidents(session, chosen.code, period.first, period.last),
        period,
        reader,
        may_register=may_register(staff, chosen.security_row),
    )
    status_code = 422 if period.errors else 200
    return render_in_console(
        request, "ratings/registers/security.html", page, staff, status_code=status_code
    )


@router.get("/new", dependencies=[Depends(require_role(*REGISTRARS))])
def show_new_incident(
    request: Request, staff: SignedInStaff, session: ReadSession, area: str = ""
) -> HTMLResponse:
    """Show the empty form."""
    chosen = chosen_area(list_areas(session), area)
    return _form_page(request, staff, chosen, FormView(typed={}), 200)


@router.post("/new", dependencies=[Depends(require_role(*REGISTRARS))])
def add_incident(
    request: Request,
    typed: TypedFields,
    staff: SignedInStaff,
    session: WriteSession,
    area: str = "",
) -> Response:
    """Register an incident; all that was typed is kept when it is refused."""
    reader, chosen = reader_of(request), fetch_area(session, area)
    try:
        fields = read_incident(typed, states_after(None, staff), today(reader))
    except Invalid as error:
        form = refused_form(typed, error, reader.language)
        return _form_page(request, staff, chosen, form, error.status)
    incident = register(session, chosen, fields, staff, datetime.now(UTC))
    return RedirectResponse(f"{SECURITY}/{incident.public_id}?done=registered", status_code=303)


def _period(area: RegisterArea, first: str, last: str, reader: Reader) -> Period:
    """Return the days that an address asks for: by default from the round's first day to today."""
    until = today(reader)
    default = area.security_from or date(until.year, 1, 1)
    errors = {
        name: reader.translate(NOT_A_DATE)
        for name, text in (("first", first), ("last", last))
        if text and to_day(text) is None
    }
    begins, ends = to_day(first) or default, to_day(last) or until
    if begins > ends:
        errors.setdefault("first", reader.translate(wording.PERIOD_TURNED))
    typed = {"first": first or begins.isoformat(), "last": last or ends.isoformat()}
    return Period(begins, ends, typed, errors, is_of_round=area.security_from is not None)


def _form_page(
    request: Request, staff: Staff, area: RegisterArea, form: FormView, status_code: int
) -> HTMLResponse:
    page = NewIncidentPage(
        area_name=area.name,
        list_path=f"{SECURITY}?area={area.code}",
        form=incident_form(f"{SECURITY}/new?area={area.code}", form, states_after(None, staff)),
    )
    return render_in_console(
        request, "ratings/registers/security_new.html", page, staff, status_code=status_code
    )
