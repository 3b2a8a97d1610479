"""The dispatch table (调度表) of a round: for each department what is late, and what was said."""

from dataclasses import dataclass
from datetime import date

from backend.ratings.paths import row_path
from backend.ratings.rounds.dispatch import DepartmentDispatch, DueRow, Reason
from backend.ratings.rounds.rights import may_read
from backend.ratings.rounds.round import Round
from backend.ratings.rounds.views.head import RoundHead, round_head
from backend.ratings.rounds.wording import REASON_TONES, REASON_WORDS, STATE_TONES, STATE_WORDS
from backend.staff.service import Role, Staff


@dataclass(frozen=True)
class Tag:
    """A word with the colour that it is shown in."""

    word: str
    tone: str


@dataclass(frozen=True)
class DueLine:
    """A row that needs somebody; `days_late` None before it is due."""

    number: int
    name: str
    path: str | None
    reasons: tuple[Tag, ...]
    state: Tag
    due_on: str
    days_late: int | None
    done: str | None
    will_meet_on: str | None


@dataclass(frozen=True)
class DepartmentTable:
    """What waits for one department."""

    department: str
    is_own: bool
    rows: int
    handed_in: int
    late: int
    due: tuple[DueLine, ...]


@dataclass(frozen=True)
class DispatchPage:
    """Departments with something due, those without, and totals over rows."""

    head: RoundHead
    today: str
    departments: tuple[DepartmentTable, ...]
    without: tuple[DepartmentTable, ...]
    late: int
    due: int


def dispatch_page(
    found: Round, departments: tuple[DepartmentDispatch, ...], staff: Staff, today: date
) -> DispatchPage:
    """Prepare the page; a department finds itself on top."""
    tables = [_table(found, each, staff) for each in departments]
    tables.sort(key=lambda table: not table.is_own)
    due = {each.row.number: each for one in departments for each in one.due}
    return DispatchPage(
        head=round_head(found),
        today=today.isoformat(),
        departments=tuple(table for table in tables if table.due),
        without=tuple(table for table in tables if not table.due),
        late=sum(Reason.LATE in each.reasons for each in due.values()),
        due=len(due),
    )


def _table(found: Round, one: DepartmentDispatch, staff: Staff) -> DepartmentTable:
    return DepartmentTable(
        department=one.department,
        is_own=staff.role is Role.DEPARTMENT and staff.department == one.department,
        rows=one.rows,
        handed_in=one.handed_in,
        late=one.count(Reason.LATE),
        due=tuple(_line(found, each, staff) for each in one.due),
    )


def _line(found: Round, due: DueRow, staff: Staff) -> DueLine:
    row, progress = due.row, due.progress
    promised_on = progress.will_meet_on if progress else None
    return DueLine(
        number=row.number,
        name=row.indicator.name,
        path=row_path(found.slug, row.number) if may_read(staff, row) else None,
        reasons=tuple(Tag(REASON_WORDS[each], REASON_TONES[each]) for each in due.reasons),
        state=Tag(STATE_WORDS[row.state], STATE_TONES[row.state]),
        due_on=row.due_on.isoformat(),
        days_late=due.days_late if Reason.LATE in due.reasons else None,
        done=progress.done if progress else None,
        will_meet_on=promised_on.isoformat() if promised_on else None,
    )
