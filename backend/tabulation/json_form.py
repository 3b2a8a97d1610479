"""Tabulations as JSON files, so that they can be kept, sent, and added up elsewhere.

The form is docs/tabulation.md's, "A tabulation as a file". Nothing is rounded: a file read back is
the tabulation that was written.
"""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from analysis.errors import AnalysisError
from analysis.tabulation import BY_CELL, BY_CELL_AND_MEASURE, Floats, Tabulation

KIND, FORMAT = "minsheng-tabulation", 1
# An unknown population is infinite, which JSON cannot write.
POPULATION = "stratum_population"
FINITE_BY_CELL = tuple(name for name in BY_CELL if name != POPULATION)


def to_json(tabulation: Tabulation) -> str:
    """Write a tabulation as one JSON document."""
    population = [
        None if math.isinf(size) else size for size in tabulation.stratum_population.tolist()
    ]
    return json.dumps(
        {
            "kind": KIND,
            "format": FORMAT,
            "variables": tabulation.variables,
            "measures": tabulation.measures,
            "strata": tabulation.strata,
            "psu": tabulation.psu,
            "cells": tabulation.cells,
            **{name: getattr(tabulation, name).tolist() for name in FINITE_BY_CELL},
            POPULATION: population,
            **{name: getattr(tabulation, name).tolist() for name in BY_CELL_AND_MEASURE},
        },
        ensure_ascii=False,
        allow_nan=False,
    )


def from_json(text: str) -> Tabulation:
    """Read a tabulation back.

    Raises AnalysisError `tabulation_file_broken` for anything that `to_json` did not write.
    """
    try:
        content = json.loads(text)
        if (content["kind"], content["format"]) != (KIND, FORMAT):
            raise AnalysisError("tabulation_file_broken")
        return _tabulation(content)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise AnalysisError("tabulation_file_broken") from error


def read_tabulation(path: Path) -> Tabulation:
    """Read a tabulation from a file; raises AnalysisError `tabulation_file_broken`."""
    try:
        return from_json(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, OSError) as error:
        raise AnalysisError("tabulation_file_broken") from error


def _tabulation(content: Mapping[str, Any]) -> Tabulation:
    cells = tuple(_texts(cell) for cell in content["cells"])
    measures = _texts(content["measures"])
    shape = (len(cells), len(measures))
    population = [math.inf if size is None else size for size in content[POPULATION]]
    return Tabulation(
        variables=_texts(content["variables"]),
        cells=cells,
        measures=measures,
        strata=content["strata"],
        psu=content["psu"],
        stratum_population=np.array(population, dtype=np.float64),
        **{name: _numbers(content[name], shape[:1]) for name in FINITE_BY_CELL},
        **{name: _numbers(content[name], shape) for name in BY_CELL_AND_MEASURE},
    )


def _texts(values: list[Any]) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TypeError("a list of texts is expected")
    return tuple(values)


def _numbers(values: list[Any], shape: tuple[int, ...]) -> Floats:
    found: Floats = np.array(values, dtype=np.float64)
    # Without cells or without measures a list says nothing of its width.
    return found if found.size else found.reshape(shape)
