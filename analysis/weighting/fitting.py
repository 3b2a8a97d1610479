"""What all methods that fit margins share: where each cell stands, what is wanted, how far off."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.errors import AnalysisError
from analysis.margins import Margin, Margins
from analysis.tabulation import Codes, Floats, Tabulation
from analysis.weighting.projection import margin_basis
from analysis.weighting.weights import Weights, fit_of, summarise

# Largest relative difference between a weighted and a wanted category that counts as met.
TOLERANCE = 1e-12


@dataclass(frozen=True, eq=False)
class Wanted:
    """The margins as numbers: for each, (C,) the category of each cell, and what each is to weigh.

    Margins whose totals differ within their tolerance are scaled to the first margin's total,
    since weights cannot meet two different totals.
    """

    codes: Sequence[Codes]
    targets: Sequence[Floats]

    def indicators(self) -> Floats:
        """(C, r) 1 where a cell has the category of a column."""
        columns = [
            (code[:, None] == np.arange(len(target))).astype(np.float64)
            for code, target in zip(self.codes, self.targets, strict=True)
        ]
        return np.concatenate(columns, axis=1)

    def discrepancy(self, weighted: Floats) -> float:
        """Largest relative difference between reached and wanted, over all categories."""
        return max(
            (
                float(np.abs(np.bincount(code, weights=weighted) / target - 1.0).max())
                for code, target in zip(self.codes, self.targets, strict=True)
            ),
            default=0.0,
        )


def wanted_of(margins: Margins, tabulation: Tabulation) -> Wanted:
    """Read margins and tabulation side by side.

    Raises AnalysisError `unknown_variable`, `category_without_population` (a respondent's
    category, "" included, that the margin does not have), `category_without_respondents`.
    """
    return Wanted(
        codes=[_codes(margin, tabulation) for margin in margins.margins],
        targets=[
            np.array(margin.populations) * (margins.total / margin.total)
            for margin in margins.margins
        ],
    )


def fitted(
    method: str,
    tabulation: Tabulation,
    margins: Margins,
    wanted: Wanted,
    factor: Floats,
    iterations: int,
    tolerance: float = TOLERANCE,
) -> Weights:
    """The weights that a method arrived at, with whether they meet the margins."""
    discrepancy = wanted.discrepancy(tabulation.weight * factor)
    return Weights(
        method=method,
        factor=factor,
        basis=margin_basis(tabulation.weight, wanted.codes),
        converged=discrepancy <= tolerance,
        iterations=iterations,
        discrepancy=discrepancy,
        margins=fit_of(margins, tabulation, factor),
        summary=summarise(tabulation, factor),
    )


def _codes(margin: Margin, tabulation: Tabulation) -> Codes:
    """(C,) the position of each cell's category; every category must have both sides."""
    codes = tabulation.codes(margin.variable, margin.categories)
    if (codes < 0).any():
        names = tabulation.categories(margin.variable)
        unknown = next(name for name in names if name not in margin.categories)
        raise AnalysisError(
            "category_without_population", variable=margin.variable, category=unknown
        )
    weight = np.bincount(codes, weights=tabulation.weight, minlength=len(margin.categories))
    for category, category_weight in zip(margin.categories, weight, strict=True):
        if category_weight == 0:
            raise AnalysisError(
                "category_without_respondents", variable=margin.variable, category=category
            )
    return codes
