"""The dispatch table (调度表): what is late or promised too late, by department.

There is no mail service, so this table and each department's own list are the reminders.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from backend.ratings.rounds.round import Round, Row, RowState
from backend.ratings.rounds.service.reading import Progress

SOON = timedelta(days=7)
_HANDED_IN = frozenset({RowState.SUBMITTED, RowState.ACCEPTED})


class Reason(StrEnum):
    """Why a row is in the table, the most urgent first."""

    LATE = "late"
    RETURNED = "returned"
    # The day by which it was to be met is past, or lies after the day it is due.
    PROMISE_PASSED = "promise_passed"
    PROMISED_LATE = "promised_late"
    DUE_SOON = "due_soon"


@dataclass(frozen=True)
class DueRow:
    """A row that needs somebody, and why.

    Attributes
    ----------
    days_late
        Days since it was due; negative before.
    progress
        The last entry for it, if there is any.
    """

    row: Row
    reasons: tuple[Reason, ...]
    days_late: int
    progress: Progress | None

    @property
    def urgency(self) -> tuple[int, int, int]:
        """What the table is sorted by."""
        return (list(Reason).index(self.reasons[0]), -self.days_late, self.row.number)


@dataclass(frozen=True)
class DepartmentDispatch:
    """What waits for one department, of how many rows, of which it has handed in how many."""

    department: str
    rows: int
    handed_in: int
    due: tuple[DueRow, ...]

    def count(self, reason: Reason) -> int:
        """Return how many rows are there for a reason."""
        return sum(reason in each.reasons for each in self.due)


def dispatch(
    found: Round, progress: Iterable[Progress], today: date
) -> tuple[DepartmentDispatch, ...]:
    """Return every department of a round, those with late rows first.

    A row of several departments is with each of them. In a closed round nothing is due any more;
    what was promised still is.
    """
    last = {entry.number: entry for entry in progress}
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for row in found.rows:
        for department in row.departments:
            rows[department].append(row)
    departments = [
        _department(name, theirs, last, today, found.is_closed) for name, theirs in rows.items()
    ]
    return tuple(sorted(departments, key=lambda each: (-each.count(Reason.LATE), -len(each.due))))


def due_row(row: Row, progress: Progress | None, today: date, is_closed: bool) -> DueRow | None:
    """Return why a row needs somebody; None when it does not."""
    reasons = tuple(_reasons(row, progress, today, is_closed))
    return DueRow(row, reasons, (today - row.due_on).days, progress) if reasons else None


def _department(
    name: str, rows: list[Row], last: dict[int, Progress], today: date, is_closed: bool
) -> DepartmentDispatch:
    found = [due_row(row, last.get(row.number), today, is_closed) for row in rows]
    due = sorted((each for each in found if each is not None), key=lambda each: each.urgency)
    handed_in = sum(row.state in _HANDED_IN for row in rows)
    return DepartmentDispatch(name, len(rows), handed_in, tuple(due))


def _reasons(row: Row, progress: Progress | None, today: date, is_closed: bool) -> Iterable[Reason]:
    waits = not is_closed and row.state not in _HANDED_IN
    if waits and row.due_on < today:
        yield Reason.LATE
    if not is_closed and row.state is RowState.RETURNED:
        yield Reason.RETURNED
    promised_on = progress.will_meet_on if progress else None
    if promised_on is not None and row.state is not RowState.ACCEPTED:
        if promised_on < today:
            yield Reason.PROMISE_PASSED
        elif promised_on > row.due_on:
            yield Reason.PROMISED_LATE
    if waits and today <= row.due_on <= today + SOON:
        yield Reason.DUE_SOON
