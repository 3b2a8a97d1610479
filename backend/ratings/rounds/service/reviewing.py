"""What reviewers do with a row: accept it, return it with a reason, open it again, assign it."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from backend.errors import FieldError, Forbidden, Invalid
from backend.ratings.rounds.departments import JOINED_BY, department_faults
from backend.ratings.rounds.refusals import WrongState
from backend.ratings.rounds.rights import may_review
from backend.ratings.rounds.round import Row, RowState
from backend.ratings.rounds.service.changing import (
    Locked,
    RowAt,
    change,
    lock,
    require_open,
    require_unchanged,
)
from backend.staff.service import Staff

LONGEST_REASON = 2000
REASON_NEEDED = "请说明原因，不超过 2000 个字。"
NOT_SUBMITTED = "本项还没有提交，不能审核。"
NOT_ACCEPTED = "本项没有审核通过，不需要重新开放。"
DUE_DATE_NEEDED = "请填写截止日期，不早于本轮开始日期 {opens_on}。"


def accept_row(session: Session, at: RowAt, staff: Staff, now: datetime) -> Row:
    """Accept a submitted row, which locks it.

    Raises
    ------
    NotFound, Forbidden, RoundClosed, RowChanged
        See `changing`; Forbidden for who is no reviewer.
    WrongState
        When it is not submitted.
    """
    locked = _lock_for_review(session, at, staff)
    _require(locked, RowState.SUBMITTED, NOT_SUBMITTED)
    values = {"state": RowState.ACCEPTED.value, "reason": ""}
    return change(session, locked, "accept", values, staff, now)


def return_row(session: Session, at: RowAt, reason: str, staff: Staff, now: datetime) -> Row:
    """Give a submitted row back; raises as `accept_row`, and Invalid without a reason."""
    locked = _lock_for_review(session, at, staff)
    _require(locked, RowState.SUBMITTED, NOT_SUBMITTED)
    return _send_back(session, locked, "return", reason, staff, now)


def reopen_row(session: Session, at: RowAt, reason: str, staff: Staff, now: datetime) -> Row:
    """Give an accepted row back to its department; raises as `return_row`."""
    locked = _lock_for_review(session, at, staff)
    _require(locked, RowState.ACCEPTED, NOT_ACCEPTED)
    return _send_back(session, locked, "reopen", reason, staff, now)


def assign_row(
    session: Session,
    at: RowAt,
    departments: tuple[str, ...],
    due_on: date | None,
    staff: Staff,
    now: datetime,
) -> Row:
    """Change who fills in a row, the first leading, and by when; raises as `accept_row`.

    Invalid names `departments` or `due_on`.
    """
    locked = _lock_for_review(session, at, staff)
    errors = list(department_faults("departments", departments))
    opens_on = locked.round.opens_on
    if due_on is None or due_on < opens_on:
        errors.append(FieldError("due_on", DUE_DATE_NEEDED, {"opens_on": opens_on}))
    if errors:
        raise Invalid(errors=tuple(errors))
    values = {"departments": JOINED_BY.join(departments), "due_on": due_on}
    reason = f"{values['departments']} {due_on}"
    return change(session, locked, "assign", values, staff, now, reason)


def _lock_for_review(session: Session, at: RowAt, staff: Staff) -> Locked:
    if not may_review(staff):
        raise Forbidden
    locked = lock(session, at.slug, at.number)
    require_open(locked)
    require_unchanged(locked, at)
    return locked


def _require(locked: Locked, state: RowState, otherwise: str) -> None:
    if locked.row.state is not state:
        raise WrongState(otherwise)


def _send_back(
    session: Session, locked: Locked, action: str, reason: str, staff: Staff, now: datetime
) -> Row:
    reason = reason.strip()
    if not 1 <= len(reason) <= LONGEST_REASON:
        raise Invalid(errors=(FieldError("reason", REASON_NEEDED),))
    values = {"state": RowState.RETURNED.value, "reason": reason}
    return change(session, locked, action, values, staff, now, reason)
