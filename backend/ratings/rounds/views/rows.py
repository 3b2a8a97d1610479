"""The table of a round's rows, filtered by department and state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from backend.ratings.paths import row_path
from backend.ratings.rounds.dispatch import Reason, due_row
from backend.ratings.rounds.rights import may_read, may_review
from backend.ratings.rounds.round import Round, Row, RowState
from backend.ratings.rounds.service import Progress
from backend.ratings.rounds.views.criteria import ReachedView, reached_view
from backend.ratings.rounds.views.head import RoundHead, round_head
from backend.ratings.rounds.wording import DONE_WORDS, REASON_WORDS, STATE_TONES, STATE_WORDS
from backend.staff.service import Role, Staff

ALL = "all"


@dataclass(frozen=True)
class Option:
    """One choice of a filter: its value, its words, how many rows it has."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class RowLine:
    """One row; `path` is None for who may not open it. `due_words` say what is urgent."""

    number: int
    name: str
    first: str
    second: str
    departments: tuple[str, ...]
    reached: ReachedView
    state: str
    tone: str
    due_on: str
    due_words: tuple[str, ...]
    path: str | None


@dataclass(frozen=True)
class RowsPage:
    """The table; `own_due` counts the rows of the reader's department that need somebody."""

    head: RoundHead
    departments: tuple[Option, ...]
    states: tuple[Option, ...]
    rows: tuple[RowLine, ...]
    total: int
    own_department: str | None
    own_due: int
    may_review: bool
    message: str | None


def rows_page(
    found: Round,
    progress: tuple[Progress, ...],
    staff: Staff,
    query: Mapping[str, str],
    today: date,
) -> RowsPage:
    """Prepare the table; a department sees its own rows unless it asks for others."""
    own = staff.department if staff.role is Role.DEPARTMENT else None
    department = query.get("department") or own or ALL
    state = query.get("state") or ALL
    last = {entry.number: entry for entry in progress}
    of_department = [row for row in found.rows if department in (ALL, *row.departments)]
    lines = [
        _line(found, row, last.get(row.number), staff, today)
        for row in of_department
        if state in (ALL, row.state.value)
    ]
    return RowsPage(
        head=round_head(found),
        departments=_department_options(found, department),
        states=_state_options(of_department, state),
        rows=tuple(lines),
        total=len(found.rows),
        own_department=own,
        own_due=_own_due(found, last, own, today),
        may_review=may_review(staff),
        message=DONE_WORDS.get(query.get("done", "")),
    )


def _own_due(found: Round, last: Mapping[int, Progress], own: str | None, today: date) -> int:
    theirs = [row for row in found.rows if own in row.departments]
    due = [due_row(row, last.get(row.number), today, found.is_closed) for row in theirs]
    return sum(each is not None for each in due)


def _department_options(found: Round, chosen: str) -> tuple[Option, ...]:
    counts: dict[str, int] = {}
    for row in found.rows:
        for department in row.departments:
            counts[department] = counts.get(department, 0) + 1
    return tuple(
        Option(name, name, count, name == chosen)
        for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    )


def _state_options(rows: list[Row], chosen: str) -> tuple[Option, ...]:
    return tuple(
        Option(
            state.value,
            STATE_WORDS[state],
            sum(row.state is state for row in rows),
            state.value == chosen,
        )
        for state in RowState
    )


def _line(found: Round, row: Row, progress: Progress | None, staff: Staff, today: date) -> RowLine:
    due = due_row(row, progress, today, found.is_closed)
    # Its state says already that it was returned.
    reasons = [each for each in (due.reasons if due else ()) if each is not Reason.RETURNED]
    return RowLine(
        number=row.number,
        name=row.indicator.name,
        first=row.indicator.first,
        second=row.indicator.second,
        departments=row.departments,
        reached=reached_view(row.indicator, row.figures),
        state=STATE_WORDS[row.state],
        tone=STATE_TONES[row.state],
        due_on=row.due_on.isoformat(),
        due_words=tuple(REASON_WORDS[each] for each in reasons),
        path=row_path(found.slug, row.number) if may_read(staff, row) else None,
    )
