"""Chooses the respondents that can be weighted, and weights them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.margins import Margins, collapse_empty
from analysis.tabulation import Tabulation
from analysis.weighting import Weights, rake, unweighted
from backend.results.result import Caution
from backend.tabulation.counts import CellCounts, to_tabulation


@dataclass(frozen=True)
class Weighted:
    """A tabulation with its weights, and what was done to get there.

    `margins` are those that the weights meet, collapsed where nobody answered; None unweighted.
    """

    tabulation: Tabulation
    weights: Weights
    cautions: tuple[Caution, ...]
    margins: Margins | None = None

    def again(self, tabulation: Tabulation) -> Weights:
        """Weigh other respondents of the same cells in the same way."""
        return unweighted(tabulation) if self.margins is None else rake(tabulation, self.margins)


@dataclass(frozen=True)
class Chosen:
    """The cells that can be weighted, and how many responses cannot, by reason."""

    counts: CellCounts
    excluded: Mapping[str, int]


def choose(counts: CellCounts, margins: Margins | None) -> Chosen:
    """Leave out responses without a category that the margins know.

    Reasons: `no_weighting_variable` (one of the variables was not answered) and
    `not_in_population` (a category that has no population, such as a district outside the city).
    """
    if margins is None:
        return Chosen(counts, {})
    known = {margin.variable: frozenset(margin.categories) for margin in margins.margins}
    allowed = [known.get(variable) for variable in counts.variables]
    # What does not weight, such as the channel, excludes nobody.
    weighting = [
        [(name, names) for name, names in zip(cell, allowed, strict=True) if names is not None]
        for cell in counts.cells
    ]
    answered = np.array([all(name for name, _ in cell) for cell in weighting], dtype=np.bool_)
    populated = np.array(
        [all(name in names for name, names in cell) for cell in weighting], dtype=np.bool_
    )
    excluded = {
        "no_weighting_variable": int(counts.n[~answered].sum()),
        "not_in_population": int(counts.n[answered & ~populated].sum()),
    }
    return Chosen(
        counts.only(populated), {reason: count for reason, count in excluded.items() if count}
    )


def weigh(counts: CellCounts, margins: Margins | None) -> Weighted:
    """Rake the chosen cells to the margins; without margins or respondents nothing is weighted."""
    tabulation = to_tabulation(counts)
    if margins is None or tabulation.respondents == 0:
        return Weighted(tabulation, unweighted(tabulation), ())
    collapsed = collapse_empty(margins, tabulation)
    weights = rake(collapsed.tabulation, collapsed.margins)
    cautions = tuple(
        Caution(
            f"category_{note.code}",
            {"variable": note.variable, "category": note.category, "into": note.into},
        )
        for note in collapsed.notes
    )
    return Weighted(collapsed.tabulation, weights, cautions, collapsed.margins)
