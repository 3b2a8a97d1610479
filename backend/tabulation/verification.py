"""Compares what the roll-up leads to with a full count of every response."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from sqlalchemy.orm import Session

from analysis.scoring import METHODS
from backend.tabulation import repository
from backend.tabulation.groups import MARKS, Group, GroupedCounts, positions
from backend.tabulation.rollup import read_counts
from backend.tabulation.sql import count_responses
from survey_forms.definition import Questionnaire

# Sums that responses were added to and taken from again may differ from fresh ones by rounding.
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Difference:
    """One number of one group: `rolled_up` is what a pull would read, `counted` what is stored.

    `of` names it: `n`, a measure and a mark (`fields.government=5`), or of a method's composites
    their number, sum or sum of squares (`composite/share_from_4:sum`).
    """

    group: Group
    of: str
    rolled_up: float
    counted: float


@dataclass(frozen=True)
class Verification:
    """How many responses a full count found, and where the roll-up leads to something else."""

    responses: int
    differences: tuple[Difference, ...]


def verify(session: Session, survey_id: int, questionnaire: Questionnaire) -> Verification:
    """Find where the roll-up with what is new differs from a count of everything.

    Whole numbers must be equal, sums within `TOLERANCE` of the larger of 1 and the sum. Nothing
    differs unless somebody has changed the roll-up's tables by hand.
    """
    repository.lift_time_limit(session)
    rolled_up = read_counts(session, survey_id, questionnaire)
    counted = count_responses(session, survey_id, len(questionnaire.measures))
    names = [*_names(questionnaire)]
    groups, _ = positions([*rolled_up.groups, *counted.groups])
    ours, theirs = _numbers(rolled_up, groups, names), _numbers(counted, groups, names)
    integers = counted.counts.shape[1]
    allowed = TOLERANCE * np.maximum(1.0, np.abs(theirs))
    allowed[:, :integers] = 0.0
    return Verification(
        responses=int(counted.n.sum()),
        differences=tuple(
            Difference(
                groups[row], names[column], float(ours[row, column]), float(theirs[row, column])
            )
            for row, column in np.argwhere(np.abs(ours - theirs) > allowed)
        ),
    )


def _numbers(
    counts: GroupedCounts, groups: tuple[Group, ...], names: list[str]
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """All numbers of all groups, 0 where there are none."""
    out = np.zeros((len(groups), len(names)))
    row = {group: index for index, group in enumerate(groups)}
    present = [row[group] for group in counts.groups]
    out[present] = np.hstack([counts.counts, counts.sums])
    return out


def _names(questionnaire: Questionnaire) -> Iterator[str]:
    """Name the columns of `GroupedCounts.counts` and then of its `sums`."""
    yield "n"
    for measure in questionnaire.measures:
        yield from (f"{measure.key}={mark}" for mark in MARKS)
    yield from (f"composite/{method_id}:n" for method_id in METHODS)
    for method_id in METHODS:
        yield from (f"composite/{method_id}:sum", f"composite/{method_id}:sum_of_squares")
