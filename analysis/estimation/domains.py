"""Estimates by category of one variable: subpopulations of the calibrated whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

import numpy as np

from analysis.estimation.estimate import Estimate, Options, Wanted, by_column
from analysis.tabulation import Floats, Tabulation
from analysis.weighting import Weights


@dataclass(frozen=True)
class DomainEstimate:
    """The estimate of one domain, for example one district."""

    variable: str
    category: str
    estimate: Estimate


def domain_estimates(
    tabulation: Tabulation,
    weights: Weights,
    measures: Sequence[str],
    variable: str,
    *,
    categories: Sequence[str] | None = None,
    **options: Unpack[Options],
) -> tuple[DomainEstimate, ...]:
    """Each measure in each category of a variable, all categories of a measure together.

    The weights stay those of the whole sample, and respondents of other categories stay in the
    design with value 0, so that the uncertainty of a domain's size is in the standard error.

    Parameters
    ----------
    categories
        Those wanted, in their order; None for all that respondents have, sorted, without "no
        answer".
    options
        As in `estimates`.
    """
    names = answered_categories(tabulation, variable) if categories is None else tuple(categories)
    if not names:
        return ()
    found = by_column(
        tabulation, weights, measures, membership(tabulation, variable, names), Wanted(**options)
    )
    return tuple(
        DomainEstimate(variable, names[index % len(names)], estimate)
        for index, estimate in enumerate(found)
    )


def answered_categories(tabulation: Tabulation, variable: str) -> tuple[str, ...]:
    """The categories that respondents have, sorted, without "no answer"."""
    return tuple(category for category in tabulation.categories(variable) if category)


def membership(tabulation: Tabulation, variable: str, categories: Sequence[str]) -> Floats:
    """(C, D) 1 where a cell has the category, else 0."""
    codes = tabulation.codes(variable, categories)
    inside: Floats = (codes[:, None] == np.arange(len(categories))).astype(np.float64)
    return inside
