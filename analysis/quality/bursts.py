"""Bursts: more responses from one network within minutes than people there would send."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from analysis.errors import AnalysisError
from analysis.quality.flags import Bools, Flags
from analysis.quality.response_set import UNKNOWN, ResponseSet


@dataclass(frozen=True)
class Bursts:
    """Parameters: more than `most` responses of one network within `minutes` are a burst.

    Raises AnalysisError ``too_few_responses`` when most < 1, ``negative_limit`` unless
    minutes > 0.
    """

    most: int = 20
    minutes: float = 10.0

    rule: ClassVar[str] = "bursts"

    def __post_init__(self) -> None:
        if self.most < 1:
            raise AnalysisError("too_few_responses", most=self.most)
        if not self.minutes > 0:
            raise AnalysisError("negative_limit", limit=self.minutes)


def flag_bursts(responses: ResponseSet, parameters: Bursts) -> Flags:
    """Flag every response in a burst; the value is the size of the burst, the limit `most`.

    Notes
    -----
    A window is `minutes` long, ends included, and begins at any response. Where windows with more
    than `most` responses overlap they are one burst. A response in none has the value 1, one whose
    network is not known NaN.
    """
    network, most = responses.source("network"), parameters.most
    order = np.lexsort((responses.arrival, responses.submitted_at, network))
    is_joined = _joined_to_the_next(
        network[order], responses.submitted_at[order], most, parameters.minutes * 60
    )
    burst = np.concatenate(([0], np.cumsum(~is_joined)))[: len(order)]
    value = np.empty(len(order))
    value[order] = np.bincount(burst)[burst]
    value[network == UNKNOWN] = np.nan
    # What is joined at all is joined to more than `most`, so the size alone tells.
    return Flags(parameters.rule, value > most, value, np.full(len(order), float(most)))


def _joined_to_the_next(
    network: NDArray[np.int64], at: NDArray[np.float64], most: int, seconds: float
) -> Bools:
    """Return (n - 1,) whether a window with too many holds both a response and the one after it.

    The arrays are sorted by network and time. Too many are in the window that begins at a response
    when the `most`-th after it is of the same network and no later than the window's end.
    """
    gaps = max(len(at) - 1, 0)
    begins = np.flatnonzero(
        (network[most:] == network[:-most])
        & (network[most:] != UNKNOWN)
        & (at[most:] - at[:-most] <= seconds)
    )
    changes = np.zeros(gaps + 1, dtype=np.int64)
    np.add.at(changes, begins, 1)
    np.add.at(changes, begins + most, -1)
    return np.cumsum(changes)[:gaps] > 0
