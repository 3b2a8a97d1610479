"""From counts of stored responses to a `Tabulation`. Pure.

The statement that counts is `sql.py`, what the numbers mean is `analysis`. Counts per level are
enough for every method of satisfaction at once, since a method only says what a level is worth;
the composites are no function of those counts, so their moments are counted beside them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.scoring import METHODS
from analysis.tabulation import Tabulation
from backend.tabulation.coding import CELL_SEPARATOR
from backend.tabulation.groups import LEVELS, Floats, GroupedCounts, positions, sum_rows
from survey_forms.definition import Questionnaire

COMPOSITE = "composite"
# The variable beside those of the weighting: how the respondents came.
CHANNEL = "channel"


@dataclass(frozen=True)
class CellCounts:
    """Counts of C cells, M measures and the four methods K.

    Attributes
    ----------
    variables
        The weighting variables, if the questionnaire is weighted, and then `CHANNEL`, which makes
        domains and never weights.
    cells
        C tuples of categories, one for each variable; "" where it was not answered.
    measures
        M measure keys in the questionnaire's order.
    n
        (C,) responses.
    marks
        (C, M, 7) responses by `groups.MARKS`.
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


def included(counts: GroupedCounts) -> GroupedCounts:
    """Leave out what is excluded; flagged responses stay."""
    return counts.keep([group.excluded_reason == "" for group in counts.groups])


def unflagged(counts: GroupedCounts) -> GroupedCounts:
    """Leave out what is flagged."""
    return counts.keep([not group.is_flagged for group in counts.groups])


def to_cells(counts: GroupedCounts, questionnaire: Questionnaire) -> CellCounts:
    """Add groups up to cells of the questionnaire's weighting variables and the channel.

    Every group given is counted; the questionnaire may be any version of the survey.
    """
    measures = tuple(measure.key for measure in questionnaire.measures)
    weighting = questionnaire.weighting.variables if questionnaire.weighting else ()
    # A weighting variable of that very name keeps it; then there is no variable of the channel.
    own = () if CHANNEL in weighting else (CHANNEL,)
    cells, index = positions(
        [
            (*_categories(group.weighting_cell, len(weighting)), *([group.channel] if own else []))
            for group in counts.groups
        ]
    )
    return CellCounts(
        variables=(*weighting, *own),
        cells=cells,
        measures=measures,
        n=sum_rows(counts.n, index).astype(np.float64),
        marks=sum_rows(counts.marks, index).astype(np.float64),
        composites=sum_rows(counts.composites, index),
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


def _categories(weighting_cell: str, count: int) -> tuple[str, ...]:
    return tuple(weighting_cell.split(CELL_SEPARATOR)) if count else ()
