"""Reads population margins from a CSV with the columns variable, category, population."""

import math
from pathlib import Path

from analysis.errors import AnalysisError
from analysis.margins import Margin, Margins
from backend.tabulation.text_files import open_text, positions

COLUMNS = ("variable", "category", "population")


def read_margins(path: Path) -> Margins:
    """The margins of a file; categories keep its order, which says who is whose neighbour.

    Raises
    ------
    AnalysisError
        `margins_not_a_number` with its row, `margins_empty`; those of `open_text`, `positions`,
        `Margin` and `Margins`.
    """
    file = open_text(path)
    at = positions(file.header, COLUMNS)
    populations: dict[str, list[tuple[str, float]]] = {}
    for row, fields in file.rows():
        variable, category, number = (fields[index].strip() for index in at)
        pair = category, _population(number, row)
        populations.setdefault(variable, []).append(pair)
    if not populations:
        raise AnalysisError("margins_empty")
    return Margins(
        tuple(
            Margin(variable, tuple(name for name, _ in pairs), tuple(count for _, count in pairs))
            for variable, pairs in populations.items()
        )
    )


def _population(text: str, row: int) -> float:
    try:
        population = float(text)
    except ValueError:
        population = math.nan
    if not math.isfinite(population):
        raise AnalysisError("margins_not_a_number", row=row, value=text)
    return population
