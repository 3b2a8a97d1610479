"""Answers how many responses are needed, by district of a shipped population or for one number.

The formulas are `analysis.design`'s.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import analysis.shipped
from analysis.design import (
    ALLOCATIONS,
    AllocatedPrecision,
    DistrictSizes,
    SampleSize,
    allocate,
    by_district,
    for_half_width,
    for_power,
    precision_of,
    require_between,
)
from survey_forms.shipped import division_roots, divisions

DISTRICT = "district"
# The one "district" of a population that is only a number.
EVERYBODY = ""


@dataclass(frozen=True)
class Goal:
    """What the sample is to reach; shares from 0 to 1.

    Attributes
    ----------
    share
        The satisfaction expected.
    half_width
        Half the length that the interval may have; None to tell `share` from `line` instead.
    line, power
        From which line, and with what probability.
    two_sided
        Whether "told apart" means that the whole interval lies on one side of the line, which is
        when a verdict is called certain; else a one-sided test at 1 - confidence_level.
    deff, participation
        Design effect expected, and share of the invited who take part.
    """

    share: float
    half_width: float | None = None
    line: float = 0.7
    power: float = 0.8
    confidence_level: float = 0.95
    two_sided: bool = True
    deff: float = 1.0
    participation: float = 1.0


@dataclass(frozen=True)
class Allocated:
    """The same number of responses, spread over the districts in one way."""

    allocation: str
    respondents: Mapping[str, int]
    precision: AllocatedPrecision


@dataclass(frozen=True)
class Needed:
    """What the goal needs.

    `precision` is the city's when every district reaches the goal by itself; `allocations` spread
    the same total otherwise. For a population without districts there are none of them.
    """

    goal: Goal
    sizes: DistrictSizes
    precision: AllocatedPrecision
    allocations: tuple[Allocated, ...]


def margin_sets() -> Mapping[str, str]:
    """Return the ids of the shipped populations with the name of the city."""
    return {margin_set: _city(margin_set) for margin_set in analysis.shipped.margin_set_ids()}


def district_populations(margin_set: str) -> dict[str, float]:
    """Return the people of each district of a shipped population.

    Raises AnalysisError `unknown_margin_set`.
    """
    margins = analysis.shipped.margins(margin_set)
    district = next(margin for margin in margins.margins if margin.variable == DISTRICT)
    return dict(zip(district.categories, district.populations, strict=True))


def district_name(code: str) -> str:
    """Return the official name of a division, or the code itself when it does not ship."""
    for root in division_roots():
        if divisions(root).contains(code, "county"):
            return divisions(root).name(code)
    return code


def needed(populations: Mapping[str, float], goal: Goal) -> Needed:
    """Return what the goal needs of each district and of all together.

    Raises AnalysisError as `analysis.design` has them.
    """
    require_between("confidence_level", goal.confidence_level)
    sizes = by_district(populations, lambda people: _size(goal, people))
    own = {district.district: district.size.respondents for district in sizes.districts}
    return Needed(
        goal,
        sizes,
        _precision(populations, own, goal),
        _allocations(populations, sizes.respondents, goal),
    )


def _allocations(populations: Mapping[str, float], total: int, goal: Goal) -> tuple[Allocated, ...]:
    if len(populations) < 2:
        return ()
    spread = {name: allocate(populations, total, name) for name in ALLOCATIONS}
    return tuple(
        Allocated(name, respondents, _precision(populations, respondents, goal))
        for name, respondents in spread.items()
    )


def _precision(
    populations: Mapping[str, float], respondents: Mapping[str, int], goal: Goal
) -> AllocatedPrecision:
    return precision_of(populations, respondents, goal.share, goal.confidence_level, deff=goal.deff)


def _size(goal: Goal, people: float) -> SampleSize:
    if goal.half_width is not None:
        return for_half_width(
            goal.share,
            goal.half_width,
            goal.confidence_level,
            deff=goal.deff,
            population=people,
            participation=goal.participation,
        )
    return for_power(
        goal.share,
        goal.line,
        goal.power,
        1.0 - goal.confidence_level,
        two_sided=goal.two_sided,
        deff=goal.deff,
        population=people,
        participation=goal.participation,
    )


def _city(margin_set: str) -> str:
    codes = district_populations(margin_set)
    for root in division_roots():
        if all(divisions(root).contains(code, "county") for code in codes):
            return divisions(root).root.name
    return margin_set
