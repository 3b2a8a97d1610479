"""Speeding: sent sooner than anybody can have read the questions, or far sooner than others."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from analysis.errors import AnalysisError
from analysis.quality.flags import Flags
from analysis.quality.response_set import ResponseSet

# The median of fewer says little of how long answering takes.
FEWEST_FOR_MEDIAN = 30


@dataclass(frozen=True)
class Speeding:
    """Parameters of the rule.

    Attributes
    ----------
    share_of_median
        Flagged below this share of the median pace of the set; 0 leaves the comparison out.
    seconds_per_item
        Flagged below this many seconds for each rated item shown; 0 leaves it out.

    Raises
    ------
    AnalysisError
        ``share_out_of_range`` unless 0 <= share_of_median < 1, ``negative_limit`` when
        seconds_per_item < 0.
    """

    share_of_median: float = 0.4
    seconds_per_item: float = 1.5

    rule: ClassVar[str] = "speeding"

    def __post_init__(self) -> None:
        if not 0 <= self.share_of_median < 1:
            raise AnalysisError("share_out_of_range", share=self.share_of_median)
        if not self.seconds_per_item >= 0:
            raise AnalysisError("negative_limit", limit=self.seconds_per_item)


def flag_speeding(responses: ResponseSet, parameters: Speeding) -> Flags:
    """Flag responses whose time lies below the limit; value and limit are in seconds.

    Notes
    -----
    With t the time, k the rated items shown and m the median of t / k in the set, the limit is
    ``k * max(share_of_median * m, seconds_per_item)``. Time per item rather than time: whoever is
    shown fewer questions needs less. The larger of two limits: were most of a set sent by a
    program, its median would be the program's, and only the fixed limit would tell.

    The median takes part only with at least 30 known times. A response without a time, or without
    a rated item, is not judged.

    References
    ----------
    Under half of the median time is the common limit, time per question where many are skipped
    (Marketing Inc., "Speeders and straight-liners"); percentiles such as the fastest 5 % would
    flag as many honest respondents however slow all of them are.
    """
    items = np.where(responses.shown > 0, responses.shown, np.nan)
    pace = responses.seconds / items
    known = pace[np.isfinite(pace)]
    median = float(np.median(known)) if len(known) >= FEWEST_FOR_MEDIAN else 0.0
    limit = items * max(parameters.share_of_median * median, parameters.seconds_per_item)
    # A comparison with NaN is false: what is not known is not flagged.
    flagged = responses.seconds < limit
    return Flags(parameters.rule, flagged, responses.seconds, limit)
