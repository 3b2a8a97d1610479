"""What can be done for more points, and at what cost: indicators raised, innovation cases added.

Which of them together reach a star at the least cost is left to `cheapest`.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from analysis.errors import AnalysisError
from analysis.rating.assessment import Assessment, leveled_indicator
from analysis.rating.gap import Costs, Step, all_steps
from analysis.rating.innovation import InnovationBonus
from analysis.rating.outlook import room_of_kind
from analysis.rating.rate import Rating
from analysis.rating.standard import InnovationIndicator, Standard


@dataclass(frozen=True)
class Terms:
    """What staff say about the ways to a star.

    Attributes
    ----------
    costs
        Of a step, by indicator number and level, in any unit; its effort where they say nothing.
    excluded
        Numbers of indicators that cannot be raised.
    case_costs
        Of one more innovation case, by kind; kinds that are absent are not considered.
    """

    costs: Costs = field(default_factory=dict)
    excluded: frozenset[int] = frozenset()
    case_costs: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class MoreCases:
    """So many more innovation cases of a kind, and what the kind's cap lets through of them."""

    row: InnovationIndicator
    kind: str
    count: int
    points: float
    cost: float


@dataclass(frozen=True)
class Raise:
    """A step, and what it costs on the terms."""

    step: Step
    cost: float

    @property
    def points(self) -> float:
        """The points that it gains."""
        return self.step.points


Option = Raise | MoreCases


def check_terms(standard: Standard, terms: Terms) -> None:
    """Refuse terms that do not fit the standard.

    Raises AnalysisError, with the `field` as a path: `impossible_cost`, `unknown_indicator`,
    `indicator_has_no_levels`, `unknown_level`, `unknown_innovation_kind`.
    """
    for (number, level), cost in terms.costs.items():
        path = f"costs.{number}.{level}"
        indicator = leveled_indicator(standard, number, path)
        if level not in indicator.requirements:
            names = ", ".join(indicator.requirements)
            raise AnalysisError("unknown_level", field=path, known=names)
        _check_cost(cost, path)
    for number in sorted(terms.excluded):
        leveled_indicator(standard, number, f"excluded.{number}")
    kinds = standard.innovation.kinds if standard.innovation else {}
    for kind, cost in terms.case_costs.items():
        path = f"case_costs.{kind}"
        if kind not in kinds:
            names = ", ".join(kinds)
            raise AnalysisError("unknown_innovation_kind", field=path, kind=kind, known=names)
        _check_cost(cost, path)


def options(assessment: Assessment, rating: Rating, terms: Terms) -> Iterator[Option]:
    """Yield every step and number of cases that gains points, in the order of the table."""
    for step in all_steps(assessment, rating):
        if step.points > 0 and step.indicator.number not in terms.excluded:
            yield Raise(step, step.cost(terms.costs))
    row, bonus = assessment.standard.innovation, rating.innovation
    if row is not None and bonus is not None:
        for kind in row.kinds:
            if kind in terms.case_costs:
                yield from _more_cases(row, bonus, kind, terms.case_costs[kind])


def _more_cases(
    row: InnovationIndicator, bonus: InnovationBonus, kind: str, cost_each: float
) -> Iterator[MoreCases]:
    room, each = room_of_kind(row, bonus, kind), row.kinds[kind].points
    # The last case may be cut by the cap; a hair of room is rounding.
    for count in range(1, math.ceil(room / each - 1e-9) + 1):
        yield MoreCases(row, kind, count, min(room, count * each), count * cost_each)


def _check_cost(cost: float, path: str) -> None:
    # Written so that NaN fails.
    if not 0.0 <= cost < math.inf:
        raise AnalysisError("impossible_cost", field=path)
