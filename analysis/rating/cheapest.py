"""The cheapest set of steps that reaches a star: indicators raised, and innovation cases added.

What can be done, and at what cost, comes from `options`; the optimum itself from `knapsack`.
"""

import math
from dataclasses import dataclass

from analysis.errors import AnalysisError
from analysis.rating.assessment import Assessment
from analysis.rating.gap import Step
from analysis.rating.knapsack import Choice, choose, most_points
from analysis.rating.options import MoreCases, Option, Raise, Terms, check_terms, options
from analysis.rating.outlook import room_of_row
from analysis.rating.rate import Rating, VetoReason
from analysis.rating.standard import LEVELS, Standard, StarLevel, StarName
from analysis.rating.star import ROUNDING, Condition, conditions_missing

# The knapsack counts whole thousandths of a point; no document gives finer ones.
UNITS = 1000


@dataclass(frozen=True)
class Way:
    """The cheapest way to a star.

    Attributes
    ----------
    points_missing
        From the balance, which may be negative, to the star; 0 when the points are there.
    steps
        By indicator number, at most one of each.
    more_cases
        At most one entry of each kind.
    points_gained
        Of all steps and cases, as far as caps and shared deductions let them through.
    conditions
        What the star wants beside points: no step brings it.
    """

    star: StarLevel
    points_missing: float
    steps: tuple[Step, ...]
    more_cases: tuple[MoreCases, ...]
    cost: float
    points_gained: float
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class Unreachable:
    """That nothing which may be done reaches the star.

    Attributes
    ----------
    points_possible
        The total when all that may be done is done; 0 under a veto.
    vetoes
        Why the whole scores nothing, whatever is done.
    """

    star: StarLevel
    points_missing: float
    points_possible: float
    vetoes: tuple[VetoReason, ...]


def cheapest(
    assessment: Assessment, rating: Rating, star: StarName, terms: Terms | None = None
) -> Way | Unreachable:
    """Find what reaches a star at the least cost.

    Of sets that cost the same, to a millionth of the dearest step, the one with the fewest changes
    is taken (each case is a change), then the one whose row numbers have the lowest sum, then the
    one with the lowest levels.

    Parameters
    ----------
    rating
        Of this assessment.

    Raises
    ------
    AnalysisError
        `standard_without_stars`, `unknown_star`, and those of `options.check_terms`.
    """
    standard, terms = assessment.standard, terms or Terms()
    goal = _goal(standard, star)
    check_terms(standard, terms)
    missing = _missing(goal, rating)
    if rating.vetoes:
        return Unreachable(goal, missing, 0.0, rating.vetoes)
    row, bonus = standard.innovation, rating.innovation
    room = room_of_row(row, bonus) if row and bonus else 0.0
    kept_share = 1.0 - rating.security.share
    by_choice = {_choice(each): each for each in options(assessment, rating, terms)}
    chosen = choose(tuple(by_choice), _needed(missing, kept_share), _units(room))
    if chosen is None:
        gain = most_points(tuple(by_choice), _units(room)) / UNITS * kept_share
        return Unreachable(goal, missing, max(0.0, rating.balance + gain), ())
    taken = [by_choice[each] for each in chosen]
    raised = tuple(each for each in taken if isinstance(each, Raise))
    cases = tuple(each for each in taken if isinstance(each, MoreCases))
    from_cases = min(room, sum(each.points for each in cases))
    return Way(
        star=goal,
        points_missing=missing,
        steps=tuple(each.step for each in raised),
        more_cases=cases,
        cost=sum(each.cost for each in taken),
        points_gained=(sum(each.points for each in raised) + from_cases) * kept_share,
        conditions=conditions_missing(goal, assessment.national_benchmark),
    )


def _goal(standard: Standard, star: StarName) -> StarLevel:
    if not standard.stars:
        raise AnalysisError("standard_without_stars", id=standard.id)
    for each in standard.stars:
        if each.star == star:
            return each
    raise AnalysisError("unknown_star", star=star, known=", ".join(s.star for s in standard.stars))


def _missing(goal: StarLevel, rating: Rating) -> float:
    missing = goal.points - rating.balance
    return missing if missing > ROUNDING else 0.0


def _needed(missing: float, kept_share: float) -> int:
    """Return the units to gain; where a deduction leaves nothing of them, none are enough."""
    return math.ceil(missing / max(kept_share, ROUNDING) * UNITS - ROUNDING * UNITS)


def _choice(option: Option) -> Choice:
    """Return an option as the knapsack sees it: changes, row number and level break ties."""
    points = _units(option.points)
    if isinstance(option, Raise):
        number, level = option.step.indicator.number, LEVELS.index(option.step.level)
        return Choice(f"{number}", points, option.cost, (1, number, level))
    row, count = option.row, option.count
    rank = list(row.kinds).index(option.kind)
    ties = (count, count * row.number, count * rank)
    return Choice(f"{row.number}.{option.kind}", points, option.cost, ties, is_pooled=True)


def _units(points: float) -> int:
    return round(points * UNITS)
