"""Raking: iterative proportional fitting of the cells to the population margins.

Deming & Stephan (1940), Annals of Mathematical Statistics 11(4), 427-444. The fitted factors are
those of calibration with the multiplicative distance (Deville, Särndal & Sautory 1993, JASA
88(423), 1013-1020), so R's `survey::calibrate(calfun = "raking")` gives the same.
"""

from collections.abc import Sequence

import numpy as np

from analysis.errors import AnalysisError
from analysis.margins import Margin, Margins
from analysis.tabulation import Codes, Floats, Tabulation
from analysis.weighting.projection import margin_basis
from analysis.weighting.weights import Weights, fit_of, summarise

TOLERANCE = 1e-12
MAX_ITERATIONS = 2000


def rake(
    tabulation: Tabulation,
    margins: Margins,
    *,
    tolerance: float = TOLERANCE,
    max_iterations: int = MAX_ITERATIONS,
) -> Weights:
    """Weights that add up to every margin.

    Parameters
    ----------
    tolerance
        Largest relative difference between a weighted and a wanted category that counts as met.

    Returns
    -------
    Weights; `converged` is False when the margins could not all be met, which is a result to
    show and not an exception: the weights are then those of the last sweep.

    Raises
    ------
    AnalysisError
        `category_without_respondents` (use `collapse_empty` first), `category_without_population`
        (a respondent's category, "" included, that the margin does not have), `unknown_variable`.

    Notes
    -----
    Margins whose totals differ within their tolerance are scaled to the first margin's total,
    since weights cannot meet two different totals.
    """
    codes = [_codes(margin, tabulation) for margin in margins.margins]
    targets = [
        np.array(margin.populations) * (margins.total / margin.total) for margin in margins.margins
    ]
    factor, iterations = np.ones(len(tabulation.cells)), 0
    discrepancy = _discrepancy(tabulation.weight * factor, codes, targets)
    while discrepancy > tolerance and iterations < max_iterations:
        factor = _sweep(tabulation.weight, factor, codes, targets)
        iterations += 1
        discrepancy = _discrepancy(tabulation.weight * factor, codes, targets)
    return Weights(
        method="rake",
        factor=factor,
        basis=margin_basis(tabulation.weight, codes),
        converged=discrepancy <= tolerance,
        iterations=iterations,
        discrepancy=discrepancy,
        margins=fit_of(margins, tabulation, factor),
        summary=summarise(tabulation, factor),
    )


def _sweep(
    weight: Floats, factor: Floats, codes: Sequence[Codes], targets: Sequence[Floats]
) -> Floats:
    """Meet one margin after the other, once."""
    for code, target in zip(codes, targets, strict=True):
        reached = np.bincount(code, weights=weight * factor, minlength=len(target))
        factor = factor * (target / reached)[code]
    return factor


def _discrepancy(weighted: Floats, codes: Sequence[Codes], targets: Sequence[Floats]) -> float:
    """Largest relative difference between reached and wanted, over all categories."""
    return max(
        (
            float(np.abs(np.bincount(code, weights=weighted) / target - 1.0).max())
            for code, target in zip(codes, targets, strict=True)
        ),
        default=0.0,
    )


def _codes(margin: Margin, tabulation: Tabulation) -> Codes:
    """(C,) the position of each cell's category; every category must have both sides."""
    codes = tabulation.codes(margin.variable, margin.categories)
    if (codes < 0).any():
        names = tabulation.categories(margin.variable)
        unknown = next(name for name in names if name not in margin.categories)
        raise AnalysisError(
            "category_without_population", variable=margin.variable, category=unknown
        )
    weight = np.bincount(codes, weights=tabulation.weight, minlength=len(margin.categories))
    for category, category_weight in zip(margin.categories, weight, strict=True):
        if category_weight == 0:
            raise AnalysisError(
                "category_without_respondents", variable=margin.variable, category=category
            )
    return codes
