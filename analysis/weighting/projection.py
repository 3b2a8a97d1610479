"""The regression on the margins, factorised once for all measures.

Every margin sums to the same population, so the indicator columns are linearly dependent, and a
sample may make them more so (every rural respondent in one district). A singular value
decomposition keeps the space that they span, whatever its dimension.
"""

from collections.abc import Sequence

import numpy as np

from analysis.tabulation import Codes, Floats

# Directions below this share of the largest singular value are rounding, not margins.
RANK_TOLERANCE = 1e-10


def margin_basis(weight: Floats, codes: Sequence[Codes]) -> Floats:
    """Columns orthonormal under the base weights that span the margins' indicators.

    Parameters
    ----------
    weight
        (C,) sum of base weights of each cell.
    codes
        For each margin, (C,) the position of each cell's category.

    Returns
    -------
    (C, r) with basis' · diag(weight) · basis = identity.
    """
    columns = [code[:, None] == np.arange(code.max(initial=-1) + 1) for code in codes]
    root = np.sqrt(weight)
    indicators = np.concatenate([np.zeros((len(weight), 0)), *columns], axis=1)
    left, singular, _ = np.linalg.svd(indicators * root[:, None], full_matrices=False)
    spanned = left[:, singular > RANK_TOLERANCE * singular.max(initial=0.0)]
    # A cell of weight 0 takes no part in the regression and carries no residual.
    inverse_root = np.divide(1.0, root, out=np.zeros_like(root), where=root > 0)
    return spanned * inverse_root[:, None]
