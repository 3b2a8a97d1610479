"""From figures to the level of an indicator: the highest whose requirement holds.

A missing figure is unknown, not failed (Kleene's three-valued logic): `any` holds as soon as one
part is known to hold, `all` fails as soon as one part is known to fail, and what is left is
unknown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from analysis.rating.assessment import Figures, VerifiedLevel
from analysis.rating.standard import LEVELS, Criterion, LeveledIndicator, LevelName, Measure

# Verified by an assessor; derived from figures; unknown as far as figures are missing; or nothing
# was said of the indicator at all.
Status = Literal["verified", "derived", "unknown", "not_assessed"]
# A figure this close to a bound, in parts of the bound, stands on it: 0.7 * 3 / 3 is not below 0.7.
ROUNDING = 1e-12


@dataclass(frozen=True)
class Reached:
    """The level that an indicator holds.

    Attributes
    ----------
    level
        The highest level known to hold; None when none is known to.
    status
        `unknown` when a higher level, or any, hangs on figures that are missing.
    missing
        Names of the measures and conditions that are missing, in the order of the requirement of
        the lowest level that is unknown.
    """

    level: LevelName | None
    status: Status
    missing: tuple[str, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether no missing figure could raise the level."""
        return self.status in ("verified", "derived")


def verified(level: VerifiedLevel) -> Reached:
    """The level as somebody verified it."""
    return Reached(None if level == "none" else level, "verified")


def reach(indicator: LeveledIndicator, figures: Figures | None) -> Reached:
    """Return the highest level whose requirement holds."""
    if not figures:
        lowest = indicator.requirements[_lowest(indicator)]
        return Reached(None, "not_assessed", _missing(indicator, lowest.criteria, {}))
    known = with_averages(indicator, figures)
    outcomes = {
        level: evaluate(indicator.requirements[level].criteria, known)
        for level in LEVELS
        if level in indicator.requirements
    }
    held = [level for level, holds in outcomes.items() if holds]
    highest = held[-1] if held else None
    above = [level for level in outcomes if highest is None or _rank(level) > _rank(highest)]
    unknown = [level for level in above if outcomes[level] is None]
    if not unknown:
        return Reached(highest, "derived")
    missing = _missing(indicator, indicator.requirements[unknown[0]].criteria, known)
    return Reached(highest, "unknown", missing)


def evaluate(criterion: Criterion, figures: Figures) -> bool | None:
    """Whether a criterion holds; None when that hangs on a figure that is missing."""
    if criterion.all is not None:
        parts = [evaluate(part, figures) for part in criterion.all]
        return False if False in parts else None if None in parts else True
    if criterion.any is not None:
        parts = [evaluate(part, figures) for part in criterion.any]
        return True if True in parts else None if None in parts else False
    figure = figures.get(criterion.measure or criterion.condition or "")
    if figure is None:
        return None
    return bool(figure) if criterion.condition is not None else _compare(criterion, float(figure))


def with_averages(indicator: LeveledIndicator, figures: Figures) -> Figures:
    """Add the weighted averages whose parts are all known."""
    averages = {
        name: _average(measure, figures)
        for name, measure in indicator.measures.items()
        if measure.weights and all(part in figures for part in measure.weights)
    }
    return {**figures, **averages}


def _average(measure: Measure, figures: Figures) -> float:
    weights: Mapping[str, float] = measure.weights or {}
    return sum(weight * figures[part] for part, weight in weights.items()) / sum(weights.values())


def _compare(criterion: Criterion, figure: float) -> bool:
    if criterion.at_least is not None:
        return figure >= criterion.at_least - _slack(criterion.at_least)
    if criterion.above is not None:
        return figure > criterion.above + _slack(criterion.above)
    if criterion.below is not None:
        return figure < criterion.below - _slack(criterion.below)
    return criterion.at_most is not None and figure <= criterion.at_most + _slack(criterion.at_most)


def _slack(bound: float) -> float:
    return ROUNDING * abs(bound)


def _lowest(indicator: LeveledIndicator) -> LevelName:
    return next(level for level in LEVELS if level in indicator.requirements)


def _rank(level: LevelName) -> int:
    return LEVELS.index(level)


def _missing(indicator: LeveledIndicator, criterion: Criterion, known: Figures) -> tuple[str, ...]:
    """Return what could still decide a criterion: the parts in the place of a weighted average.

    An alternative to one that holds decides nothing any more.
    """
    if evaluate(criterion, known) is not None:
        return ()
    names: dict[str, None] = {}
    for part in criterion.all or criterion.any or ():
        names.update(dict.fromkeys(_missing(indicator, part, known)))
    if criterion.measure is not None:
        weights = indicator.measures[criterion.measure].weights or {criterion.measure: 1.0}
        names.update(dict.fromkeys(part for part in weights if part not in known))
    if criterion.condition is not None:
        names[criterion.condition] = None
    return tuple(names)
