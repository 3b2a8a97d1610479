"""Linear calibration (GREG): the weights nearest to the base weights in least squares.

Deville, J.-C. & Särndal, C.-E. (1992), Journal of the American Statistical Association 87(418),
376-382, case 1; R: `survey::calibrate(calfun = "linear")`.
"""

import numpy as np

from analysis.margins import Margins
from analysis.tabulation import Floats, Tabulation
from analysis.weighting.fitting import fitted
from analysis.weighting.projection import project
from analysis.weighting.wanted import wanted_of
from analysis.weighting.weights import Weights

# A solution of the normal equations leaves an error of rounding, which the next one removes.
REFINEMENTS = 3


def calibrate_linear(tabulation: Tabulation, margins: Margins) -> Weights:
    """Weights w = d(1 + x'λ) that add up to every margin; some may be negative.

    Raises AnalysisError as `wanted_of` does. `converged` is False when the cells present cannot
    add up to the margins.
    """
    wanted = wanted_of(margins, tabulation)
    projection = project(wanted, tabulation.weight)
    factor: Floats = np.ones(len(tabulation.cells))
    for _ in range(REFINEMENTS):
        missing = wanted.targets - wanted.sums(tabulation.weight * factor)
        factor = factor + projection.basis @ (projection.combination.T @ missing)
    return fitted("linear", tabulation, margins, wanted, factor, iterations=1)
