"""How far an indicator is from its next points: what each higher level still wants.

Which steps together reach a star is left to `cheapest`.

Effort is a rule of thumb and comes from no document: the distances of what is still open, added
up. It tells a figure that lies just under its bound from one that lies far off, and one open
criterion from five; it knows nothing of money or time. Whoever knows better gives costs of their
own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from analysis.rating.assessment import Assessment, Figure, Figures, VerifiedLevel
from analysis.rating.levels import evaluate, reach, verified, with_averages
from analysis.rating.rate import Rating
from analysis.rating.standard import LEVELS, Criterion, LeveledIndicator, LevelName

Operator = Literal["at_least", "above", "below", "at_most"]
# What staff say that a step costs, in whatever unit they choose, by indicator number and level.
Costs = Mapping[tuple[int, LevelName], float]


@dataclass(frozen=True)
class OpenCriterion:
    """A comparison or a condition that is not met, or not known to be.

    Attributes
    ----------
    name
        Of the measure or condition.
    operator, bound
        Both None for a condition.
    figure
        The figure or attestation now; None when it is missing.
    distance
        From 0 (on the bound, where the bound itself is not enough) to 1: the share of the bound
        still to cover. Under an upper bound, the share by which the figure must still fall. 1 for
        a missing figure and for a condition that is not attested.
    """

    name: str
    operator: Operator | None
    bound: float | None
    figure: Figure | None
    distance: float


@dataclass(frozen=True)
class Step:
    """Raising one indicator to a level above the one that it holds.

    Attributes
    ----------
    points
        Gained over now; 0 where the document gives none.
    open_criteria
        Empty when the figures already meet the level and only its verification is behind.
    """

    indicator: LeveledIndicator
    level: LevelName
    points: float
    open_criteria: tuple[OpenCriterion, ...]

    @cached_property
    def effort(self) -> float:
        """The distances of the open criteria added up: a rule of thumb."""
        return _effort(self.open_criteria)

    def cost(self, costs: Costs) -> float:
        """What staff say that it costs; its effort where they say nothing."""
        return costs.get((self.indicator.number, self.level), self.effort)


def steps(
    indicator: LeveledIndicator,
    figures: Figures | None = None,
    verified_level: VerifiedLevel | None = None,
) -> tuple[Step, ...]:
    """Return a step for each level above the one held, in ascending order.

    Parameters
    ----------
    verified_level
        Goes before what the figures would give; None when nobody verified a level.
    """
    held = verified(verified_level) if verified_level else reach(indicator, figures)
    return _steps_above(indicator, figures or {}, held.level)


def all_steps(assessment: Assessment, rating: Rating) -> tuple[Step, ...]:
    """Return the steps of every indicator of an assessment, whose rating is given."""
    held = {line.indicator.number: line.reached.level for line in rating.lines if line.reached}
    return tuple(
        step
        for row in assessment.standard.leveled
        for step in _steps_above(row, assessment.figures.get(row.number, {}), held[row.number])
    )


def nearest(assessment: Assessment, rating: Rating, costs: Costs | None = None) -> tuple[Step, ...]:
    """Return the next step of every indicator that has one, least effort for each point first.

    Ties, and all steps of a document that gives no points, go by effort and number.
    """
    following: dict[int, Step] = {}
    for step in all_steps(assessment, rating):
        following.setdefault(step.indicator.number, step)
    return tuple(sorted(following.values(), key=lambda step: _rank(step, costs or {})))


def _rank(step: Step, costs: Costs) -> tuple[bool, float, int]:
    cost = step.cost(costs)
    return not step.points, cost / step.points if step.points else cost, step.indicator.number


def _steps_above(
    indicator: LeveledIndicator, figures: Figures, held: LevelName | None
) -> tuple[Step, ...]:
    known = with_averages(indicator, figures)
    now = _points(indicator, held)
    above = LEVELS[LEVELS.index(held) + 1 :] if held else LEVELS
    return tuple(
        Step(
            indicator=indicator,
            level=level,
            points=_points(indicator, level) - now,
            open_criteria=_open(indicator.requirements[level].criteria, known),
        )
        for level in above
        if level in indicator.requirements
    )


def _points(indicator: LeveledIndicator, level: LevelName | None) -> float:
    requirement = indicator.requirements.get(level) if level else None
    return (requirement.points or 0.0) if requirement else 0.0


def _open(criterion: Criterion, figures: Figures) -> tuple[OpenCriterion, ...]:
    """Return what is open in a criterion; of alternatives the one with the least effort."""
    if evaluate(criterion, figures):
        return ()
    if criterion.all is not None:
        return tuple(each for part in criterion.all for each in _open(part, figures))
    if criterion.any is not None:
        return min((_open(part, figures) for part in criterion.any), key=_effort)
    figure = figures.get(criterion.measure or criterion.condition or "")
    if criterion.measure is None:
        return (OpenCriterion(criterion.condition or "", None, None, figure, 1.0),)
    operator, bound = _comparison(criterion)
    distance = 1.0 if figure is None else _distance(operator, bound, float(figure))
    return (OpenCriterion(criterion.measure, operator, bound, figure, distance),)


def _effort(open_criteria: Iterable[OpenCriterion]) -> float:
    return sum(each.distance for each in open_criteria)


def _comparison(criterion: Criterion) -> tuple[Operator, float]:
    operators: tuple[Operator, ...] = get_args(Operator)
    bounds = ((operator, getattr(criterion, operator)) for operator in operators)
    return next((operator, bound) for operator, bound in bounds if bound is not None)


def _distance(operator: Operator, bound: float, figure: float) -> float:
    """Return the distance of a figure that misses its bound."""
    must_rise = operator in ("at_least", "above")
    if bound < 0.0:  # A fall of so much is a rise of as much.
        must_rise, bound, figure = not must_rise, -bound, -figure
    if bound == 0.0:  # Nothing has no share of it.
        return 1.0
    distance = 1.0 - (figure / bound if must_rise else bound / figure)
    return min(1.0, max(0.0, distance))
