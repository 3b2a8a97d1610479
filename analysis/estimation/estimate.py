"""Estimates of the measures of a tabulation: mean, standard error, interval, effective n."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict, Unpack

import numpy as np

from analysis.errors import AnalysisError
from analysis.estimation.intervals import (
    INTERVALS,
    Interval,
    Precision,
    interval_of,
    normal_interval,
    probability_below,
)
from analysis.estimation.linearise import Means, linearise, means, moments_of, residual_sums
from analysis.estimation.sample_structure import (
    SampleStructure,
    degrees_of_freedom,
    sample_structure,
    variance,
)
from analysis.tabulation import Codes, Floats, Tabulation
from analysis.weighting import Weights

LINES = (0.7, 0.6)
# A share this near to 0 or 1 is at it, and a variance below this part of the sum of squares that
# it is the difference of is nothing: the sums behind them were rounded.
ROUNDING = 1e-12


class Options(TypedDict, total=False):
    """How to estimate; what is not given is as in `Wanted`.

    Attributes
    ----------
    confidence_level
        Of the interval, between 0 and 1.
    interval
        `logit`, `wilson`, `beta` (Korn-Graubard) or `normal`.
    thresholds
        Lines between 0 and 1 for `p_below`.
    is_share
        False for a raw mean, which has a normal interval and no `p_below`.
    lonely_psu
        The rule for a stratum with one sampled unit: `error`, `adjust`, `certainty` or `average`
        (`analysis.estimation.sample_structure.variance`).
    """

    confidence_level: float
    interval: str
    thresholds: Sequence[float]
    is_share: bool
    lonely_psu: str


@dataclass(frozen=True)
class Wanted:
    """The options, checked; raises ValueError for what does not exist."""

    confidence_level: float = 0.95
    interval: str = "logit"
    thresholds: Sequence[float] = LINES
    is_share: bool = True
    lonely_psu: str = "error"

    def __post_init__(self) -> None:
        if self.interval not in INTERVALS or not 0.0 < self.confidence_level < 1.0:
            raise ValueError(f"no {self.interval} interval at level {self.confidence_level}")
        if not all(0.0 < line < 1.0 for line in self.thresholds):
            raise ValueError(f"lines lie between 0 and 1: {self.thresholds}")


@dataclass(frozen=True)
class Estimate:
    """One measure, for the whole or for one domain.

    Attributes
    ----------
    n
        Respondents who answered.
    estimate
        Share from 0 to 1 (or a raw mean); None when nobody answered.
    se, interval
        Standard error and confidence limits; None when fewer than two answered. The limits are
        None too when the margins explain every respondent (no more respondents than margin
        columns): no residual is left, and a standard error of 0 then knows nothing.
    deff_kish, n_effective
        n·Σw²/(Σw)² over those who answered, and n divided by it; None when nobody answered.
    deff_design
        The variance as a multiple of that of a simple random sample (with replacement) of as many;
        None where the latter is 0 or unknown.
    p_below
        For each line asked for, the probability that the true share lies below it; None as `se`.
    df
        Degrees of freedom: sampled units less strata, of the design or within the domain.
    """

    measure: str
    n: int
    estimate: float | None
    se: float | None
    interval: Interval | None
    deff_kish: float | None
    n_effective: float | None
    deff_design: float | None
    p_below: Mapping[float, float | None]
    df: int


def estimate(
    tabulation: Tabulation,
    weights: Weights,
    measure: str,
    *,
    domain: tuple[str, str] | None = None,
    **options: Unpack[Options],
) -> Estimate:
    """One measure; parameters as `estimates` has them."""
    (only,) = estimates(tabulation, weights, (measure,), domain=domain, **options)
    return only


def estimates(
    tabulation: Tabulation,
    weights: Weights,
    measures: Sequence[str] | None = None,
    *,
    domain: tuple[str, str] | None = None,
    **options: Unpack[Options],
) -> tuple[Estimate, ...]:
    """Estimates of several measures at once, in the order asked for.

    Parameters
    ----------
    weights
        Made from this very tabulation, so that its cells are in the same order.
    measures
        Names of measures; None for all of the tabulation.
    domain
        (variable, category): estimate that subpopulation of the calibrated whole.
    options
        As `Options` says.

    Raises
    ------
    AnalysisError
        `unknown_measure`, `unknown_variable`, `not_a_share`; those of `sample_structure` and
        `variance`.
    ValueError
        An interval method, confidence level, line or rule that does not exist.
    """
    names = tabulation.measures if measures is None else tuple(measures)
    if domain is None:
        return tuple(by_column(tabulation, weights, names, None, Wanted(**options)))
    variable, category = domain
    inside = (tabulation.codes(variable, (category,)) == 0).astype(np.float64)[:, None]
    return tuple(by_column(tabulation, weights, names, inside, Wanted(**options)))


def by_column(
    tabulation: Tabulation,
    weights: Weights,
    names: Sequence[str],
    inside: Floats | None,
    wanted: Wanted,
) -> list[Estimate]:
    """Estimates of each measure in each domain, measure after measure.

    `inside` is (C, D): 1 where a cell is in the domain; None for the whole alone.
    """
    structure = sample_structure(tabulation)
    columns = positions(tabulation, names)
    count = 1 if inside is None else inside.shape[1]
    domains = [None] if inside is None else [inside[:, index] for index in range(count)]
    masks = None if inside is None else np.tile(inside, len(names))
    moments = moments_of(tabulation, np.repeat(columns, count), masks)
    found = means(weights, moments)
    z = linearise(moments, found)
    first, second = residual_sums(tabulation, weights, z)
    variances = variance(structure, first, second, wanted.lonely_psu)
    scale = (weights.factor**2 @ moments.wwyy) / np.where(
        found.total_weight > 0, found.total_weight, 1.0
    ) ** 2
    variances = np.where(variances > ROUNDING * scale, variances, 0.0)
    designs = [_design_of(tabulation, weights, structure, domain) for domain in domains]
    return [
        _estimate(name, found, index, float(variances[index]), designs[index % count], wanted)
        for index, name in enumerate(name for name in names for _ in range(count))
    ]


def positions(tabulation: Tabulation, measures: Sequence[str]) -> Codes:
    """The columns of the measures; raises AnalysisError `unknown_measure`."""
    position = {name: index for index, name in enumerate(tabulation.measures)}
    for measure in measures:
        if measure not in position:
            raise AnalysisError("unknown_measure", measure=measure)
    return np.array([position[measure] for measure in measures], dtype=np.intp)


@dataclass(frozen=True)
class _Design:
    """What the interval of a domain needs of the sample: `n` respondents stand in the design."""

    df: int
    n: int
    is_saturated: bool


def _design_of(
    tabulation: Tabulation, weights: Weights, structure: SampleStructure, inside: Floats | None
) -> _Design:
    is_calibrated = weights.basis.shape[1] > 0
    n = tabulation.respondents
    if inside is not None and not is_calibrated:
        # Nobody outside has a residual then, and R drops them; in a calibrated design they count.
        n = round(float(inside @ tabulation.n))
    is_saturated = is_calibrated and tabulation.respondents <= weights.basis.shape[1]
    return _Design(degrees_of_freedom(structure, tabulation, inside), n, is_saturated)


def _estimate(
    measure: str, found: Means, index: int, variance: float, design: _Design, wanted: Wanted
) -> Estimate:
    answered = round(float(found.answered[index]))
    total = float(found.total_weight[index])
    unknown = dict.fromkeys(wanted.thresholds)
    if answered == 0 or total <= 0:
        return Estimate(measure, answered, None, None, None, None, None, None, unknown, design.df)
    mean = float(found.mean[index])
    if wanted.is_share:
        mean = _share(measure, mean)
    deff_kish = answered * float(found.total_weight_squared[index]) / total**2
    n_effective = answered / deff_kish
    if answered < 2:
        return Estimate(
            measure, answered, mean, None, None, deff_kish, n_effective, None, unknown, design.df
        )
    is_at_the_end = wanted.is_share and mean in (0.0, 1.0)
    se = 0.0 if is_at_the_end else math.sqrt(variance)
    point = Precision(mean, se, design.df, design.n, n_effective)
    is_known = is_at_the_end or (design.df > 0 and not design.is_saturated)
    return Estimate(
        measure,
        answered,
        mean,
        se,
        _interval(point, wanted) if is_known else None,
        deff_kish,
        n_effective,
        _deff_design(float(found.spread[index]), se, answered),
        _p_below(point, wanted) if is_known else unknown,
        design.df,
    )


def _interval(point: Precision, wanted: Wanted) -> Interval:
    if wanted.is_share:
        return interval_of(point, wanted.interval, wanted.confidence_level)
    return normal_interval(point, wanted.confidence_level)


def _p_below(point: Precision, wanted: Wanted) -> dict[float, float | None]:
    return {
        line: probability_below(point, wanted.interval, line) if wanted.is_share else None
        for line in wanted.thresholds
    }


def _deff_design(spread: float, se: float, answered: int) -> float | None:
    """se² over s²/n, with s² = n/(n-1)·Σw(y - p)²/Σw."""
    simple = spread / (answered - 1)
    return se**2 / simple if simple > ROUNDING else None


def _share(measure: str, mean: float) -> float:
    """The mean as a share: exactly 0 or 1 where only rounding keeps it off."""
    for end in (0.0, 1.0):
        if abs(mean - end) <= ROUNDING:
            return end
    if not 0.0 < mean < 1.0:
        raise AnalysisError("not_a_share", measure=measure, mean=mean)
    return mean
