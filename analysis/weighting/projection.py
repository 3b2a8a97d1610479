"""The regression on the margins, factorised once for all measures.

Every margin sums to the same population, so the indicator columns are linearly dependent, and a
sample may make them more so (every rural respondent in one district). A Cholesky factorisation
with pivots of their (K, K) cross products leaves out the columns that others span.
"""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import lapack

from analysis.tabulation import Floats
from analysis.weighting.wanted import Wanted

# A column with no more than this share of itself outside the span of others is rounding.
RANK_TOLERANCE = 1e-12


@dataclass(frozen=True, eq=False)
class Projection:
    """Combinations of the margins' indicators that are orthonormal under the base weights.

    Attributes
    ----------
    combination
        (K, r) their coefficients.
    basis
        (C, r) the combinations q themselves: q' · diag(weight) · q = identity.
    """

    combination: Floats
    basis: Floats


def project(wanted: Wanted, weight: Floats) -> Projection:
    """Factorise the margins' indicators under the (C,) sums of base weights of the cells."""
    size = len(wanted.targets)
    if size == 0:
        return Projection(np.zeros((0, 0)), np.zeros((len(weight), 0)))
    products = wanted.cross_products(weight)
    # To unit length, so that a small category counts as much as a large one.
    scale = 1.0 / np.sqrt(np.diag(products))
    upper, pivots, rank, _ = lapack.dpstrf(products * scale * scale[:, None], tol=RANK_TOLERANCE)
    inverse, _ = lapack.dtrtri(upper[:rank, :rank])
    chosen = pivots[:rank] - 1
    combination: Floats = np.zeros((size, rank))
    combination[chosen] = scale[chosen, None] * np.triu(inverse)
    return Projection(combination, wanted.spread(combination))
