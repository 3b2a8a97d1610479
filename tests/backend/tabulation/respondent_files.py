"""Respondent files for tests: written, asked for, and compared."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb
import numpy as np

from analysis.metrics import Metric, RawMean
from analysis.tabulation import Tabulation
from backend.tabulation.request import CompositeColumns, ItemColumn, TabulationRequest

BY_CELL = ("n", "weight", "weight_squared", "weight_min", "weight_max", "stratum_population")
BY_CELL_AND_MEASURE = ("answered", "w", "wy", "wyy", "ww", "wwy", "wwyy")


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def write_parquet(path: Path, select: str) -> Path:
    """Write what a DuckDB statement selects."""
    with duckdb.connect() as connection:
        connection.sql(select).write_parquet(str(path))
    return path


def a_request(
    *items: str | CompositeColumns,
    variables: Sequence[str] = ("sex",),
    metric: Metric | None = None,
    missing: Iterable[str] = (),
    base_weight: str | None = None,
    strata: str | None = None,
    psu: str | None = None,
    population: str | None = None,
    by_base_weight: bool = False,
) -> TabulationRequest:
    return TabulationRequest(
        measures=tuple(ItemColumn(item) if isinstance(item, str) else item for item in items),
        metric=metric or RawMean(),
        variables=tuple(variables),
        missing=frozenset(missing),
        base_weight=base_weight,
        strata=strata,
        psu=psu,
        population=population,
        by_base_weight=by_base_weight,
    )


def assert_same(found: Tabulation, expected: Tabulation) -> None:
    """Hold that two tabulations say the same, cell by cell in whatever order, beyond rounding."""
    assert found.variables == expected.variables
    assert found.measures == expected.measures
    assert (found.strata, found.psu) == (expected.strata, expected.psu)
    assert sorted(found.cells) == sorted(expected.cells)
    order = [expected.cells.index(cell) for cell in found.cells]
    for name in (*BY_CELL, *BY_CELL_AND_MEASURE):
        np.testing.assert_allclose(
            getattr(found, name), getattr(expected, name)[order], rtol=1e-12, atol=1e-12
        )
