"""The register of network-security incidents: register, handle, and hand over to the rating.

Every change is recorded, and none is made over somebody else's unawares.
"""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from analysis.rating.assessment import SecurityDeduction, SecurityRecord
from backend.errors import Forbidden, NotFound
from backend.ratings.registers import repository
from backend.ratings.registers.areas import RegisterArea, fetch_area
from backend.ratings.registers.entry import ChangedMeanwhile, new_public_id, require_public_id
from backend.ratings.registers.events import record_event
from backend.ratings.registers.incident import (
    IncidentFields,
    IncidentState,
    RegisteredIncident,
    may_register,
    states_after,
)
from backend.ratings.registers.models import SecurityIncident
from backend.staff.service import Staff


def list_incidents(
    session: Session, division_code: str, first: date = date.min, last: date = date.max
) -> tuple[RegisteredIncident, ...]:
    """Return the incidents of an area from the first to the last day, by date; withdrawn too."""
    entries = repository.fetch_entries(session, SecurityIncident, division_code)
    return tuple(_registered(entry) for entry in entries if first <= entry.dated_on <= last)


def security_record(
    session: Session, division_code: str, first: date, last: date
) -> SecurityRecord:
    """Return what counts for an area's rating from the first to the last day, both included."""
    return record_of(list_incidents(session, division_code, first, last))


def record_of(incidents: Iterable[RegisteredIncident]) -> SecurityRecord:
    """Return what counts of some incidents. A major one without points is no deduction."""
    counted = [each for each in incidents if each.counts]
    return SecurityRecord(
        deductions=tuple(
            SecurityDeduction(each.dated_on, each.points, each.notice)
            for each in counted
            if each.points > 0
        ),
        major_incident=any(each.is_major for each in counted),
    )


def fetch_incident(session: Session, public_id: str) -> RegisteredIncident:
    """Return an incident; NotFound when there is none."""
    entry = repository.find_entry(session, SecurityIncident, require_public_id(public_id))
    if entry is None:
        raise NotFound("没有这起事件，请核对地址。")
    return _registered(entry)


def register(
    session: Session, area: RegisterArea, fields: IncidentFields, staff: Staff, now: datetime
) -> RegisteredIncident:
    """Register an incident; Forbidden for who may not."""
    if not may_register(staff, area.security_row):
        raise Forbidden
    entry = SecurityIncident(
        public_id=new_public_id(),
        division_code=area.code,
        **{**asdict(fields), "state": fields.state.value},
        revision=1,
        changed_by=staff.email,
        changed_at=now,
    )
    session.add(entry)
    session.flush()
    incident = _registered(entry)
    record_event(session, "security", incident.id, None, incident.recorded, staff.email, now)
    return incident


def change(
    session: Session,
    public_id: str,
    revision: int,
    fields: IncidentFields,
    staff: Staff,
    now: datetime,
) -> RegisteredIncident:
    """Change an incident, or how far its handling is.

    Raises
    ------
    Forbidden
        When the role may not, or may not set this state.
    ChangedMeanwhile
        When it is no more at the revision that was read.
    """
    before = fetch_incident(session, public_id)
    if not may_register(staff, fetch_area(session, before.division_code).security_row):
        raise Forbidden
    if before.revision != revision:
        raise ChangedMeanwhile(before)
    if fields.state not in states_after(before.state, staff):
        raise Forbidden
    after = replace(before, **asdict(fields))
    values = {**after.recorded, "changed_by": staff.email, "changed_at": now}
    if not repository.change_entry(session, SecurityIncident, before.id, revision, values):
        session.expire_all()
        raise ChangedMeanwhile(fetch_incident(session, public_id))
    record_event(session, "security", before.id, before.recorded, after.recorded, staff.email, now)
    return replace(after, revision=revision + 1, changed_by=staff.email, changed_at=now)


def _registered(entry: SecurityIncident) -> RegisteredIncident:
    return RegisteredIncident(
        id=entry.id,
        public_id=entry.public_id,
        division_code=entry.division_code,
        dated_on=entry.dated_on,
        points=entry.points,
        is_major=entry.is_major,
        notice=entry.notice,
        handling=entry.handling,
        state=IncidentState(entry.state),
        revision=entry.revision,
        changed_by=entry.changed_by,
        changed_at=entry.changed_at,
    )
