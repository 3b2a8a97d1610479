"""How the sample was drawn: strata, PSUs and finite populations, and the variance that follows.

Formulas and sources: docs/methods.md, "Variance".
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.errors import AnalysisError
from analysis.tabulation import Codes, Floats, Tabulation

LONELY_PSU_RULES = ("error", "adjust", "certainty", "average")


@dataclass(frozen=True, eq=False)
class SampleStructure:
    """The sample of a tabulation with C cells, H strata and (with PSUs) G sampled PSUs.

    Attributes
    ----------
    strata
        Names of the H strata; one empty name when there are none.
    stratum
        (C,) the stratum of each cell.
    psu, stratum_of_psu
        (C,) the PSU of each cell and (G,) the stratum of each PSU; None for respondents drawn one
        by one.
    units
        (H,) how many PSUs (or respondents) each stratum has in the sample.
    rest
        (H,) 1 - n/N: the part of the population that was not drawn; 1 when N is not known.
    """

    strata: tuple[str, ...]
    stratum: Codes
    psu: Codes | None
    stratum_of_psu: Codes | None
    units: Floats
    rest: Floats

    @property
    def is_declared(self) -> bool:
        """Whether strata or PSUs are known, so that one alone is a gap in the design."""
        return len(self.strata) > 1 or self.strata[0] != "" or self.psu is not None


def sample_structure(tabulation: Tabulation) -> SampleStructure:
    """Read the structure of a tabulation's sample.

    Raises AnalysisError `population_differs` when a stratum has two populations, and
    `population_below_sample` when it has fewer units than were drawn.
    """
    strata, stratum = _strata(tabulation)
    psu = stratum_of_psu = None
    if tabulation.psu is None:
        units = _counted(stratum, len(strata), tabulation.n)
    else:
        names = tabulation.categories(tabulation.psu)
        # A PSU's name counts within its stratum: 1, 2, 3 … in each is common.
        within = stratum * len(names) + tabulation.codes(tabulation.psu, names)
        distinct, psu = np.unique(within, return_inverse=True)
        stratum_of_psu = distinct // max(len(names), 1)
        drawn = _counted(psu, len(distinct), tabulation.n) > 0
        units = _counted(stratum_of_psu, len(strata), drawn.astype(np.float64))
    rest = _rest(tabulation, strata, stratum, units)
    return SampleStructure(strata, stratum, psu, stratum_of_psu, units, rest)


def degrees_of_freedom(
    structure: SampleStructure, tabulation: Tabulation, inside: Floats | None = None
) -> int:
    """Sampled units less strata, counting only where the domain has respondents; at least 0."""
    occupied = tabulation.n > 0 if inside is None else (tabulation.n > 0) & (inside > 0)
    strata = np.unique(structure.stratum[occupied]).size
    if structure.psu is None:
        units = round(float(tabulation.n[occupied].sum()))
    else:
        units = np.unique(structure.psu[occupied]).size
    return max(int(units - strata), 0)


def variance(
    structure: SampleStructure, first: Floats, second: Floats, lonely_psu: str = "error"
) -> Floats:
    """Variance of K totals of a variable u over the sample.

    Parameters
    ----------
    first, second
        (C, K) sums of u and of u² over the respondents of each cell.
    lonely_psu
        What a stratum with one sampled unit adds, unless that unit is all of it: `error`;
        `certainty` nothing; `adjust` the square of its total, as its distance from the mean of
        all, which is 0 for a linearised variable; `average` what the other strata add on average.

    Returns
    -------
    (K,) with h over strata and i over the units of a stratum,
    sum of (1 - n_h/N_h) n_h/(n_h - 1) (sum of u_hi² - (sum of u_hi)²/n_h).

    Raises
    ------
    AnalysisError
        `lonely_psu` under the rule `error`; `lonely_psu_everywhere` under `average` when no
        stratum has two units.
    """
    if lonely_psu not in LONELY_PSU_RULES:
        raise ValueError(f"no rule for lonely PSUs is named {lonely_psu}")
    count = len(structure.strata)
    totals = _sum_by(structure.stratum, first, count)
    if structure.psu is None or structure.stratum_of_psu is None:
        squares = _sum_by(structure.stratum, second, count)
    else:
        by_psu = _sum_by(structure.psu, first, len(structure.stratum_of_psu))
        squares = _sum_by(structure.stratum_of_psu, by_psu**2, count)
    units = structure.units[:, None]
    spread = np.maximum(squares - totals**2 / np.maximum(units, 1.0), 0.0)
    factor = np.where(units > 1, units / np.maximum(units - 1.0, 1.0), 0.0)
    parts = structure.rest[:, None] * factor * spread
    lonely = (structure.units == 1) & (structure.rest > 0)
    if lonely.any() and structure.is_declared:
        parts = _with_lonely(structure, parts, lonely, totals, lonely_psu)
    return np.asarray(parts.sum(axis=0))


def _with_lonely(
    structure: SampleStructure,
    parts: Floats,
    lonely: NDArray[np.bool_],
    totals: Floats,
    rule: str,
) -> Floats:
    if rule == "error":
        raise AnalysisError("lonely_psu", stratum=structure.strata[int(np.argmax(lonely))])
    if rule == "adjust":
        alone = structure.rest[:, None] * totals**2
        return np.where(lonely[:, None], alone, parts)
    if rule == "average":
        known = structure.units > 0
        others = int((known & ~lonely).sum())
        if others == 0:
            raise AnalysisError("lonely_psu_everywhere")
        return parts * (int(known.sum()) / others)
    return parts


def _strata(tabulation: Tabulation) -> tuple[tuple[str, ...], Codes]:
    if tabulation.strata is None:
        return ("",), np.zeros(len(tabulation.cells), dtype=np.intp)
    names = tabulation.categories(tabulation.strata)
    return names or ("",), tabulation.codes(tabulation.strata, names)


def _rest(tabulation: Tabulation, strata: tuple[str, ...], stratum: Codes, units: Floats) -> Floats:
    population = np.full(len(strata), np.inf)
    np.minimum.at(population, stratum, tabulation.stratum_population)
    differs = np.flatnonzero(tabulation.stratum_population != population[stratum])
    if differs.size:
        raise AnalysisError("population_differs", stratum=strata[stratum[differs[0]]])
    below = np.flatnonzero(population < units)
    if below.size:
        at = below[0]
        raise AnalysisError(
            "population_below_sample",
            stratum=strata[at],
            population=float(population[at]),
            n=round(float(units[at])),
        )
    rest: Floats = 1.0 - units / population
    return rest


def _counted(codes: Codes, size: int, values: Floats) -> Floats:
    """(size,) sums of (C,) values that have the same code."""
    return np.bincount(codes, weights=values, minlength=size).astype(np.float64)


def _sum_by(codes: Codes, values: Floats, size: int) -> Floats:
    """(size, K) sums of the rows of (C, K) values that have the same code."""
    out: Floats = np.zeros((size, values.shape[1]))
    if size == 1:
        out[0] = values.sum(axis=0)
        return out
    np.add.at(out, codes, values)
    return out
