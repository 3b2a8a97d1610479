"""Post-stratification: every stratum of the population gets its own weight.

Holt, D. & Smith, T. M. F. (1979), Journal of the Royal Statistical Society A 142(1), 33-46.
"""

from analysis.errors import AnalysisError
from analysis.margins import Margins
from analysis.tabulation import Tabulation
from analysis.weighting.fitting import fitted
from analysis.weighting.wanted import wanted_of
from analysis.weighting.weights import Weights


def poststratify(tabulation: Tabulation, margins: Margins) -> Weights:
    """Weights that add up to the one margin, which may be that of a crossed variable.

    The factor of a cell is the population of its category over the base weights of it.

    Raises
    ------
    AnalysisError
        `poststratify_one_margin` for several margins or none; those of `wanted_of`.
    """
    if len(margins.margins) != 1:
        raise AnalysisError("poststratify_one_margin", count=len(margins.margins))
    wanted = wanted_of(margins, tabulation)
    factor = wanted.spread(wanted.targets / wanted.sums(tabulation.weight))
    return fitted("poststratify", tabulation, margins, wanted, factor, iterations=1)
