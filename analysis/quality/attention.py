"""Failed attention checks: an instruction such as "please choose 满意 here" was not followed."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from analysis.errors import AnalysisError
from analysis.quality.flags import Flags
from analysis.quality.response_set import ResponseSet


@dataclass(frozen=True)
class Attention:
    """Parameter: how many failed checks it takes, at least 1 (AnalysisError ``too_few_checks``)."""

    fewest_failed: int = 1

    rule: ClassVar[str] = "attention"

    def __post_init__(self) -> None:
        if self.fewest_failed < 1:
            raise AnalysisError("too_few_checks", fewest=self.fewest_failed)


def flag_failed_checks(responses: ResponseSet, parameters: Attention) -> Flags:
    """Flag responses that failed at least `fewest_failed` checks; the value is how many."""
    failed = responses.failed_checks.astype(np.float64)
    limit = np.full(len(responses), float(parameters.fewest_failed))
    return Flags(parameters.rule, failed >= limit, failed, limit)
