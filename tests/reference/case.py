"""A reference case: respondents, margins and what R says of them, from the files in this folder."""

import csv
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from analysis.margins import Margin, Margins
from analysis.tabulation import Tabulation
from tests.analysis.respondents import Respondents, tabulate

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """The rows of the CSV as they are, the margins, and R's expected values by method."""

    rows: tuple[dict[str, str], ...]
    margins: Margins
    expected: dict[str, Any]

    def tabulation(
        self,
        measures: dict[str, list[float]],
        *,
        variables: tuple[str, ...] | None = None,
        base_weight: str | None = None,
        strata: str | None = None,
        psu: str | None = None,
        population: str | None = None,
    ) -> Tabulation:
        """Tabulate named measures by columns: those of the margins, if not said otherwise."""
        named = self.margins.variables if variables is None else variables
        columns = tuple(dict.fromkeys((*named, *(name for name in (strata, psu) if name))))
        tabulation = tabulate(
            Respondents(
                columns,
                tuple(tuple(row[variable] for variable in columns) for row in self.rows),
                tuple(measures),
                np.array(list(measures.values())).T,
                np.array([float(row[base_weight]) if base_weight else 1.0 for row in self.rows]),
            )
        )
        of_cell = {
            tuple(row[variable] for variable in columns): float(row[population or "none"])
            for row in self.rows
            if population
        }
        sizes = np.array([of_cell.get(cell, np.inf) for cell in tabulation.cells])
        return replace(tabulation, strata=strata, psu=psu, stratum_population=sizes)

    def numbers(self, column: str) -> list[float]:
        """A column as numbers."""
        return [float(row[column]) for row in self.rows]

    def satisfied(self, column: str) -> list[float]:
        """1 where the code is 4 or 5, else 0."""
        return [float(value >= 4) for value in self.numbers(column)]


def load_case(name: str) -> Case:
    """The case of this name."""
    margins_file = HERE / f"{name}.margins.csv"
    populations: dict[str, dict[str, float]] = {}
    for row in _rows(margins_file) if margins_file.exists() else ():
        populations.setdefault(row["variable"], {})[row["category"]] = float(row["population"])
    return Case(
        rows=_rows(HERE / f"{name}.csv"),
        margins=Margins(
            tuple(
                Margin(variable, tuple(by_category), tuple(by_category.values()))
                for variable, by_category in populations.items()
            )
        ),
        expected=json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))["expected"],
    )


def _rows(path: Path) -> tuple[dict[str, str], ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
