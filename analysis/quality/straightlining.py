"""Straight-lining: answers that do not differ where the things asked about do.

Three measures, each a rule of its own. Turning every level round (1 to 5, 2 to 4 …) changes none
of them: praise is treated like blame.
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from analysis.errors import AnalysisError
from analysis.quality.flags import Flags
from analysis.quality.response_set import NO_LEVEL, ResponseSet

# Two answers that are alike say nothing.
FEWEST_ROWS = 3


@dataclass(frozen=True)
class StraightLining:
    """Parameters: the matrices whose rows should differ, and how many like rows are too many.

    Raises AnalysisError ``no_matrices`` without any, ``too_few_rows`` when min_rows < 3.
    """

    matrices: tuple[str, ...]
    min_rows: int = 6

    rule: ClassVar[str] = "straight_lining"

    def __post_init__(self) -> None:
        if not self.matrices:
            raise AnalysisError("no_matrices")
        if self.min_rows < FEWEST_ROWS:
            raise AnalysisError("too_few_rows", minimum=self.min_rows)


@dataclass(frozen=True)
class LongString:
    """Parameter: the run of identical answers from which on a response is flagged.

    Raises AnalysisError ``run_too_short`` when longest_run < 2.
    """

    longest_run: int = 10

    rule: ClassVar[str] = "long_string"

    def __post_init__(self) -> None:
        if self.longest_run < 2:
            raise AnalysisError("run_too_short", run=self.longest_run)


@dataclass(frozen=True)
class LowVariability:
    """Parameters: the matrices measured, the standard deviation below which all is too alike, and
    how many answers it takes to say so.

    Raises AnalysisError ``no_matrices``, ``negative_limit`` unless least_sd > 0, ``too_few_rows``.
    """

    matrices: tuple[str, ...]
    least_sd: float = 0.2
    min_rows: int = 6

    rule: ClassVar[str] = "low_variability"

    def __post_init__(self) -> None:
        if not self.matrices:
            raise AnalysisError("no_matrices")
        if not self.least_sd > 0:
            raise AnalysisError("negative_limit", limit=self.least_sd)
        if self.min_rows < FEWEST_ROWS:
            raise AnalysisError("too_few_rows", minimum=self.min_rows)


def flag_straight_lining(responses: ResponseSet, parameters: StraightLining) -> Flags:
    """Flag responses with at least `min_rows` answers in matrices that were answered all alike.

    Notes
    -----
    A matrix is answered alike when its answered rows, at least three, all have one level; the
    levels of two such matrices may differ. The value is the number of answered rows in these
    matrices, so that with several short matrices `min_rows` says how many of them it takes.
    """
    alike_rows = np.zeros(len(responses))
    for key in parameters.matrices:
        levels = responses.levels[:, _columns(responses, key)]
        answered = (levels != NO_LEVEL).sum(axis=1)
        lowest = np.where(levels == NO_LEVEL, 127, levels).min(axis=1, initial=127)
        is_alike = (lowest == levels.max(axis=1, initial=NO_LEVEL)) & (answered >= FEWEST_ROWS)
        alike_rows += np.where(is_alike, answered, 0)
    limit = np.full(len(responses), float(parameters.min_rows))
    return Flags(parameters.rule, alike_rows >= limit, alike_rows, limit)


def flag_long_strings(responses: ResponseSet, parameters: LongString) -> Flags:
    """Flag responses whose longest run of one level reaches `longest_run`; the value is the run.

    Runs are over all levels in the order of the questionnaire. What has no level (not applicable,
    not answered, not shown) is passed over: it neither ends a run nor counts in it.

    References
    ----------
    Johnson (2005), Journal of Research in Personality 39, 103-129 (long-string index); the run of
    10 is the default of `detect_straightlining` in the R package DCC 1.2.1.
    """
    rows = len(responses)
    previous = np.zeros(rows, dtype=np.int8)
    run = np.zeros(rows, dtype=np.int64)
    longest = np.zeros(rows, dtype=np.int64)
    for level in responses.levels.T:
        has_level = level != NO_LEVEL
        run = np.where(has_level, np.where(level == previous, run + 1, 1), run)
        previous = np.where(has_level, level, previous)
        longest = np.maximum(longest, run)
    limit = np.full(rows, float(parameters.longest_run))
    return Flags(parameters.rule, longest >= limit, longest.astype(np.float64), limit)


def flag_low_variability(responses: ResponseSet, parameters: LowVariability) -> Flags:
    """Flag responses whose levels vary less than `least_sd`; the value is the deviation.

    Notes
    -----
    Intra-individual response variability: the standard deviation (divisor k - 1) of one
    respondent's k levels in the matrices named. Fewer than `min_rows` levels are not judged.

    References
    ----------
    Dunn, Heggestad, Shanock and Theilgard (2018), Journal of Business and Psychology 33, 105-121.
    """
    columns = [column for key in parameters.matrices for column in _columns(responses, key)]
    levels = responses.levels[:, columns].astype(np.float64)
    levels[levels == NO_LEVEL] = np.nan
    answered = np.isfinite(levels).sum(axis=1)
    deviation = np.full(len(responses), np.nan)
    judged = answered >= parameters.min_rows
    if judged.any():
        deviation[judged] = np.nanstd(levels[judged], axis=1, ddof=1)
    limit = np.full(len(responses), parameters.least_sd)
    return Flags(parameters.rule, deviation < limit, deviation, limit)


def _columns(responses: ResponseSet, key: str) -> list[int]:
    if key not in responses.matrices:
        raise AnalysisError("unknown_matrix", matrix=key)
    return list(responses.matrices[key])
