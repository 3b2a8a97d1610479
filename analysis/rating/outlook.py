"""What innovation cases bring next: one more of each kind, and those that leave the window soon.

Counting them is left to `innovation`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from analysis.rating.assessment import InnovationCase
from analysis.rating.innovation import InnovationBonus, innovation_bonus, leaves_window_on
from analysis.rating.standard import InnovationIndicator, InnovationKind


@dataclass(frozen=True)
class KindOutlook:
    """The state of one kind.

    Attributes
    ----------
    points
        So far, after the kind's cap and before the row's.
    over_cap
        Points of its cases in the window that its own cap cuts off.
    next_case_adds
        Points that one more case of it, dated today, adds to the row after both caps.
    """

    key: str
    kind: InnovationKind
    points: float
    over_cap: float
    next_case_adds: float


@dataclass(frozen=True)
class LeavingCase:
    """A counted case, and the first day as of which it counts no more."""

    case: InnovationCase
    leaves_on: date


@dataclass(frozen=True)
class Outlook:
    """The state of the row.

    Attributes
    ----------
    over_row_cap
        Points of all kinds that the row's cap cuts off.
    leaving
        Counted cases that leave within the days asked for, the first to leave first.
    total_then
        Points of the row at the end of these days if no case is added: what was over a cap moves
        up where cases leave.
    """

    bonus: InnovationBonus
    kinds: tuple[KindOutlook, ...]
    over_row_cap: float
    leaving: tuple[LeavingCase, ...]
    total_then: float


def outlook(
    row: InnovationIndicator, cases: Iterable[InnovationCase], as_of: date, within_days: int
) -> Outlook:
    """Return the outlook over the days that follow `as_of`."""
    known = [case for case in cases if case.dated_on <= as_of]
    bonus = innovation_bonus(row, known, as_of)
    until = as_of + timedelta(days=within_days)
    dated = (
        LeavingCase(each.case, leaves_window_on(row, each.case.dated_on)) for each in bonus.counted
    )
    leaving = (each for each in dated if each.leaves_on <= until)
    return Outlook(
        bonus=bonus,
        kinds=tuple(_kind_outlook(row, bonus, key) for key in row.kinds),
        over_row_cap=sum(bonus.by_kind.values()) - bonus.total,
        leaving=tuple(sorted(leaving, key=lambda each: (each.leaves_on, each.case.title))),
        total_then=innovation_bonus(row, known, until).total,
    )


def room_of_row(row: InnovationIndicator, bonus: InnovationBonus) -> float:
    """Return the points that the row's cap leaves free."""
    return max(0.0, row.cap - bonus.total)


def room_of_kind(row: InnovationIndicator, bonus: InnovationBonus, key: str) -> float:
    """Return the points that more cases of a kind can add under its own cap and the row's."""
    cap = row.kinds[key].cap
    own = row.cap if cap is None else max(0.0, cap - bonus.by_kind[key])
    return min(own, room_of_row(row, bonus))


def _kind_outlook(row: InnovationIndicator, bonus: InnovationBonus, key: str) -> KindOutlook:
    kind, points = row.kinds[key], bonus.by_kind[key]
    return KindOutlook(
        key=key,
        kind=kind,
        points=points,
        over_cap=_count_in_window(bonus, key) * kind.points - points,
        next_case_adds=min(kind.points, room_of_kind(row, bonus, key)),
    )


def _count_in_window(bonus: InnovationBonus, key: str) -> int:
    """Count the cases of a kind that only a cap can leave out."""
    capped = [each.case for each in bonus.left_out if each.reason in ("kind_cap", "row_cap")]
    return sum(case.kind == key for case in [*capped, *(each.case for each in bonus.counted)])
