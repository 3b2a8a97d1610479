"""Linear calibration (GREG): the weights nearest to the base weights in least squares.

Deville, J.-C. & Särndal, C.-E. (1992), Journal of the American Statistical Association 87(418),
376-382, case 1; R: `survey::calibrate(calfun = "linear")`.
"""

import numpy as np

from analysis.margins import Margins
from analysis.tabulation import Floats, Tabulation
from analysis.weighting.fitting import fitted, wanted_of
from analysis.weighting.weights import Weights

# Directions of the normal equations below this share of the largest are rounding, not margins.
RANK_TOLERANCE = 1e-12
# Each solution of the normal equations leaves an error that the next one removes.
REFINEMENTS = 3


def calibrate_linear(tabulation: Tabulation, margins: Margins) -> Weights:
    """Weights w = d(1 + x'λ) that add up to every margin; some may be negative.

    Raises AnalysisError as `wanted_of` does. `converged` is False when the cells present cannot
    add up to the margins.
    """
    wanted = wanted_of(margins, tabulation)
    if not margins.margins:
        return fitted("linear", tabulation, margins, wanted, np.ones(len(tabulation.cells)), 0)
    x = wanted.indicators()
    target = np.concatenate(wanted.targets)
    inverse = np.linalg.pinv((x.T * tabulation.weight) @ x, rcond=RANK_TOLERANCE, hermitian=True)
    factor: Floats = np.ones(len(tabulation.cells))
    for _ in range(REFINEMENTS):
        factor = factor + x @ (inverse @ (target - x.T @ (tabulation.weight * factor)))
    return fitted("linear", tabulation, margins, wanted, factor, iterations=1)
