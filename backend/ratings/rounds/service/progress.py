"""Keeps what departments report on an indicator: what was done, the figure now, when it is met.

Entries never change, and they go on after a round is closed: they tell how the next one comes on.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from backend.errors import FieldError, Forbidden, Invalid
from backend.ratings.rounds import repository
from backend.ratings.rounds.entry import Entry, require_possible
from backend.ratings.rounds.models import ProgressEntry
from backend.ratings.rounds.rights import may_enter
from backend.ratings.rounds.round import Row
from backend.ratings.rounds.service.reading import fetch_round, row_of
from backend.staff.service import Role, Staff

LONGEST_DONE = 2000
DONE_NEEDED = "请说明完成了哪些工作，不超过 2000 个字。"
MEASURE_NEEDED = "填写了目前数值时，请选择是哪项数据。"
UNKNOWN_MEASURE = "本项指标没有这项数据，请重新选择。"
PROMISED_IN_THE_PAST = "预计达到的日期不能早于今天（{today}）。"


@dataclass(frozen=True)
class NewProgress:
    """What somebody reports; `figure` as it is stored, shares from 0 to 1."""

    done: str
    measure: str | None = None
    figure: float | None = None
    will_meet_on: date | None = None


def add_progress(
    session: Session,
    slug: str,
    number: int,
    new: NewProgress,
    staff: Staff,
    now: datetime,
    today: date,
) -> None:
    """Store a progress entry.

    Raises
    ------
    NotFound
        When there is no such round or row.
    Forbidden
        When the row is another department's.
    Invalid
        Naming each field that holds what it cannot.
    """
    found = fetch_round(session, slug)
    row = row_of(found, number)
    if not may_enter(staff, row):
        raise Forbidden
    require_reportable(row, new, today)
    entry = ProgressEntry(
        round_id=found.id,
        number=number,
        done=new.done.strip(),
        measure=new.measure,
        figure=new.figure,
        will_meet_on=new.will_meet_on,
        department=staff.department if staff.role is Role.DEPARTMENT else row.departments[0],
        entered_by=staff.email,
        entered_at=now,
    )
    repository.add_progress(session, entry)


def require_reportable(row: Row, new: NewProgress, today: date) -> None:
    """Refuse with Invalid what cannot be reported of a row."""
    errors = []
    if not 1 <= len(new.done.strip()) <= LONGEST_DONE:
        errors.append(FieldError("done", DONE_NEEDED))
    if new.measure is not None and new.measure not in row.indicator.measures:
        errors.append(FieldError("measure", UNKNOWN_MEASURE))
    elif new.figure is not None and new.measure is None:
        errors.append(FieldError("measure", MEASURE_NEEDED))
    elif new.figure is not None and new.measure is not None:
        errors.extend(_figure_faults(row, new.measure, new.figure))
    if new.will_meet_on is not None and new.will_meet_on < today:
        errors.append(FieldError("will_meet_on", PROMISED_IN_THE_PAST, {"today": today}))
    if errors:
        raise Invalid(errors=tuple(errors))


def _figure_faults(row: Row, measure: str, figure: float) -> list[FieldError]:
    try:
        require_possible(row.indicator, Entry({measure: figure}))
    except Invalid as invalid:
        return [FieldError("figure", each.message, each.arguments) for each in invalid.errors]
    return []
