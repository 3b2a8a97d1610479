"""Calibration with bounds: weights that meet the margins, none too small or too large.

Trimming after weighting breaks the margins. Here the excess of a weight at its bound is taken up
by the others while the margins hold: the truncated distances of Deville & Särndal (1992), JASA
87(418), 376-382, cases 6 and 7; R: `survey::calibrate(bounds = )`, to which it is equal when base
weights are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from analysis.errors import AnalysisError
from analysis.margins import Margins
from analysis.tabulation import Floats, Tabulation
from analysis.weighting.fitting import TOLERANCE, Wanted, fitted, wanted_of
from analysis.weighting.weights import Weights

MAX_ITERATIONS = 500
# Base weights of a cell that differ by less than this, relative to them, are the same.
SAME_WEIGHT = 1e-9
# Damping of the Newton steps, relative to the curvature: where it starts, and where it is hopeless.
LEAST_DAMPING, MOST_DAMPING = 1e-14, 1e6


@dataclass(frozen=True)
class Distance:
    """How far weights are from base weights: factor F(u), its slope, its integral, and inverse."""

    factor: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]
    integral: Callable[[Floats], Floats]
    inverse: Callable[[Floats], Floats]


def _exponential(u: Floats) -> Floats:
    # Beyond this every bound has been reached long ago.
    return np.exp(np.clip(u, -700.0, 700.0))


MULTIPLICATIVE = Distance(
    _exponential, _exponential, _exponential, lambda g: np.log(np.maximum(g, 1e-300))
)
LINEAR = Distance(
    lambda u: 1.0 + u, lambda u: np.ones_like(u), lambda u: u + u**2 / 2.0, lambda g: g - 1.0
)
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
        Least and greatest weight as multiples of the mean weight, 0 <= least < 1 < greatest.

    Returns
    -------
    Weights; `converged` is False when no weights within the bounds meet the margins.

    Raises
    ------
    AnalysisError
        `bounds_wrong`; `bounds_need_equal_base_weights` when respondents of one cell differ in
        base weight, since a bound holds for single weights; those of `wanted_of`.

    Notes
    -----
    w = min(max(d·F(x'λ), low), high) with λ at the maximum of the concave dual
    T'λ - Σ d·Φ(x'λ), found by Newton steps that are damped until the dual rises. Φ is the integral
    of the bounded factor, so the gradient is what the margins miss.
    """
    _check(tabulation, bounds)
    wanted = wanted_of(margins, tabulation)
    if not margins.margins:
        everyone = np.zeros(len(tabulation.cells), dtype=np.intp)
        wanted = Wanted([everyone], [np.array([tabulation.weight.sum()])])
    total = float(wanted.targets[0].sum())
    mean = total / float(tabulation.n.sum())
    # Started from the right total: far from it every weight is at a bound and no step shows a way.
    # Both distances have the same minimum from there, since the total is fixed.
    scale = total / float(tabulation.weight.sum())
    problem = _problem(tabulation, wanted, method, bounds, mean, scale)
    factor, iterations = _solve(problem, wanted)
    factor = factor * scale
    found = fitted(method, tabulation, margins, wanted, factor, iterations)
    return _within(found, bounds, mean, is_calibrated=bool(margins.margins))


@dataclass(frozen=True, eq=False)
class _Problem:
    """(C, r) indicators, (C,) base weights, (r,) targets, (C,) bounds of the factor."""

    x: Floats
    weight: Floats
    target: Floats
    low: Floats
    high: Floats
    distance: Distance

    def factor(self, multipliers: Floats) -> Floats:
        return np.clip(self.distance.factor(self.x @ multipliers), self.low, self.high)

    def gradient(self, factor: Floats) -> Floats:
        missed: Floats = self.target - self.x.T @ (self.weight * factor)
        return missed

    def curvature(self, multipliers: Floats) -> Floats:
        u = self.x @ multipliers
        factor = self.distance.factor(u)
        slope = np.where((factor > self.low) & (factor < self.high), self.distance.slope(u), 0.0)
        found: Floats = (self.x.T * (self.weight * slope)) @ self.x
        return found

    def dual(self, multipliers: Floats) -> float:
        u = self.x @ multipliers
        lowest, highest = self.distance.inverse(self.low), self.distance.inverse(self.high)
        integral = (
            self.distance.integral(np.clip(u, lowest, highest))
            + self.high * np.maximum(u - highest, 0.0)
            + self.low * np.minimum(u - lowest, 0.0)
        )
        return float(self.target @ multipliers - self.weight @ integral)


def _check(tabulation: Tabulation, bounds: tuple[float, float]) -> None:
    low, high = bounds
    if not 0.0 <= low < 1.0 < high < float("inf"):
        raise AnalysisError("bounds_wrong", low=low, high=high)
    spread = tabulation.weight_max - tabulation.weight_min
    if (spread > SAME_WEIGHT * tabulation.weight_max).any():
        raise AnalysisError("bounds_need_equal_base_weights")


def _problem(
    tabulation: Tabulation,
    wanted: Wanted,
    method: str,
    bounds: tuple[float, float],
    mean: float,
    scale: float,
) -> _Problem:
    own = tabulation.weight_max * scale
    # Cells of base weight 0 stay at weight 0: no factor of theirs is too large or too small.
    multiple = np.divide(mean, own, out=np.ones_like(own), where=own > 0)
    return _Problem(
        x=wanted.indicators(),
        weight=tabulation.weight * scale,
        target=np.concatenate(wanted.targets),
        low=bounds[0] * multiple,
        high=bounds[1] * multiple,
        distance=DISTANCES[method],
    )


def _solve(problem: _Problem, wanted: Wanted) -> tuple[Floats, int]:
    """The factor of each cell, and how many steps it took."""
    size = len(problem.target)
    multipliers, damping = np.zeros(size), LEAST_DAMPING
    factor = problem.factor(multipliers)
    for iteration in range(MAX_ITERATIONS):
        gap = wanted.discrepancy(problem.weight * factor)
        if gap <= TOLERANCE or damping > MOST_DAMPING:
            return factor, iteration
        curvature = problem.curvature(multipliers)
        # Where every weight is at a bound the curvature vanishes; the ridge still gives a step.
        scale = max(float(np.trace(curvature)), float(problem.weight.sum()) * 1e-9) / size
        ridge = damping * scale * np.eye(size)
        step = np.linalg.lstsq(curvature + ridge, problem.gradient(factor), rcond=None)[0]
        trial = multipliers + step
        trial_factor = problem.factor(trial)
        # Near the end the dual is flat to the last bit; there the gap tells.
        if (
            problem.dual(trial) > problem.dual(multipliers)
            or wanted.discrepancy(problem.weight * trial_factor) < gap
        ):
            multipliers, factor = trial, trial_factor
            damping = max(damping / 10.0, LEAST_DAMPING)
        else:
            damping *= 10.0
    return factor, MAX_ITERATIONS


def _within(
    found: Weights, bounds: tuple[float, float], mean: float, is_calibrated: bool
) -> Weights:
    """The weights with their bounds: one at its bound is the bound, whatever the last bit says."""
    summary = found.summary
    if summary.minimum is not None and summary.maximum is not None:
        summary = replace(
            summary,
            minimum=max(summary.minimum, bounds[0] * mean),
            maximum=min(summary.maximum, bounds[1] * mean),
        )
    # The total of the sample itself is no population: nothing was calibrated to.
    basis = found.basis if is_calibrated else found.basis[:, :0]
    return replace(found, basis=basis, summary=summary, bounds=bounds)
