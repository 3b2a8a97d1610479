"""The console's page on one network-security incident: to read it, and to keep its handling."""

from dataclasses import replace
from datetime import UTC, datetime

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from backend.db.unit_of_work import ReadSession, WriteSession
from backend.errors import Invalid
from backend.ratings.forms.refused import refused_form
from backend.ratings.forms.typed import revision_of
from backend.ratings.forms.views import FormView
from backend.ratings.registers.areas import fetch_area
from backend.ratings.registers.entry import ChangedMeanwhile
from backend.ratings.registers.events import list_events
from backend.ratings.registers.form_pages import reader_of, today
from backend.ratings.registers.form_views import compared
from backend.ratings.registers.incident import (
    IncidentState,
    RegisteredIncident,
    may_register,
    states_after,
)
from backend.ratings.registers.incident_views import incident_form, incident_page, typed_of
from backend.ratings.registers.security_form import read_incident
from backend.ratings.registers.security_pages import REGISTRARS
from backend.ratings.registers.security_service import change, fetch_incident
from backend.ratings.registers.security_views import SECURITY
from backend.ratings.registers.security_wording import field_words
from backend.ratings.rounds.rights import READERS
from backend.staff.console import render_in_console
from backend.staff.service import SignedInStaff, Staff, require_role
from backend.web.typed_fields import TypedFields

router = APIRouter(
    prefix=SECURITY, include_in_schema=False, dependencies=[Depends(require_role(*READERS))]
)


@router.get("/{public_id}")
def show_incident(
    request: Request,
    staff: SignedInStaff,
    session: ReadSession,
    public_id: str,
    done: str | None = None,
) -> HTMLResponse:
    """Show an incident with its history, and the form for who may change it."""
    incident = fetch_incident(session, public_id)
    return _page(request, staff, session, incident, FormView(typed_of(incident)), done=done)


@router.post("/{public_id}", dependencies=[Depends(require_role(*REGISTRARS))])
def change_incident(
    request: Request,
    typed: TypedFields,
    staff: SignedInStaff,
    session: WriteSession,
    public_id: str,
) -> Response:
    """Change an incident; when somebody else did meanwhile, show both versions."""
    reader, incident = reader_of(request), fetch_incident(session, public_id)
    # What may follow a state that the sender has not seen is no fault of the form's.
    is_stale = revision_of(typed) != incident.revision
    states = tuple(IncidentState) if is_stale else states_after(incident.state, staff)
    try:
        fields = read_incident(typed, states, today(reader))
        change(session, public_id, revision_of(typed), fields, staff, datetime.now(UTC))
    except Invalid as error:
        form = refused_form(typed, error, reader.language)
        return _page(request, staff, session, incident, form, error.status)
    except ChangedMeanwhile as error:
        saved = fetch_incident(session, public_id)
        form = refused_form({**typed, "revision": str(saved.revision)}, error, reader.language)
        differing = compared(saved.recorded, vars(fields), field_words(reader))
        form = replace(form, compared=differing)
        return _page(request, staff, session, saved, form, error.status)
    return RedirectResponse(f"{SECURITY}/{public_id}?done=saved", status_code=303)


def _page(
    request: Request,
    staff: Staff,
    session: Session,
    incident: RegisteredIncident,
    form: FormView,
    status_code: int = 200,
    done: str | None = None,
) -> HTMLResponse:
    area = fetch_area(session, incident.division_code)
    states = states_after(incident.state, staff)
    page = incident_page(
        area,
        incident,
        list_events(session, "security", incident.id),
        reader_of(request),
        form=incident_form(f"{SECURITY}/{incident.public_id}", form, states),
        may_change=may_register(staff, area.security_row),
        done=done,
    )
    return render_in_console(
        request, "ratings/registers/security_incident.html", page, staff, status_code=status_code
    )
