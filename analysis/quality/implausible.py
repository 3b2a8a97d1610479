"""Implausible answers: named conditions on the answers that nobody fulfils who means them.

What the conditions are, and whether they hold, is the questionnaire's; here they are counted.
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from analysis.errors import AnalysisError
from analysis.quality.flags import Flags
from analysis.quality.response_set import ResponseSet


@dataclass(frozen=True)
class Implausible:
    """Parameter: how many conditions it takes, at least 1 (AnalysisError ``too_few_checks``)."""

    fewest_contradictions: int = 1

    rule: ClassVar[str] = "implausible"

    def __post_init__(self) -> None:
        if self.fewest_contradictions < 1:
            raise AnalysisError("too_few_checks", fewest=self.fewest_contradictions)


def flag_implausible(responses: ResponseSet, parameters: Implausible) -> Flags:
    """Flag responses in which at least that many conditions hold; the value is how many do."""
    contradictions = responses.contradictions.astype(np.float64)
    limit = np.full(len(responses), float(parameters.fewest_contradictions))
    return Flags(parameters.rule, contradictions >= limit, contradictions, limit)
