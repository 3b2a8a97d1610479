"""What the weights are to add up to, beside the cells: the margins as numbers.

Finding weights that do is left to the modules of the methods.
"""

from dataclasses import dataclass

import numpy as np

from analysis.errors import AnalysisError
from analysis.margins import Margin, Margins, refuse_empty
from analysis.tabulation import Codes, Floats, Tabulation


@dataclass(frozen=True, eq=False)
class Wanted:
    """J margins, one after the other, with K categories in all; C cells.

    Attributes
    ----------
    codes
        (J, C) for each margin the category of each cell, as its position among the K.
    targets
        (K,) what each category is to weigh. Margins whose totals differ within their tolerance
        are scaled to the first margin's total, since weights cannot meet two different totals.
    """

    codes: Codes
    targets: Floats

    @property
    def total(self) -> float:
        """The population."""
        return float(self.targets.sum()) / len(self.codes)

    def sums(self, values: Floats) -> Floats:
        """(K,) sums of (C,) values over the cells of each category."""
        repeated = np.broadcast_to(values, self.codes.shape).ravel()
        found = np.bincount(self.codes.ravel(), weights=repeated, minlength=len(self.targets))
        return found.astype(np.float64, copy=False)

    def spread(self, values: Floats) -> Floats:
        """(C, …) for each cell the sum over its J categories of (K, …) values."""
        total: Floats = np.zeros((self.codes.shape[1], *values.shape[1:]))
        for code in self.codes:
            total += values[code]
        return total

    def cross_products(self, values: Floats) -> Floats:
        """(K, K) sums of (C,) values over the cells that are in both of two categories."""
        size = len(self.targets)
        total: Floats = np.zeros(size * size)
        for code in self.codes:
            for other in self.codes:
                total += np.bincount(code * size + other, weights=values, minlength=size * size)
        return total.reshape(size, size)

    def discrepancy(self, weighted: Floats) -> float:
        """Largest relative difference between reached and wanted; `weighted` is (C,)."""
        return float(np.abs(self.sums(weighted) / self.targets - 1.0).max(initial=0.0))


def wanted_of(margins: Margins, tabulation: Tabulation) -> Wanted:
    """Read margins and tabulation side by side.

    Raises AnalysisError `unknown_variable`, `category_without_population` (a respondent's
    category, "" included, that the margin does not have), `category_without_respondents`.
    """
    codes = np.zeros((len(margins.margins), len(tabulation.cells)), dtype=np.intp)
    targets: list[float] = []
    for row, margin in enumerate(margins.margins):
        codes[row] = len(targets) + _codes(margin, tabulation)
        targets += [own * (margins.total / margin.total) for own in margin.populations]
    refuse_empty(margins, tabulation)
    return Wanted(codes, np.array(targets))


def total_of(tabulation: Tabulation) -> Wanted:
    """What is wanted without margins: the total of the base weights."""
    codes = np.zeros((1, len(tabulation.cells)), dtype=np.intp)
    return Wanted(codes, np.array([tabulation.weight.sum()]))


def _codes(margin: Margin, tabulation: Tabulation) -> Codes:
    """(C,) the position of each cell's category in the margin."""
    codes = tabulation.codes(margin.variable, margin.categories)
    if (codes < 0).any():
        names = tabulation.categories(margin.variable)
        unknown = next(name for name in names if name not in margin.categories)
        raise AnalysisError(
            "category_without_population", variable=margin.variable, category=unknown
        )
    return codes
