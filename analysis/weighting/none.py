"""No weighting: the base weights as they are."""

import numpy as np

from analysis.tabulation import Tabulation
from analysis.weighting.weights import Weights, summarise


def unweighted(tabulation: Tabulation) -> Weights:
    """Keep the base weights: a factor of 1 in every cell, nothing calibrated."""
    cells = len(tabulation.cells)
    factor = np.ones(cells)
    return Weights(
        method="none",
        factor=factor,
        basis=np.zeros((cells, 0)),
        converged=True,
        iterations=0,
        discrepancy=0.0,
        margins=(),
        summary=summarise(tabulation, factor),
    )
