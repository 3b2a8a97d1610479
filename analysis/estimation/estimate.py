"""Estimates of the measures of a tabulation: mean, standard error, interval, effective n."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
from analysis.estimation.linearise import Moments, linearise
from analysis.tabulation import Codes, Tabulation
from analysis.weighting import Weights

LINES = (0.7, 0.6)
# A share this near to 0 or 1 is at it: the sums that it is the ratio of were rounded.
ROUNDING = 1e-12


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
    p_below
        For each line asked for, the probability that the true share lies below it; None as `se`.
    df
        Degrees of freedom of the design, or of the domain: respondents less one.
    """

    measure: str
    n: int
    estimate: float | None
    se: float | None
    interval: Interval | None
    deff_kish: float | None
    n_effective: float | None
    p_below: Mapping[float, float | None]
    df: int


@dataclass(frozen=True)
class _Wanted:
    confidence_level: float
    interval: str
    thresholds: tuple[float, ...]
    is_share: bool
    is_saturated: bool


def estimate(
    tabulation: Tabulation,
    weights: Weights,
    measure: str,
    *,
    domain: tuple[str, str] | None = None,
    confidence_level: float = 0.95,
    interval: str = "logit",
    thresholds: Sequence[float] = LINES,
    fpc: float | None = None,
    is_share: bool = True,
) -> Estimate:
    """One measure; parameters as `estimates` has them."""
    (only,) = estimates(
        tabulation,
        weights,
        (measure,),
        domain=domain,
        confidence_level=confidence_level,
        interval=interval,
        thresholds=thresholds,
        fpc=fpc,
        is_share=is_share,
    )
    return only


def estimates(
    tabulation: Tabulation,
    weights: Weights,
    measures: Sequence[str] | None = None,
    *,
    domain: tuple[str, str] | None = None,
    confidence_level: float = 0.95,
    interval: str = "logit",
    thresholds: Sequence[float] = LINES,
    fpc: float | None = None,
    is_share: bool = True,
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
    interval
        `logit`, `wilson`, `beta` (Korn-Graubard) or `normal`.
    thresholds
        Lines between 0 and 1 for `p_below`.
    fpc
        Population size for the finite population correction.
    is_share
        False for a raw mean, which has a normal interval and no `p_below`.

    Raises
    ------
    AnalysisError
        `unknown_measure`, `unknown_variable`, `population_below_sample`, `not_a_share`.
    ValueError
        An interval method, confidence level or line that does not exist.
    """
    if interval not in INTERVALS or not 0.0 < confidence_level < 1.0:
        raise ValueError(f"no {interval} interval at level {confidence_level}")
    if not all(0.0 < line < 1.0 for line in thresholds):
        raise ValueError(f"lines lie between 0 and 1: {thresholds}")
    names = tabulation.measures if measures is None else tuple(measures)
    inside = None
    respondents = tabulation.respondents
    if domain is not None:
        variable, category = domain
        inside = (tabulation.codes(variable, (category,)) == 0).astype(np.float64)
        respondents = round(float(inside @ tabulation.n))
    moments = linearise(tabulation, weights, _columns(tabulation, names), inside, fpc)
    is_saturated = tabulation.respondents <= weights.basis.shape[1]
    wanted = _Wanted(confidence_level, interval, tuple(thresholds), is_share, is_saturated)
    return tuple(
        _estimate(name, moments, index, tabulation.respondents, max(respondents - 1, 0), wanted)
        for index, name in enumerate(names)
    )


def _estimate(
    measure: str, moments: Moments, index: int, n: int, df: int, wanted: _Wanted
) -> Estimate:
    answered = round(float(moments.answered[index]))
    total = float(moments.total_weight[index])
    unknown = dict.fromkeys(wanted.thresholds)
    if answered == 0 or total <= 0:
        return Estimate(measure, answered, None, None, None, None, None, unknown, df)
    mean = float(moments.mean[index])
    if wanted.is_share:
        mean = _share(measure, mean)
    deff_kish = answered * float(moments.total_weight_squared[index]) / total**2
    n_effective = answered / deff_kish
    if answered < 2:
        return Estimate(measure, answered, mean, None, None, deff_kish, n_effective, unknown, df)
    se = math.sqrt(float(moments.variance[index]))
    if wanted.is_share and mean in (0.0, 1.0):
        se = 0.0
    if wanted.is_saturated and mean not in (0.0, 1.0):
        return Estimate(measure, answered, mean, se, None, deff_kish, n_effective, unknown, df)
    point = Precision(mean, se, df, n, n_effective)
    limits = (
        interval_of(point, wanted.interval, wanted.confidence_level)
        if wanted.is_share
        else normal_interval(point, wanted.confidence_level)
    )
    p_below = {
        line: probability_below(point, wanted.interval, line) if wanted.is_share else None
        for line in wanted.thresholds
    }
    return Estimate(measure, answered, mean, se, limits, deff_kish, n_effective, p_below, df)


def _share(measure: str, mean: float) -> float:
    """The mean as a share: exactly 0 or 1 where only rounding keeps it off."""
    for end in (0.0, 1.0):
        if abs(mean - end) <= ROUNDING:
            return end
    if not 0.0 < mean < 1.0:
        raise AnalysisError("not_a_share", measure=measure, mean=mean)
    return mean


def _columns(tabulation: Tabulation, measures: Sequence[str]) -> Codes:
    position = {name: index for index, name in enumerate(tabulation.measures)}
    for measure in measures:
        if measure not in position:
            raise AnalysisError("unknown_measure", measure=measure)
    return np.array([position[measure] for measure in measures], dtype=np.intp)
