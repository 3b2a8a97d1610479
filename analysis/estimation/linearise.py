"""Weighted means and their Taylor-linearised variance, from the moments of the cells alone.

Formulas and sources: docs/methods.md, "Variance".
"""

from dataclasses import dataclass

import numpy as np

from analysis.errors import AnalysisError
from analysis.tabulation import Codes, Floats, Tabulation
from analysis.weighting import Weights

# Below this share of the sum of squares that it is the difference of, a variance is rounding.
ROUNDING = 1e-12


@dataclass(frozen=True, eq=False)
class Moments:
    """For M measures: (M,) who answered, Σw, Σw², the mean, and its variance.

    Where nobody answered, `total_weight` is 0 and the others are 0 and mean nothing.
    """

    answered: Floats
    total_weight: Floats
    total_weight_squared: Floats
    mean: Floats
    variance: Floats


def linearise(
    tabulation: Tabulation,
    weights: Weights,
    columns: Codes,
    inside: Floats | None,
    population: float | None,
) -> Moments:
    """Means of the measures in `columns` and their linearised variances.

    Parameters
    ----------
    inside
        (C,) 1 for the cells of a domain and 0 for the others; None for all. The domain is a
        subpopulation of the calibrated whole: those outside stay in the design with value 0.
    population
        Population size for the finite population correction, or None for none.

    Notes
    -----
    With a = 1 for those who answered (and are inside), W = Σw·a and p = Σw·a·y/W, the linearised
    variable is z = a(y - p)/W, its residual e = z - x'β from the base-weighted regression on the
    margins, u = d·g·e, and the variance n/(n-1)·(Σu² - (Σu)²/n)·(1 - n/N).
    """
    where = np.ones(len(tabulation.cells)) if inside is None else inside
    answered, w, wy, ww, wwy, wwyy = (
        values[:, columns] * where[:, None]
        for values in (
            tabulation.answered,
            tabulation.w,
            tabulation.wy,
            tabulation.ww,
            tabulation.wwy,
            tabulation.wwyy,
        )
    )
    g, g_squared = weights.factor, weights.factor**2
    total = g @ w
    known = np.where(total > 0, total, 1.0)
    mean = (g @ wy) / known
    z_total = (wy - mean * w) / known
    fitted = weights.basis @ (weights.basis.T @ z_total)
    u_total = g @ (z_total - fitted * tabulation.weight[:, None])
    z_squared = (wwyy - 2.0 * mean * wwy + mean**2 * ww) / known**2
    z_cross = (wwy - mean * ww) / known
    u_squared = g_squared @ (
        z_squared - 2.0 * fitted * z_cross + fitted**2 * tabulation.weight_squared[:, None]
    )
    scale = (g_squared @ wwyy) / known**2
    spread = u_squared - u_total**2 / max(tabulation.respondents, 1)
    spread = np.where(spread > ROUNDING * scale, spread, 0.0)
    return Moments(
        answered=answered.sum(axis=0),
        total_weight=total,
        total_weight_squared=g_squared @ ww,
        mean=mean,
        variance=spread * _design_factor(tabulation.respondents, population),
    )


def _design_factor(n: int, population: float | None) -> float:
    """n/(n-1), times 1 - n/N when the population is finite."""
    if population is not None and population < n:
        raise AnalysisError("population_below_sample", population=population, n=n)
    correction = 1.0 if population is None else 1.0 - n / population
    return n / (n - 1) * correction if n > 1 else 0.0
