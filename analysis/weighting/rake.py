"""Raking: iterative proportional fitting of the cells to the population margins.

Deming & Stephan (1940), Annals of Mathematical Statistics 11(4), 427-444. The fitted factors are
those of calibration with the multiplicative distance (Deville, Särndal & Sautory 1993, JASA
88(423), 1013-1020), so R's `survey::calibrate(calfun = "raking")` gives the same.
"""

import numpy as np

from analysis.margins import Margins
from analysis.tabulation import Floats, Tabulation
from analysis.weighting.fitting import TOLERANCE, fitted
from analysis.weighting.wanted import Wanted, wanted_of
from analysis.weighting.weights import Weights

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
    """
    wanted = wanted_of(margins, tabulation)
    factor, iterations = np.ones(len(tabulation.cells)), 0
    while (
        wanted.discrepancy(tabulation.weight * factor) > tolerance and iterations < max_iterations
    ):
        factor = _sweep(tabulation.weight, factor, wanted)
        iterations += 1
    return fitted("rake", tabulation, margins, wanted, factor, iterations, tolerance)


def _sweep(weight: Floats, factor: Floats, wanted: Wanted) -> Floats:
    """Meet one margin after the other, once."""
    for code in wanted.codes:
        reached = np.bincount(code, weights=weight * factor, minlength=len(wanted.targets))
        ratio = np.divide(wanted.targets, reached, out=np.ones_like(reached), where=reached > 0)
        factor = factor * ratio[code]
    return factor
