"""Calibration within bounds: weights that meet the margins, none too small and none too large.

Trimming after weighting breaks the margins. Here the others take up what a weight at its bound
cannot, while the margins hold: the truncated distances of Deville & Särndal (1992), JASA 87(418),
376-382, cases 6 and 7. R's `survey::calibrate(bounds = )` gives the same when base weights are
equal.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from analysis.errors import AnalysisError
from analysis.margins import Margins
from analysis.tabulation import Floats, Tabulation
from analysis.weighting.fitting import TOLERANCE, fitted
from analysis.weighting.none import unweighted
from analysis.weighting.projection import project
from analysis.weighting.wanted import Wanted, total_of, wanted_of
from analysis.weighting.weights import Weights

MAX_STEPS = 200
# Base weights of a cell that differ by less than this, relative to them, are the same.
SAME_WEIGHT = 1e-12
# Added to the curvature, which is near 1 where weights are free and 0 where all are at a bound.
LARGEST_RIDGE, SMALLEST_RIDGE = 1e-2, 1e-12
# Along a step the dual may have begun to fall, by no more than this share of its first slope.
TURNED = 0.1
SHORTEST_STEP, LONGEST_STEP = 2.0**-40, 2.0**20


@dataclass(frozen=True)
class Distance:
    """The factor F(u) that a distance from the base weights leads to, its inverse, and its slope.

    `slope` is F'(u) as a function of F(u).
    """

    factor: Callable[[Floats], Floats]
    inverse: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]


MULTIPLICATIVE = Distance(np.exp, np.log, lambda factor: factor)
LINEAR = Distance(lambda u: 1.0 + u, lambda factor: factor - 1.0, np.ones_like)
DISTANCES: Mapping[str, Distance] = MappingProxyType(
    {
        "none": MULTIPLICATIVE,
        "poststratify": MULTIPLICATIVE,
        "rake": MULTIPLICATIVE,
        "linear": LINEAR,
    }
)


def calibrate_within(
    tabulation: Tabulation, margins: Margins, method: str, bounds: tuple[float, float]
) -> Weights:
    """Weights within bounds that meet the margins; without margins the total of base weights.

    Parameters
    ----------
    bounds
        Least and greatest weight as multiples of the mean weight, 0 <= least < 1 < greatest. The
        mean is the population (without margins the base weights' total) over the respondents.

    Returns
    -------
    Weights, all within the bounds but for respondents of base weight 0, who keep it. `converged`
    is False when no such weights meet the margins; they are then as near as the steps came.

    Raises
    ------
    AnalysisError
        `bounds_wrong`; `bounds_need_equal_base_weights` when respondents of one cell differ in
        base weight, since a bound holds for single weights; those of `wanted_of`.

    Notes
    -----
    w = min(max(d·F(x'λ), low), high) with λ at the maximum of the concave dual T'λ - Σ d·Φ(x'λ),
    Φ being the integral of the bounded factor, so that the gradient is what the margins miss.
    """
    _check(tabulation, bounds)
    if not margins.margins and not tabulation.weight.any():
        return replace(unweighted(tabulation), method=method, bounds=bounds)
    wanted = wanted_of(margins, tabulation) if margins.margins else total_of(tabulation)
    dual = _dual(tabulation, wanted, bounds, DISTANCES[method])
    multiples, steps = _solve(dual)
    mean = (margins.total or float(tabulation.weight.sum())) / float(tabulation.n.sum())
    factor = _factors(multiples * mean, tabulation, (bounds[0] * mean, bounds[1] * mean))
    found = fitted(method, tabulation, margins, wanted, factor, steps)
    # The total of the sample itself is no population: nothing was calibrated to.
    basis = found.basis if margins.margins else found.basis[:, :0]
    return replace(found, basis=basis, bounds=bounds)


@dataclass(frozen=True, eq=False)
class _Dual:
    """The dual, in units in which the population is 1 and so is the mean weight.

    Attributes
    ----------
    wanted
        Of which the targets are shares of the population.
    combination
        (K, r) combinations of the indicators that are orthonormal under the base weights: in them
        the curvature is near the identity while few weights are at a bound.
    share
        (C,) the share of the respondents in each cell; 0 for those of base weight 0.
    base
        (C,) base weight of a respondent of each cell, scaled to Σ share·base = 1.
    bounds, distance
        As for `calibrate_within`.
    lowest, highest
        (C,) the u = x'λ at which the weight of each cell comes to its bounds.
    """

    wanted: Wanted
    combination: Floats
    share: Floats
    base: Floats
    bounds: tuple[float, float]
    distance: Distance
    lowest: Floats
    highest: Floats

    def weights(self, u: Floats) -> Floats:
        """(C,) bounded weights of a respondent of each cell."""
        inside = np.clip(u, self.lowest, self.highest)
        return np.clip(self.base * self.distance.factor(inside), *self.bounds)

    def gradient(self, weights: Floats) -> Floats:
        """(r,) what the weights miss of the targets."""
        missing: Floats = self.wanted.targets - self.wanted.sums(self.share * weights)
        return self.combination.T @ missing

    def curvature(self, u: Floats) -> Floats:
        """(r, r) how fast the gradient falls; a weight at its bound does not move."""
        is_free = (u > self.lowest) & (u < self.highest)
        slope = self.base * self.distance.slope(
            self.distance.factor(np.clip(u, self.lowest, self.highest))
        )
        products = self.wanted.cross_products(np.where(is_free, self.share * slope, 0.0))
        return self.combination.T @ products @ self.combination


def _dual(
    tabulation: Tabulation, wanted: Wanted, bounds: tuple[float, float], distance: Distance
) -> _Dual:
    n, total = tabulation.n.sum(), tabulation.weight.sum()
    has_weight = tabulation.weight > 0
    base = np.ones(len(tabulation.cells))
    base[has_weight] = (tabulation.weight / total)[has_weight] / (tabulation.n / n)[has_weight]
    # A least weight of 0 is at u = -∞ for the multiplicative distance.
    with np.errstate(divide="ignore"):
        lowest, highest = (distance.inverse(bound / base) for bound in bounds)
    return _Dual(
        wanted=replace(wanted, targets=wanted.targets / wanted.total),
        combination=project(wanted, tabulation.weight / total).combination,
        share=np.where(has_weight, tabulation.n / n, 0.0),
        base=base,
        bounds=bounds,
        distance=distance,
        lowest=lowest,
        highest=highest,
    )


def _solve(dual: _Dual) -> tuple[Floats, int]:
    """(C,) weights at the maximum of the dual, in its units, and the Newton steps to there."""
    u = np.zeros(len(dual.share))
    weights = best = dual.weights(u)
    smallest, steps = np.inf, 0
    while steps < MAX_STEPS:
        missed = dual.wanted.discrepancy(dual.share * weights)
        # Met already, and another step brought nothing: what is left is rounding.
        if smallest <= TOLERANCE / 2 and missed >= smallest:
            break
        if missed < smallest:
            smallest, best = missed, weights
        gradient = dual.gradient(weights)
        ridge = np.clip(np.linalg.norm(gradient), SMALLEST_RIDGE, LARGEST_RIDGE)
        curvature = dual.curvature(u) + ridge * np.eye(len(gradient))
        step = np.linalg.solve(curvature, gradient)
        u = _climb(dual, u, step, float(step @ gradient))
        weights = dual.weights(u)
        steps += 1
    return best, steps


def _climb(dual: _Dual, u: Floats, step: Floats, slope: float) -> Floats:
    """Go along a step as far as the dual, which is concave, goes on rising.

    Its slope is compared rather than its value, of which rounding leaves nothing near the top.
    """
    along = dual.wanted.spread(dual.combination @ step)

    def slope_at(length: float) -> float:
        return float(step @ dual.gradient(dual.weights(u + length * along)))

    length = 1.0
    while length < LONGEST_STEP and slope_at(length) > slope / 2:
        length *= 2.0
    while length > SHORTEST_STEP and slope_at(length) < -TURNED * slope:
        length /= 2.0
    return u + length * along


def _factors(weights: Floats, tabulation: Tabulation, limits: tuple[float, float]) -> Floats:
    """(C,) factors that turn base weights into weights, none past its limit by the last bit."""
    has_weight = tabulation.weight > 0
    own = tabulation.weight_max[has_weight]
    found = (weights * tabulation.n)[has_weight] / tabulation.weight[has_weight]
    found = np.where(found * own > limits[1], np.nextafter(limits[1] / own, 0.0), found)
    found = np.where(found * own < limits[0], np.nextafter(limits[0] / own, np.inf), found)
    factor: Floats = np.ones_like(weights)
    factor[has_weight] = found
    return factor


def _check(tabulation: Tabulation, bounds: tuple[float, float]) -> None:
    low, high = bounds
    if not 0.0 <= low < 1.0 < high < float("inf"):
        raise AnalysisError("bounds_wrong", low=low, high=high)
    spread = tabulation.weight_max - tabulation.weight_min
    if (spread > SAME_WEIGHT * tabulation.weight_max).any():
        raise AnalysisError("bounds_need_equal_base_weights")
