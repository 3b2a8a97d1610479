"""The bonus of innovation demonstrations (创新示范): the window, each kind's cap, the row's cap.

Cases are counted in the order of the document's kinds, then by date and title, so that the order
in which they were entered changes nothing.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from analysis.rating.assessment import InnovationCase
from analysis.rating.standard import InnovationIndicator, InnovationKind

Reason = Literal["before_the_window", "after_the_window", "duplicate", "kind_cap", "row_cap"]


@dataclass(frozen=True)
class CountedCase:
    """A case and the points it adds: fewer than its kind gives where a cap cuts it."""

    case: InnovationCase
    points: float


@dataclass(frozen=True)
class LeftOutCase:
    """A case that adds nothing, and why."""

    case: InnovationCase
    reason: Reason


@dataclass(frozen=True)
class InnovationBonus:
    """The points of the row.

    Attributes
    ----------
    total
        After all caps.
    by_kind
        Points of each kind of the standard after its own cap, before the row's.
    """

    total: float
    by_kind: Mapping[str, float]
    counted: tuple[CountedCase, ...]
    left_out: tuple[LeftOutCase, ...]


def window(row: InnovationIndicator, as_of: date) -> tuple[date, date]:
    """Return the first and the last day of the years that end at `as_of`, both included."""
    return _years_before(as_of, row.window_years) + timedelta(days=1), as_of


def leaves_window_on(row: InnovationIndicator, dated_on: date) -> date:
    """Return the first day as of which a case of that date counts no more (近两年)."""
    day = _years_before(dated_on, -row.window_years)
    # 29 February has no such day in most years: the window of 28 February still includes it.
    return day if window(row, day)[0] > dated_on else day + timedelta(days=1)


def innovation_bonus(
    row: InnovationIndicator, cases: Iterable[InnovationCase], as_of: date
) -> InnovationBonus:
    """Count the cases of the standard's kinds; a case of another kind is a KeyError."""
    kinds = list(row.kinds)
    ordered = sorted(
        cases, key=lambda case: (kinds.index(case.kind), case.dated_on, case.title, case.evidence)
    )
    first, last = window(row, as_of)
    by_kind = dict.fromkeys(kinds, 0.0)
    counted: list[CountedCase] = []
    left_out: list[LeftOutCase] = []
    seen: set[tuple[str, str, str]] = set()
    total = added = 0.0
    for case in ordered:
        reason = _outside(case, first, last) or _repeats(case, seen)
        if reason is None:
            seen.add(identity(case))
            points = _within_cap(row.kinds[case.kind], by_kind[case.kind])
            by_kind[case.kind] += points
            added = min(points, row.cap - total)
            total += added
            reason = "kind_cap" if not points else "row_cap" if not added else None
        if reason is None:
            counted.append(CountedCase(case, added))
        else:
            left_out.append(LeftOutCase(case, reason))
    return InnovationBonus(total, by_kind, tuple(counted), tuple(left_out))


def identity(case: InnovationCase) -> tuple[str, str, str]:
    """Return what makes two entries one case: kind, title and evidence, however they are spaced.

    Titles are alike in either case; addresses are not.
    """
    return case.kind, _plain(case.title).casefold(), _plain(case.evidence)


def _outside(case: InnovationCase, first: date, last: date) -> Reason | None:
    if case.dated_on < first:
        return "before_the_window"
    return "after_the_window" if case.dated_on > last else None


def _repeats(case: InnovationCase, seen: set[tuple[str, str, str]]) -> Reason | None:
    return "duplicate" if identity(case) in seen else None


def _within_cap(kind: InnovationKind, so_far: float) -> float:
    return kind.points if kind.cap is None else min(kind.points, kind.cap - so_far)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February of a year that has none
        return day.replace(year=day.year - years, day=28)
