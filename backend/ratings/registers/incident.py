"""A registered network-security incident (网络安全事件) as a value, and who may do what with it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum

from analysis.rating.standard import SecurityIndicator
from backend.ratings.registers.events import EntryFields
from backend.staff.service import Role, Staff


class IncidentState(StrEnum):
    """How far the handling is; what was registered in error is withdrawn and does not count."""

    REPORTED = "reported"
    HANDLING = "handling"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


# What may follow each state. Once handling has begun, an incident is no more merely reported.
_NEXT = {
    IncidentState.REPORTED: (IncidentState.HANDLING, IncidentState.CLOSED),
    IncidentState.HANDLING: (IncidentState.CLOSED,),
    IncidentState.CLOSED: (IncidentState.HANDLING,),
    IncidentState.WITHDRAWN: (),
}


@dataclass(frozen=True)
class IncidentFields:
    """What is entered of an incident, checked by `security_form`.

    Attributes
    ----------
    points
        What it costs, more than 0; a major incident may cost none, as it voids the whole.
    notice
        The warning notice: who gave it, and on what.
    """

    dated_on: date
    points: float
    is_major: bool
    notice: str
    handling: str
    state: IncidentState


@dataclass(frozen=True)
class RegisteredIncident(IncidentFields):
    """An incident of an area."""

    id: int
    public_id: str
    division_code: str
    revision: int
    changed_by: str
    changed_at: datetime

    @property
    def counts(self) -> bool:
        """Whether it counts for the rating."""
        return self.state is not IncidentState.WITHDRAWN

    @property
    def fields(self) -> IncidentFields:
        """What was entered."""
        return IncidentFields(
            dated_on=self.dated_on,
            points=self.points,
            is_major=self.is_major,
            notice=self.notice,
            handling=self.handling,
            state=self.state,
        )

    @property
    def recorded(self) -> EntryFields:
        """What its history keeps."""
        return {**asdict(self.fields), "state": self.state.value}


def may_register(staff: Staff, row: SecurityIndicator) -> bool:
    """Whether somebody enters incidents: reviewers, and the department that leads the row."""
    if staff.role in (Role.ADMIN, Role.REVIEWER):
        return True
    return staff.role is Role.DEPARTMENT and staff.department in row.departments


def states_after(state: IncidentState | None, staff: Staff) -> tuple[IncidentState, ...]:
    """Return the states that somebody may set; `state` is None for a new incident."""
    if state is None:
        return IncidentState.REPORTED, IncidentState.HANDLING, IncidentState.CLOSED
    states = (state, *_NEXT[state])
    may_withdraw = staff.role in (Role.ADMIN, Role.REVIEWER)
    if may_withdraw and state is not IncidentState.WITHDRAWN:
        return *states, IncidentState.WITHDRAWN
    return states
