"""What departments do with a row: save what they enter, submit it, and add evidence."""

from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from backend.errors import FieldError, Forbidden, Invalid
from backend.ratings.evidence import service as evidence
from backend.ratings.evidence.new import NewEvidence
from backend.ratings.evidence.owner import RowOwner
from backend.ratings.evidence.service import KeptEvidence
from backend.ratings.rounds.entry import Entry, require_possible
from backend.ratings.rounds.figures import write_figures
from backend.ratings.rounds.refusals import WrongState
from backend.ratings.rounds.rights import may_enter
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

ACCEPTED_IS_LOCKED = "本项已经审核通过，不能再修改。如需更正，请联系审核人员重新开放。"
IN_REVIEW = "本项已提交审核，不能移除佐证材料。请先保存一次，撤回提交。"
NOTHING_ENTERED = "请至少填写一项数据或选择一项情况后再提交。"
EVIDENCE_NEEDED = "“{condition}”选择了“是”，请先添加佐证材料再提交。"
UNKNOWN_MEASURE = "本项指标没有这项数据，请重新选择。"


def save_row(
    session: Session,
    at: RowAt,
    entry: Entry,
    staff: Staff,
    now: datetime,
    action: Literal["save", "import"] = "save",
) -> Row:
    """Keep what was entered. A row that was submitted is thereby taken back.

    Raises
    ------
    NotFound, Forbidden, RoundClosed, RowChanged
        See `changing`; Forbidden for other departments' rows.
    WrongState
        When the row was accepted.
    Invalid
        When a figure cannot be.
    """
    locked = _lock_for_entry(session, at, staff)
    require_possible(locked.row.indicator, entry)
    # A returned row stays so until it is submitted anew: it still waits for its department.
    is_returned = locked.row.state is RowState.RETURNED
    state = RowState.RETURNED if is_returned else RowState.DRAFT
    return change(session, locked, action, _values(entry, state), staff, now)


def submit_row(session: Session, at: RowAt, entry: Entry, staff: Staff, now: datetime) -> Row:
    """Keep what was entered and hand it to the reviewers. Figures may be missing.

    Raises
    ------
    NotFound, Forbidden, RoundClosed, RowChanged, WrongState
        As `save_row`.
    Invalid
        When a figure cannot be, nothing was entered, or a condition is attested without evidence.
    """
    locked = _lock_for_entry(session, at, staff)
    require_possible(locked.row.indicator, entry)
    errors = _missing_for_review(session, locked, entry)
    if errors:
        raise Invalid(errors=errors)
    values = {**_values(entry, RowState.SUBMITTED), "reason": ""}
    return change(session, locked, "submit", values, staff, now)


def attach(
    session: Session, slug: str, number: int, new: NewEvidence, staff: Staff, now: datetime
) -> KeptEvidence:
    """Add evidence to a row.

    Raises
    ------
    NotFound, Forbidden, RoundClosed, WrongState
        As `save_row`.
    Invalid
        When the evidence cannot be stored, or is for a measure that the row has not.
    """
    locked = lock(session, slug, number)
    _require_enterable(locked, staff)
    indicator = locked.row.indicator
    if new.measure is not None and new.measure not in {
        **indicator.measures,
        **indicator.conditions,
    }:
        raise Invalid(errors=(FieldError("measure", UNKNOWN_MEASURE),))
    return evidence.add_evidence(session, _owner(locked), new, staff.email, now)


def detach(session: Session, slug: str, found: KeptEvidence, staff: Staff, now: datetime) -> None:
    """Remove evidence of a row; it stays in the history.

    Raises
    ------
    NotFound, Forbidden, RoundClosed
        As `save_row`.
    WrongState
        When the row is in review or accepted: it is judged by what was submitted.
    """
    assert isinstance(found.owner, RowOwner)  # noqa: S101 - the caller has seen to that
    locked = lock(session, slug, found.owner.number)
    _require_enterable(locked, staff)
    if locked.row.state is RowState.SUBMITTED:
        raise WrongState(IN_REVIEW)
    evidence.remove_evidence(session, found, staff.email, now)


def _lock_for_entry(session: Session, at: RowAt, staff: Staff) -> Locked:
    locked = lock(session, at.slug, at.number)
    _require_enterable(locked, staff, at)
    return locked


def _require_enterable(locked: Locked, staff: Staff, at: RowAt | None = None) -> None:
    if not may_enter(staff, locked.row):
        raise Forbidden
    require_open(locked)
    if at is not None:
        require_unchanged(locked, at)
    if locked.row.state is RowState.ACCEPTED:
        raise WrongState(ACCEPTED_IS_LOCKED)


def _values(entry: Entry, state: RowState) -> dict[str, object]:
    return {"figures": write_figures(entry.figures), "note": entry.note, "state": state.value}


def _missing_for_review(session: Session, locked: Locked, entry: Entry) -> tuple[FieldError, ...]:
    if not entry.figures:
        return (FieldError("figures", NOTHING_ENTERED),)
    conditions = locked.row.indicator.conditions
    attested = [name for name, figure in entry.figures.items() if figure is True]
    if not attested or evidence.has_evidence(session, _owner(locked)):
        return ()
    return tuple(
        FieldError(f"condition.{name}", EVIDENCE_NEEDED, {"condition": conditions[name].name})
        for name in attested
    )


def _owner(locked: Locked) -> RowOwner:
    return RowOwner(locked.round.id, locked.row.number)
