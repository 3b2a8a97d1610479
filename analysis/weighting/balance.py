"""How far the sample is from the population, before and after weighting, and what closing it costs.

Fitting the weights is left to the methods; whether a gap is large is left to the reader.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.margins import Margin, Margins
from analysis.tabulation import Floats, Tabulation
from analysis.weighting.weights import Weights


@dataclass(frozen=True)
class CategoryBalance:
    """One category of one variable; all figures are shares from 0 to 1.

    `sample_share` is by the base weights.
    """

    variable: str
    category: str
    respondents: int
    population_share: float
    sample_share: float
    weighted_share: float

    @property
    def difference(self) -> float:
        """Sample less population, before weighting."""
        return self.sample_share - self.population_share

    @property
    def weighted_difference(self) -> float:
        """What weighting leaves of it."""
        return self.weighted_share - self.population_share

    @property
    def standardised_difference(self) -> float | None:
        """The difference in standard deviations of the category in the population.

        (q - P)/√(P(1-P)); None for a category that is the whole population.
        """
        return _standardised(self.difference, self.population_share)

    @property
    def weighted_standardised_difference(self) -> float | None:
        """Likewise after weighting."""
        return _standardised(self.weighted_difference, self.population_share)


@dataclass(frozen=True)
class Balance:
    """The balance of a sample with its margins.

    `deff_kish` is the price: the factor by which unequal weights inflate the variance of what
    is unrelated to them. None without respondents.
    """

    categories: tuple[CategoryBalance, ...]
    deff_kish: float | None

    @property
    def largest_before(self) -> CategoryBalance | None:
        """The category whose sample share is furthest from the population's."""
        return max(self.categories, key=lambda row: abs(row.difference), default=None)

    @property
    def largest_after(self) -> CategoryBalance | None:
        """The category that is furthest off after weighting."""
        return max(self.categories, key=lambda row: abs(row.weighted_difference), default=None)


def balance(tabulation: Tabulation, weights: Weights, margins: Margins) -> Balance:
    """Compare sample and population in every category of every margin.

    Margins that took no part in the weighting may be asked for too: how close weighting brings
    them shows what it does beyond what it was told to.

    Parameters
    ----------
    tabulation, weights
        As weighted; the tabulation has the margins' variables. Shares are among respondents
        whose category the margin has.

    Returns
    -------
    No categories without respondents.
    """
    rows = [row for margin in margins.margins for row in _of_margin(tabulation, weights, margin)]
    return Balance(tuple(rows), weights.summary.deff_kish)


def _of_margin(
    tabulation: Tabulation, weights: Weights, margin: Margin
) -> Sequence[CategoryBalance]:
    codes = tabulation.codes(margin.variable, margin.categories)
    known = codes >= 0

    def by_category(values: Floats) -> Floats:
        sums = np.bincount(codes[known], weights=values[known], minlength=len(margin.categories))
        return sums.astype(np.float64)

    respondents, sample = by_category(tabulation.n), by_category(tabulation.weight)
    weighted = by_category(tabulation.weight * weights.factor)
    if sample.sum() <= 0 or weighted.sum() <= 0:
        return ()
    return [
        CategoryBalance(
            variable=margin.variable,
            category=category,
            respondents=round(float(respondents[index])),
            population_share=margin.populations[index] / margin.total,
            sample_share=float(sample[index] / sample.sum()),
            weighted_share=float(weighted[index] / weighted.sum()),
        )
        for index, category in enumerate(margin.categories)
    ]


def _standardised(difference: float, share: float) -> float | None:
    return difference / math.sqrt(share * (1.0 - share)) if 0.0 < share < 1.0 else None
