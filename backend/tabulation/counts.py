"""What storage counts in one pass, by weighting cell, and how that becomes a `Tabulation`.

Pure: the statement that counts is `sql.py`, what the numbers mean is `analysis`. Counts per level
are enough for every method of satisfaction at once, since a method only says what a level is
worth; the composites are no function of those counts, so their moments are counted beside them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.scoring import METHODS
from analysis.tabulation import Tabulation

COMPOSITE = "composite"
LEVELS = ("1", "2", "3", "4", "5")
NOT_APPLICABLE = "n"
NO_ANSWER = "-"
# What a level character may be, in the order of the last axis of `CellCounts.marks`. The rest
# of a cell was not shown the item.
MARKS = (*LEVELS, NOT_APPLICABLE, NO_ANSWER)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class CellCounts:
    """Counts of C cells, M measures and the four methods K.

    Attributes
    ----------
    variables
        The weighting variables; empty when the questionnaire is not weighted.
    cells
        C tuples of categories, one for each variable; "" where it was not answered.
    measures
        M measure keys in the questionnaire's order.
    n
        (C,) responses.
    marks
        (C, M, 7) responses by `MARKS`.
    composites
        (C, K, 3): how many have a composite, its sum and the sum of its squares, in the order of
        `analysis.scoring.METHODS`.
    """

    variables: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    measures: tuple[str, ...]
    n: Floats
    marks: Floats
    composites: Floats

    def only(self, chosen: NDArray[np.bool_]) -> "CellCounts":
        """Return the chosen cells; `chosen` is (C,)."""
        return CellCounts(
            variables=self.variables,
            cells=tuple(cell for cell, keep in zip(self.cells, chosen, strict=True) if keep),
            measures=self.measures,
            n=self.n[chosen],
            marks=self.marks[chosen],
            composites=self.composites[chosen],
        )


def measure_name(measure: str, method_id: str) -> str:
    """Return the name of a measure under a method in a tabulation."""
    return f"{measure}/{method_id}"


def to_tabulation(counts: CellCounts) -> Tabulation:
    """Return the tabulation of every measure and the composite under every method.

    Each response has the base weight 1.
    """
    names: list[str] = []
    moments: list[Floats] = []
    for index, (method_id, method) in enumerate(METHODS.items()):
        names.append(measure_name(COMPOSITE, method_id))
        moments.append(counts.composites[:, index, :])
        scores = np.asarray(method.scores)
        # Rows: counted, y, y².
        worth = np.stack([np.ones(len(LEVELS)), scores, scores**2])
        for position, measure in enumerate(counts.measures):
            names.append(measure_name(measure, method_id))
            moments.append(counts.marks[:, position, : len(LEVELS)] @ worth.T)
    stacked = np.stack(moments, axis=1)
    return Tabulation.from_counts(
        variables=counts.variables,
        cells=counts.cells,
        n=counts.n,
        measures=tuple(names),
        answered=stacked[:, :, 0],
        y=stacked[:, :, 1],
        yy=stacked[:, :, 2],
    )
