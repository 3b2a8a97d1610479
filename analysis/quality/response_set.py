"""What the rules read of a set of responses: how they were given, and how alike answers are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.errors import AnalysisError

NO_LEVEL = 0
UNKNOWN = -1


@dataclass(frozen=True, eq=False)
class ResponseSet:
    """n responses to one questionnaire with m satisfaction levels, in any order.

    Attributes
    ----------
    arrival
        (n,) distinct integers that grow with the order of arrival.
    submitted_at
        (n,) seconds since any epoch.
    seconds
        (n,) time from opening the questionnaire to sending it; NaN where it is not known.
    levels
        (n, m) 1 to 5, and 0 where there is no level: not applicable, not answered, not shown.
    shown
        (n,) how many of the m were shown to the respondent.
    matrices
        Matrix key to the columns of `levels` that are its rows.
    sources
        Name of a source (``device``, ``identity``, ``network``) to (n,) integers, equal where the
        source is the same and -1 where it is not known.
    failed_checks
        (n,) how many attention checks the respondent failed.
    contradictions
        (n,) how many of the conditions that name an implausible answer hold.

    Raises
    ------
    AnalysisError
        ``response_set_shape`` when an array has another length than `arrival`.
    """

    arrival: NDArray[np.int64]
    submitted_at: NDArray[np.float64]
    seconds: NDArray[np.float64]
    levels: NDArray[np.int8]
    shown: NDArray[np.int64]
    matrices: Mapping[str, tuple[int, ...]]
    sources: Mapping[str, NDArray[np.int64]]
    failed_checks: NDArray[np.int64]
    contradictions: NDArray[np.int64]

    def __post_init__(self) -> None:
        columns: dict[str, NDArray[Any]] = {
            "submitted_at": self.submitted_at,
            "seconds": self.seconds,
            "levels": self.levels,
            "shown": self.shown,
            "failed_checks": self.failed_checks,
            "contradictions": self.contradictions,
            **self.sources,
        }
        for name, column in columns.items():
            if len(column) != len(self):
                raise AnalysisError("response_set_shape", column=name, expected=len(self))

    def __len__(self) -> int:
        return len(self.arrival)

    def source(self, name: str) -> NDArray[np.int64]:
        """Return who or what a response came from, by the name of the source.

        Raises AnalysisError ``unknown_source``.
        """
        if name not in self.sources:
            raise AnalysisError("unknown_source", source=name)
        return self.sources[name]
