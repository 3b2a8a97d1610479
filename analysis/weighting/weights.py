"""What every weighting method returns: the weights, whether they fit, and how unequal they are."""

import math
from dataclasses import dataclass

from analysis.tabulation import Floats, Tabulation


@dataclass(frozen=True)
class MarginFit:
    """One category of one margin after weighting: wanted, reached, and by how many people."""

    variable: str
    category: str
    population: float
    weighted: float
    respondents: int


@dataclass(frozen=True)
class WeightSummary:
    """How unequal the respondents' weights are; all None without respondents.

    `cv` divides by n. `deff_kish` = n·Σw²/(Σw)² = 1 + cv² (Kish 1965, section 11.7), and
    `n_effective` = n / `deff_kish`.
    """

    minimum: float | None
    maximum: float | None
    mean: float | None
    cv: float | None
    deff_kish: float | None
    n_effective: float | None


@dataclass(frozen=True, eq=False)
class Weights:
    """Weights w = d·g: the base weight of a respondent times the factor of the cell.

    Attributes
    ----------
    method
        `none`, `poststratify`, `rake` or `linear`.
    factor
        (C,) g of each cell.
    basis
        (C, r) the margins as columns q that are orthonormal under the base weights, so that the
        base-weighted regression of cell totals b on the margins has the fitted values q(q'b);
        r = 0 when nothing was calibrated. Made once, used for every measure.
    converged, iterations, discrepancy
        Whether the margins are met to the tolerance; full sweeps made; the largest relative
        difference between weighted and wanted.
    bounds
        Least and greatest weight as multiples of the mean; None for none.
    """

    method: str
    factor: Floats
    basis: Floats
    converged: bool
    iterations: int
    discrepancy: float
    margins: tuple[MarginFit, ...]
    summary: WeightSummary
    bounds: tuple[float, float] | None = None

    @property
    def worst(self) -> MarginFit | None:
        """The category that the weights miss by most; None without margins."""
        return max(
            self.margins, key=lambda fit: abs(fit.weighted / fit.population - 1.0), default=None
        )


def summarise(tabulation: Tabulation, factor: Floats) -> WeightSummary:
    """The respondents' weights in figures, from the moments of the base weights."""
    occupied = tabulation.n > 0
    n = float(tabulation.n.sum())
    total = float(factor @ tabulation.weight)
    if total <= 0:
        return WeightSummary(None, None, None, None, None, None)
    deff_kish = n * float(factor**2 @ tabulation.weight_squared) / total**2
    return WeightSummary(
        minimum=float((factor * tabulation.weight_min)[occupied].min()),
        maximum=float((factor * tabulation.weight_max)[occupied].max()),
        mean=total / n,
        cv=math.sqrt(max(deff_kish - 1.0, 0.0)),
        deff_kish=deff_kish,
        n_effective=n / deff_kish,
    )
