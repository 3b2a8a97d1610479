"""Confidence intervals for a share, and the probability that goes with each, one pair a method.

`interval` gives the limits; `probability_below` the confidence distribution that has those
limits as its quantiles: how probable it is that the true share lies below a line. Every method
takes the same rule at 0 and 1. Formulas and sources: docs/methods.md, "Intervals".
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from scipy.special import betainc, betaincinv, expit, logit, ndtr, ndtri, stdtr, stdtrit

Interval = tuple[float, float]


@dataclass(frozen=True)
class Precision:
    """A share (or mean) with all that an interval needs.

    `df` are the degrees of freedom, `n` the respondents of the whole design, `n_effective`
    Kish's effective number of those behind the estimate.
    """

    estimate: float
    se: float
    df: int
    n: int
    n_effective: float

    @property
    def n_at_variance(self) -> float:
        """The simple random sample that would have this variance: p(1-p)/se²."""
        return self.estimate * (1.0 - self.estimate) / self.se**2


@dataclass(frozen=True)
class IntervalMethod:
    """The limits at a confidence level, and the probability below a line, for 0 < p < 1."""

    interval: Callable[[Precision, float], Interval]
    probability_below: Callable[[Precision, float], float]


def interval_of(point: Precision, method: str, confidence_level: float) -> Interval:
    """The confidence limits of a share from 0 to 1; `normal` limits may lie outside."""
    if point.estimate in (0.0, 1.0):
        return _limits_at_the_end(point, method, confidence_level)
    if point.se == 0.0:
        return point.estimate, point.estimate
    return INTERVALS[method].interval(point, confidence_level)


def probability_below(point: Precision, method: str, line: float) -> float:
    """The probability that the true share lies below `line` (0 < line < 1)."""
    if point.estimate in (0.0, 1.0):
        return _below_at_the_end(point, method, line)
    if point.se == 0.0:
        return 1.0 if point.estimate < line else 0.0
    return INTERVALS[method].probability_below(point, line)


def normal_interval(point: Precision, confidence_level: float) -> Interval:
    """p ± t·se, with t on the degrees of freedom."""
    half_width = _t(point.df, confidence_level) * point.se
    return point.estimate - half_width, point.estimate + half_width


def _normal_below(point: Precision, line: float) -> float:
    return float(stdtr(point.df, (line - point.estimate) / point.se))


def _logit_interval(point: Precision, confidence_level: float) -> Interval:
    """The normal interval of log(p/(1-p)), taken back."""
    half_width = _t(point.df, confidence_level) * _logit_se(point)
    centre = logit(point.estimate)
    return float(expit(centre - half_width)), float(expit(centre + half_width))


def _logit_below(point: Precision, line: float) -> float:
    return float(stdtr(point.df, (logit(line) - logit(point.estimate)) / _logit_se(point)))


def _logit_se(point: Precision) -> float:
    return point.se / (point.estimate * (1.0 - point.estimate))


def _wilson_interval(point: Precision, confidence_level: float) -> Interval:
    return _wilson_limits(point.estimate, point.n_at_variance, confidence_level)


def _wilson_limits(p: float, n: float, confidence_level: float) -> Interval:
    """Wilson's score interval (1927), with z."""
    z = float(ndtri((1.0 + confidence_level) / 2.0))
    centre = (p + z**2 / (2.0 * n)) / (1.0 + z**2 / n)
    half_width = z / (1.0 + z**2 / n) * math.sqrt(p * (1.0 - p) / n + z**2 / (4.0 * n**2))
    return max(centre - half_width, 0.0), min(centre + half_width, 1.0)


def _wilson_below(point: Precision, line: float) -> float:
    return _score_below(point.estimate, point.n_at_variance, line)


def _score_below(p: float, n: float, line: float) -> float:
    return float(ndtr((line - p) / math.sqrt(line * (1.0 - line) / n)))


def _beta_interval(point: Precision, confidence_level: float) -> Interval:
    """Korn & Graubard (1998): Clopper-Pearson at the design's effective n."""
    n = _beta_n(point, confidence_level)
    x, tail = n * point.estimate, (1.0 - confidence_level) / 2.0
    return (
        float(betaincinv(x, n - x + 1.0, tail)),
        float(betaincinv(x + 1.0, n - x, 1.0 - tail)),
    )


def _beta_below(point: Precision, line: float) -> float:
    """The mean of the two distributions behind the limits (the mid-P of Clopper-Pearson)."""
    n = _beta_n(point, 0.95)
    x = n * point.estimate
    return float(betainc(x, n - x + 1.0, line) + betainc(x + 1.0, n - x, line)) / 2.0


def _beta_n(point: Precision, confidence_level: float) -> float:
    """p(1-p)/se², less for degrees of freedom that fall short of n - 1."""
    ratio = _t(point.n - 1, confidence_level) / _t(point.df, confidence_level)
    return point.n_at_variance * ratio**2


def _limits_at_the_end(point: Precision, method: str, confidence_level: float) -> Interval:
    """At p = 0 or 1 the variance says nothing: exact limits at Kish's effective n."""
    n = point.n_effective
    if method == "wilson":
        return _wilson_limits(point.estimate, n, confidence_level)
    reach = float(((1.0 - confidence_level) / 2.0) ** (1.0 / n))
    return (0.0, 1.0 - reach) if point.estimate == 0.0 else (reach, 1.0)


def _below_at_the_end(point: Precision, method: str, line: float) -> float:
    n = point.n_effective
    if method == "wilson":
        return _score_below(point.estimate, n, line)
    return float(1.0 - (1.0 - line) ** n if point.estimate == 0.0 else line**n)


def _t(df: int, confidence_level: float) -> float:
    return float(stdtrit(df, (1.0 + confidence_level) / 2.0))


INTERVALS: Mapping[str, IntervalMethod] = MappingProxyType(
    {
        "logit": IntervalMethod(_logit_interval, _logit_below),
        "wilson": IntervalMethod(_wilson_interval, _wilson_below),
        "beta": IntervalMethod(_beta_interval, _beta_below),
        "normal": IntervalMethod(normal_interval, _normal_below),
    }
)
