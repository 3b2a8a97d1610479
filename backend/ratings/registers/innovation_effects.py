"""What each registered case adds to the rating, or would if it were accepted; the counting is
`analysis.rating.innovation`'s.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.rating.assessment import InnovationCase
from analysis.rating.innovation import InnovationBonus, Reason, identity, innovation_bonus
from analysis.rating.standard import InnovationIndicator
from backend.ratings.registers.innovation_case import CaseState, RegisteredCase


@dataclass(frozen=True)
class Effect:
    """Points that a case adds; of a proposed one, those it would add. `reason` where none."""

    points: float
    reason: Reason | None = None


def effects(
    row: InnovationIndicator, cases: Sequence[RegisteredCase], as_of: date
) -> Mapping[int, Effect]:
    """Return the effect of each accepted and proposed case by its id; of rejected ones none."""
    accepted = {each.id: each.case for each in cases if each.state is CaseState.ACCEPTED}
    bonus = innovation_bonus(row, accepted.values(), as_of)
    found = {entry_id: _in(bonus, case) for entry_id, case in accepted.items()}
    for each in cases:
        if each.state is CaseState.PROPOSED:
            found[each.id] = _if_accepted(row, [*accepted.values()], bonus, each.case, as_of)
    return found


def _if_accepted(
    row: InnovationIndicator,
    accepted: Sequence[InnovationCase],
    bonus: InnovationBonus,
    case: InnovationCase,
    as_of: date,
) -> Effect:
    together = innovation_bonus(row, [*accepted, case], as_of)
    # What it adds, which is not what it counts: it may take the place of an earlier one.
    points = round(together.total - bonus.total, 9)
    if points:
        return Effect(points)
    reason = _in(together, case).reason
    if reason in ("before_the_window", "after_the_window"):
        return Effect(0.0, reason)
    if identity(case) in {identity(each) for each in accepted}:
        return Effect(0.0, "duplicate")
    is_kind_full = together.by_kind[case.kind] == bonus.by_kind[case.kind]
    return Effect(0.0, "kind_cap" if is_kind_full else "row_cap")


def _in(bonus: InnovationBonus, case: InnovationCase) -> Effect:
    # By identity: two entries of one case are equal.
    for counted in bonus.counted:
        if counted.case is case:
            return Effect(counted.points)
    return next(Effect(0.0, left.reason) for left in bonus.left_out if left.case is case)
