"""Duplicates: one device, or one person, sent more than one response."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from analysis.errors import AnalysisError
from analysis.quality.flags import Bools, Flags, Floats
from analysis.quality.response_set import UNKNOWN, ResponseSet


@dataclass(frozen=True)
class Duplicates:
    """Parameter: the sources by which a response is known again.

    Raises AnalysisError ``no_sources`` without any.
    """

    by: tuple[str, ...] = ("device",)

    rule: ClassVar[str] = "duplicates"

    def __post_init__(self) -> None:
        if not self.by:
            raise AnalysisError("no_sources")


def flag_duplicates(responses: ResponseSet, parameters: Duplicates) -> Flags:
    """Flag all responses of one source but the first to arrive.

    The value is how many responses that source sent (of several sources, the one that sent most),
    the limit 1. A response of which no source is known is not judged.
    """
    flagged = np.zeros(len(responses), dtype=bool)
    value = np.full(len(responses), np.nan)
    for name in parameters.by:
        is_later, count = _later_of_each(responses.source(name), responses.arrival)
        flagged |= is_later
        value = np.fmax(value, count)
    return Flags(parameters.rule, flagged, value, np.ones(len(responses)))


def _later_of_each(source: NDArray[np.int64], arrival: NDArray[np.int64]) -> tuple[Bools, Floats]:
    """Return (n,) whether the source had sent before, and (n,) how many it sent in all."""
    is_known = source != UNKNOWN
    order = np.lexsort((arrival, source))
    ordered = source[order]
    is_later = np.zeros(len(source), dtype=bool)
    is_later[order[1:]] = ordered[1:] == ordered[:-1]
    _, group, counts = np.unique(source, return_inverse=True, return_counts=True)
    return is_later & is_known, np.where(is_known, counts[group], np.nan)
