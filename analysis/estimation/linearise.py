"""Weighted means and their Taylor-linearised variables, from the moments of the cells alone.

Formulas and sources: docs/methods.md, "Variance".
"""

from dataclasses import dataclass

import numpy as np

from analysis.tabulation import BY_CELL_AND_MEASURE, Codes, Floats, Tabulation
from analysis.weighting import Weights


@dataclass(frozen=True, eq=False)
class Moments:
    """(C, K) the sums of a tabulation over those who answered and count, for K estimates."""

    answered: Floats
    w: Floats
    wy: Floats
    wyy: Floats
    ww: Floats
    wwy: Floats
    wwyy: Floats


@dataclass(frozen=True, eq=False)
class Means:
    """(K,) figures of K estimates; where nobody answered `total_weight` is 0, the rest too.

    `spread` is the weighted variance Σw(y - mean)²/Σw of the respondents' values.
    """

    answered: Floats
    total_weight: Floats
    total_weight_squared: Floats
    mean: Floats
    spread: Floats


@dataclass(frozen=True, eq=False)
class Linearised:
    """(C, K) sums over a cell of the linearised variable z: Σd·z, Σd²z², Σd²z."""

    total: Floats
    squared: Floats
    cross: Floats

    def less(self, other: "Linearised") -> "Linearised":
        """The variable of a difference of two estimates that no respondent is in both of."""
        return Linearised(
            self.total - other.total, self.squared + other.squared, self.cross - other.cross
        )


def moments_of(tabulation: Tabulation, columns: Codes, inside: Floats | None = None) -> Moments:
    """The sums of the measures in `columns` (K of them).

    `inside` is (C, K), 1 where a cell is in the estimate's domain and 0 where it is not: those
    outside stay in the design with value 0. None for all cells.
    """
    found = {name: getattr(tabulation, name)[:, columns] for name in BY_CELL_AND_MEASURE}
    if inside is not None:
        found = {name: values * inside for name, values in found.items()}
    return Moments(**found)


def means(weights: Weights, moments: Moments) -> Means:
    """Weighted means."""
    g, g_squared = weights.factor, weights.factor**2
    total = g @ moments.w
    known = np.where(total > 0, total, 1.0)
    mean = (g @ moments.wy) / known
    return Means(
        answered=moments.answered.sum(axis=0),
        total_weight=total,
        total_weight_squared=g_squared @ moments.ww,
        mean=mean,
        spread=np.maximum((g @ moments.wyy) / known - mean**2, 0.0),
    )


def linearise(moments: Moments, found: Means) -> Linearised:
    """z = a(y - p)/W with a = 1 for those who answered (and are inside), W = Σw·a, p the mean."""
    known = np.where(found.total_weight > 0, found.total_weight, 1.0)
    mean = found.mean
    return Linearised(
        total=(moments.wy - mean * moments.w) / known,
        squared=(moments.wwyy - 2.0 * mean * moments.wwy + mean**2 * moments.ww) / known**2,
        cross=(moments.wwy - mean * moments.ww) / known,
    )


def residual_sums(tabulation: Tabulation, weights: Weights, z: Linearised) -> tuple[Floats, Floats]:
    """(C, K) sums of u and of u², with u = d·g·e and e the residual of z.

    The residuals are those of the base-weighted regression on the margins: e = z - x'β, the same
    for all that has to be known of a cell since x is constant in it.
    """
    g = weights.factor[:, None]
    fitted = weights.basis @ (weights.basis.T @ z.total)
    first = g * (z.total - fitted * tabulation.weight[:, None])
    second = g**2 * (
        z.squared - 2.0 * fitted * z.cross + fitted**2 * tabulation.weight_squared[:, None]
    )
    return first, np.maximum(second, 0.0)
