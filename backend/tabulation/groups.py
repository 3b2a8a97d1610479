"""Counts of stored responses by everything that a result is told apart by. Pure.

Finer than weighting cells: the channel, whether a response is simulated or flagged, and why it is
excluded are kept apart too, so that one counting serves the estimate, its domains by channel, the
collection figures, and the estimate without the flagged. These counts add and subtract, which is
what keeps the roll-up current.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.scoring import METHODS

LEVELS = ("1", "2", "3", "4", "5")
NOT_APPLICABLE = "n"
NO_ANSWER = "-"
# What a level character may be, in the order in which marks are counted. The rest of a group was
# not shown the item.
MARKS = (*LEVELS, NOT_APPLICABLE, NO_ANSWER)

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

Key = TypeVar("Key", bound=tuple[object, ...])
Number = TypeVar("Number", np.int64, np.float64)


class Group(NamedTuple):
    """What the responses of one group have in common; `excluded_reason` is "" for none."""

    weighting_cell: str
    channel: str
    simulated: bool
    is_flagged: bool
    excluded_reason: str


@dataclass(frozen=True, eq=False)
class GroupedCounts:
    """Counts of G groups, for M measures and the four methods K.

    Attributes
    ----------
    groups
        The groups, sorted, each once.
    counts
        (G, 1 + 7·M + K) whole numbers: responses; of each measure, those of each of `MARKS`; of
        each method, those that have a composite.
    sums
        (G, 2·K) of each method, the sum of the composites and the sum of their squares.
    """

    groups: tuple[Group, ...]
    counts: Integers
    sums: Floats

    @classmethod
    def empty(cls, measure_count: int) -> "GroupedCounts":
        """No responses."""
        width = 1 + measure_count * len(MARKS) + len(METHODS)
        return cls((), np.zeros((0, width), dtype=np.int64), np.zeros((0, 2 * len(METHODS))))

    @property
    def n(self) -> Integers:
        """(G,) responses."""
        return self.counts[:, 0]

    @property
    def marks(self) -> Integers:
        """(G, M, 7) responses of each of `MARKS`."""
        marks = self.counts[:, 1 : -len(METHODS)]
        return marks.reshape(len(marks), marks.shape[1] // len(MARKS), len(MARKS))

    @property
    def composites(self) -> Floats:
        """(G, K, 3) of each method: number, sum and sum of squares of the composites."""
        number = self.counts[:, -len(METHODS) :, np.newaxis]
        return np.concatenate(
            [number, self.sums.reshape(len(self.groups), len(METHODS), 2)], axis=2
        )

    def keep(self, chosen: ArrayLike) -> "GroupedCounts":
        """Leave only the groups where `chosen` (G,) is true."""
        kept = np.asarray(chosen, dtype=np.bool_)
        groups = tuple(self.groups[index] for index in np.flatnonzero(kept))
        return GroupedCounts(groups, self.counts[kept], self.sums[kept])


def add_up(parts: Iterable[tuple[int, GroupedCounts]]) -> GroupedCounts:
    """Add counts, each with its sign: +1 for responses that come in, -1 for those that leave.

    All need the same measures, and there must be one at least. Groups that nobody is left in are
    dropped.
    """
    signed = list(parts)
    distinct, index = positions([group for _, part in signed for group in part.groups])
    counts = sum_rows(np.concatenate([sign * part.counts for sign, part in signed]), index)
    sums = sum_rows(np.concatenate([sign * part.sums for sign, part in signed]), index)
    # What subtracting leaves of a sum over nobody is rounding, and no composite.
    sums[np.repeat(counts[:, -len(METHODS) :] == 0, 2, axis=1)] = 0.0
    return GroupedCounts(distinct, counts, sums).keep(counts.any(axis=1))


def positions(keys: Sequence[Key]) -> tuple[tuple[Key, ...], NDArray[np.intp]]:
    """Return the distinct keys, sorted, and the position of each key among them."""
    distinct = tuple(sorted(set(keys)))
    position = {key: index for index, key in enumerate(distinct)}
    return distinct, np.array([position[key] for key in keys], dtype=np.intp)


def sum_rows(values: NDArray[Number], index: NDArray[np.intp]) -> NDArray[Number]:
    """Add up the rows of `values` that have the same index; every index up to the largest occurs.

    Sorting and adding runs costs a fraction of NumPy's adding at an index.
    """
    if index.size == 0:
        return values[:0]
    order = np.argsort(index, kind="stable")
    starts = np.flatnonzero(np.diff(index[order], prepend=-1))
    summed: NDArray[Number] = np.add.reduceat(values[order], starts, axis=0)
    return summed
