"""How the code of an answer in a file becomes the value that is estimated.

The levels of our own questionnaires are `scoring`'s; this is for respondent-level files, whose
codes may be any numbers.
"""

from dataclasses import dataclass

import numpy as np

from analysis.errors import AnalysisError
from analysis.tabulation import Floats

SCORED_CODES = (1.0, 2.0, 3.0, 4.0, 5.0)


@dataclass(frozen=True)
class TopBox:
    """1 for a code at or above `satisfied_from`, else 0: the estimate is a share."""

    satisfied_from: float
    name = "top_box"
    is_share = True

    def values(self, codes: Floats) -> Floats:
        """The value of each code."""
        return (codes >= self.satisfied_from).astype(np.float64)


@dataclass(frozen=True)
class RawMean:
    """The code itself: the estimate is a mean in the units of the codes."""

    name = "mean"
    is_share = False

    def values(self, codes: Floats) -> Floats:
        """The value of each code."""
        return codes


@dataclass(frozen=True)
class Scored:
    """The codes 1 to 5 by what each is worth, as shares from 0 to 1.

    Raises AnalysisError: `scores_not_five`, `score_not_a_share`.
    """

    scores: tuple[float, ...]
    name = "scored"
    is_share = True

    def __post_init__(self) -> None:
        if len(self.scores) != len(SCORED_CODES):
            raise AnalysisError("scores_not_five", count=len(self.scores))
        for score in self.scores:
            if not 0.0 <= score <= 1.0:
                raise AnalysisError("score_not_a_share", score=score)

    def values(self, codes: Floats) -> Floats:
        """The value of each code; NaN for a code that is none of 1 to 5."""
        out = np.full(codes.shape, np.nan)
        for code, score in zip(SCORED_CODES, self.scores, strict=True):
            out[codes == code] = score
        return out


Metric = TopBox | RawMean | Scored
