"""Differences: between domains of one sample, and between samples drawn apart, such as waves.

Formulas and sources: docs/methods.md, "Differences".
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Unpack

import numpy as np
from scipy.special import stdtr, stdtrit

from analysis.estimation.domains import answered_categories, membership
from analysis.estimation.estimate import Estimate, Options, Wanted, positions
from analysis.estimation.intervals import Interval
from analysis.estimation.linearise import linearise, means, moments_of, residual_sums
from analysis.estimation.sample_structure import (
    degrees_of_freedom,
    sample_structure,
    variance,
)
from analysis.tabulation import Floats, Tabulation
from analysis.weighting import Weights

# In place of a category: everybody who is not in the other one.
THE_REST = None


@dataclass(frozen=True)
class Difference:
    """`to` less `from_`, for one measure; figures are None where one side has no estimate.

    `p_value` is two-sided, by t on `df`; `p_adjusted` is it after Holm's correction for all
    differences that were asked for together, and the one to judge by.
    """

    measure: str
    from_: str | None
    to: str | None
    estimate: float | None
    se: float | None
    interval: Interval | None
    p_value: float | None
    p_adjusted: float | None
    df: int


def domain_differences(
    tabulation: Tabulation,
    weights: Weights,
    measure: str,
    variable: str,
    *,
    from_rest: bool = False,
    categories: Sequence[str] | None = None,
    **options: Unpack[Options],
) -> tuple[Difference, ...]:
    """Differences of a measure between the domains of a variable.

    Parameters
    ----------
    from_rest
        True: each category against all other respondents together (`from_` is None). False: each
        pair of categories, the earlier one is `from_`.
    categories
        Those wanted, in their order; None for all that respondents have, sorted.
    options
        As in `estimates`; differences have a normal interval whatever the method.

    Notes
    -----
    Two domains of one calibrated sample are not independent: the variance is that of the
    difference of their linearised variables, from one pass over the cells.
    """
    names = answered_categories(tabulation, variable) if categories is None else tuple(categories)
    inside = membership(tabulation, variable, names)
    known = (tabulation.codes(variable, ("",)) < 0).astype(np.float64)[:, None]
    if from_rest:
        pairs: list[tuple[str | None, str]] = [(THE_REST, name) for name in names]
        sides = known - inside, inside
    else:
        at = [(a, b) for a in range(len(names)) for b in range(a + 1, len(names))]
        pairs = [(names[a], names[b]) for a, b in at]
        sides = inside[:, [a for a, _ in at]], inside[:, [b for _, b in at]]
    if not pairs:
        return ()
    wanted = Wanted(**options)
    values, variances, df = _paired(tabulation, weights, measure, sides, wanted.lonely_psu)
    found = [
        _difference(measure, pair, value, spread, df, wanted.confidence_level)
        for pair, value, spread in zip(pairs, values, variances, strict=True)
    ]
    return adjusted(found)


def sample_difference(
    from_: tuple[str, Estimate], to: tuple[str, Estimate], confidence_level: float = 0.95
) -> Difference:
    """The difference of one measure between two samples drawn independently, each with a name.

    Variances add, and so do degrees of freedom. `p_adjusted` is the unadjusted one: `adjusted`
    corrects several at once.
    """
    (from_name, first), (to_name, second) = from_, to
    value = variance_of_both = math.nan
    if first.estimate is not None and second.estimate is not None:
        value = second.estimate - first.estimate
    if first.se is not None and second.se is not None:
        variance_of_both = first.se**2 + second.se**2
    return _difference(
        second.measure,
        (from_name, to_name),
        value,
        variance_of_both,
        first.df + second.df,
        confidence_level,
    )


def adjusted(differences: Sequence[Difference]) -> tuple[Difference, ...]:
    """Correct the p-values for as many comparisons as there are.

    Holm, S. (1979), Scandinavian Journal of Statistics 6(2), 65-70: the k-th smallest of m is
    multiplied by m - k + 1, never below one that was smaller; it holds whatever the dependence.
    """
    judged = sorted(
        (found.p_value, index)
        for index, found in enumerate(differences)
        if found.p_value is not None
    )
    corrected, highest = list(differences), 0.0
    for rank, (p_value, index) in enumerate(judged):
        highest = max(highest, min(p_value * (len(judged) - rank), 1.0))
        corrected[index] = replace(corrected[index], p_adjusted=highest)
    return tuple(corrected)


def _paired(
    tabulation: Tabulation,
    weights: Weights,
    measure: str,
    sides: tuple[Floats, Floats],
    lonely_psu: str,
) -> tuple[Floats, Floats, int]:
    """(K,) second side less first, its variance (NaN where a side has under two), and the df."""
    columns = np.repeat(positions(tabulation, (measure,)), sides[0].shape[1])
    both = [moments_of(tabulation, columns, side) for side in sides]
    figures = [means(weights, moments) for moments in both]
    first, second = (linearise(m, found) for m, found in zip(both, figures, strict=True))
    sums = residual_sums(tabulation, weights, second.less(first))
    structure = sample_structure(tabulation)
    variances = variance(structure, *sums, lonely_psu)
    fewest = np.minimum(figures[0].answered, figures[1].answered)
    values = np.where(fewest > 0, figures[1].mean - figures[0].mean, np.nan)
    variances = np.where(fewest > 1, variances, np.nan)
    return values, variances, degrees_of_freedom(structure, tabulation)


def _difference(
    measure: str,
    pair: tuple[str | None, str | None],
    value: float,
    spread: float,
    df: int,
    confidence_level: float,
) -> Difference:
    from_, to = pair
    if math.isnan(value):
        return Difference(measure, from_, to, None, None, None, None, None, df)
    if math.isnan(spread) or df < 1:
        return Difference(measure, from_, to, float(value), None, None, None, None, df)
    se = math.sqrt(spread)
    half_width = float(stdtrit(df, (1.0 + confidence_level) / 2.0)) * se
    limits = (float(value - half_width), float(value + half_width))
    p_value = _two_sided(float(value), se, df)
    return Difference(measure, from_, to, float(value), se, limits, p_value, p_value, df)


def _two_sided(value: float, se: float, df: int) -> float:
    if se == 0.0:
        return 1.0 if value == 0.0 else 0.0
    return float(2.0 * stdtr(df, -abs(value) / se))
