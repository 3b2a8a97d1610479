"""Turns what an engine counted and added by cell into a `Tabulation`.

The engines name their sums alike; here they are completed (a base weight of 1, a value that is its
own square), their categories are written as text, and cells that thereby become one are added up.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from analysis.errors import AnalysisError
from analysis.tabulation import Floats, Tabulation
from backend.tabulation.codes import category
from backend.tabulation.request import BASE_WEIGHT, TabulationRequest

# Tells cells with the same categories apart until they are added up.
_ROW = "\x00row"


def tabulation_of(
    request: TabulationRequest, keys: Sequence[Sequence[Any]], sums: Mapping[str, Floats]
) -> Tabulation:
    """The tabulation of C cells.

    Parameters
    ----------
    keys
        C categories for each of `request.cell_variables`, of any type, None for an empty one;
        cells may come twice as long as they do so under different values, such as 4 and "4".
    sums
        (C,) each. `n`; `answered_0`, `y_0` and `yy_0` for measure 0 and so on, `yy_0` only where
        it is not `y_0`. Where base weights make the cells, `d` is the weight. Where they do not
        but there are some, `weight`, `weight_squared`, `weight_min`, `weight_max`, and `w_0`,
        `ww_0`, `wy_0`, `wyy_0`, `wwy_0`, `wwyy_0` instead of `y_0` and `yy_0`. With a population,
        its `population_min` and `population_max`.

    Raises
    ------
    AnalysisError
        `no_rows`; `weights_all_zero` with `column`; `population_differs` with `stratum`, or
        without strata `populations_differ`.
    """
    n = sums["n"]
    if not n.sum():
        raise AnalysisError("no_rows")
    by_cell, by_measure = _completed(request, sums)
    if not by_cell["weight"].sum():
        raise AnalysisError("weights_all_zero", column=request.base_weight)
    texts = [_texts(column) for column in keys]
    population = np.full(n.shape, np.inf)
    if request.population is not None:
        population = _population(request, texts, sums)
    variables = request.cell_variables
    if request.by_base_weight:
        variables = (*variables, BASE_WEIGHT)
        texts.append(_texts(by_cell["weight_min"].tolist()))
    cells = list(zip(*texts, strict=True)) if texts else [()] * len(n)
    come_twice = len(set(cells)) < len(cells)
    if come_twice:
        variables = (*variables, _ROW)
        cells = [(*cell, str(row)) for row, cell in enumerate(cells)]
    order = sorted(range(len(cells)), key=cells.__getitem__)
    tabulation = Tabulation(
        variables=variables,
        cells=tuple(cells[row] for row in order),
        measures=tuple(measure.name for measure in request.measures),
        n=n[order],
        **{name: values[order] for name, values in (by_cell | by_measure).items()},
        strata=request.strata,
        psu=request.psu,
        stratum_population=population[order],
    )
    return tabulation.only(variables[:-1]) if come_twice else tabulation


def _completed(
    request: TabulationRequest, sums: Mapping[str, Floats]
) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """The sums of a tabulation: those by cell, and those by cell and measure."""
    n = sums["n"]

    def stacked(name: str, otherwise: str) -> Floats:
        """(C, M) the sums of a name, or of another where an engine left it out as the same."""
        columns = (
            sums.get(f"{name}_{at}", sums.get(f"{otherwise}_{at}"))
            for at in range(len(request.measures))
        )
        return np.array([*columns], dtype=np.float64).reshape(-1, len(n)).T

    answered = stacked("answered", "answered")
    if request.base_weight is not None and not request.by_base_weight:
        by_cell = ("weight", "weight_squared", "weight_min", "weight_max")
        return {name: sums[name] for name in by_cell}, {
            "answered": answered,
            "w": stacked("w", "w"),
            "wy": stacked("wy", "wy"),
            "wyy": stacked("wyy", "wy"),
            "ww": stacked("ww", "ww"),
            "wwy": stacked("wwy", "wwy"),
            "wwyy": stacked("wwyy", "wwy"),
        }
    # Everyone in a cell has the same weight.
    d = sums.get("d", np.ones(n.shape))
    y, yy = stacked("y", "y"), stacked("yy", "y")
    d_column = d[:, None]
    return {
        "weight": n * d,
        "weight_squared": n * d**2,
        "weight_min": d,
        "weight_max": d,
    }, {
        "answered": answered,
        "w": answered * d_column,
        "wy": y * d_column,
        "wyy": yy * d_column,
        "ww": answered * d_column**2,
        "wwy": y * d_column**2,
        "wwyy": yy * d_column**2,
    }


def _texts(column: Sequence[Any]) -> list[str]:
    """The categories as text; each distinct value is written once."""
    written: dict[Any, str] = {}
    for value in column:
        if value not in written:
            written[value] = category(value)
    return [written[value] for value in column]


def _population(
    request: TabulationRequest, texts: Sequence[list[str]], sums: Mapping[str, Floats]
) -> Floats:
    """The one population that all respondents of a cell name.

    That the cells of a stratum agree is left to the estimation: waves may each have their own.
    """
    population = sums["population_min"]
    differs = np.flatnonzero(population != sums["population_max"])
    if not differs.size:
        return population
    if request.strata is None:
        raise AnalysisError("populations_differ")
    strata = texts[request.cell_variables.index(request.strata)]
    raise AnalysisError("population_differs", stratum=strata[differs[0]])
