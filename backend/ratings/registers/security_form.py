"""Reads the form of a network-security incident."""

from collections.abc import Mapping, Sequence
from datetime import date

from backend.ratings.forms.typed import TypedForm
from backend.ratings.registers.incident import IncidentFields, IncidentState

MOST_POINTS = 100.0
POINTS_MISSING = "请填写扣分。"
POINTS_NOT_POSITIVE = "扣分应大于 0；只有重大事件可以填 0。"
POINTS_TOO_MANY = "一次通报扣分不超过 {maximum} 分，请核对。"
NOTICE_MISSING = "请填写通报单位、文号和问题。"
HANDLING_MISSING = "办结前请填写处置情况。"
WITHDRAWAL_MISSING = "请填写撤销登记的原因。"
STATE_REFUSED = "请选择处置状态。"
_HANDLING_WANTED = {
    IncidentState.CLOSED: HANDLING_MISSING,
    IncidentState.WITHDRAWN: WITHDRAWAL_MISSING,
}


def read_incident(
    typed: Mapping[str, str], states: Sequence[IncidentState], today: date
) -> IncidentFields:
    """Return what was typed; `states` are those that may be set.

    Raises
    ------
    Invalid
        Naming every bad field: a date after today, points that are none or not above 0, a text
        that is missing or too long, a state that may not be set.
    """
    form = TypedForm(typed)
    is_major = form.is_checked("is_major")
    state = next((each for each in states if each.value == form.raw("state")), None)
    if state is None:
        form.refuse("state", STATE_REFUSED)
        state = IncidentState.REPORTED
    fields = IncidentFields(
        dated_on=form.day("dated_on", today),
        points=_points(form, is_major),
        is_major=is_major,
        notice=form.text("notice", 2000, NOTICE_MISSING),
        handling=form.text("handling", 4000, _HANDLING_WANTED.get(state)),
        state=state,
    )
    form.settle()
    return fields


def _points(form: TypedForm, is_major: bool) -> float:
    points = form.number("points", POINTS_MISSING)
    if points < 0 or (points == 0 and not is_major):
        form.refuse("points", POINTS_NOT_POSITIVE)
    if points > MOST_POINTS:
        form.refuse("points", POINTS_TOO_MANY, maximum=int(MOST_POINTS))
    return points
