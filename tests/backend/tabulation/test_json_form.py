import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import AnalysisError
from analysis.tabulation import Tabulation
from backend.tabulation.json_form import from_json, read_tabulation, to_json
from tests.backend.tabulation.respondent_files import BY_CELL, BY_CELL_AND_MEASURE

sizes = st.floats(0, 1e300)
populations = st.floats(1, 1e12) | st.just(math.inf)


@st.composite
def tabulations(draw: st.DrawFn) -> Tabulation:
    """Any tabulation: stratified or not, with any numbers that one may hold."""
    cells = draw(st.lists(st.tuples(st.text(max_size=3), st.text(max_size=3)), unique=True))
    measures = draw(st.lists(st.text(max_size=3), max_size=3))
    by_cell = st.lists(sizes, min_size=len(cells), max_size=len(cells))

    def by_measure() -> Any:
        rows = draw(
            st.lists(
                st.lists(st.floats(-1e300, 1e300), min_size=len(measures), max_size=len(measures)),
                min_size=len(cells),
                max_size=len(cells),
            )
        )
        return np.array(rows).reshape(len(cells), len(measures))

    sums = {name: np.array(draw(by_cell)) for name in BY_CELL if name != "stratum_population"}
    return Tabulation(
        variables=("sex", "区县"),
        cells=tuple(cells),
        measures=tuple(measures),
        **sums,
        **{name: by_measure() for name in BY_CELL_AND_MEASURE},
        strata=draw(st.none() | st.just("区县")),
        psu=draw(st.none() | st.just("sex")),
        stratum_population=np.array([draw(populations) for _ in cells]),
    )


def a_form(**changes: object) -> str:
    form = json.loads(to_json(a_tabulation()))
    return json.dumps({**form, **changes})


def a_tabulation() -> Tabulation:
    return Tabulation.from_counts(
        variables=("sex",),
        cells=[("F",), ("M",)],
        n=[2, 1],
        measures=["q1"],
        answered=[[2], [1]],
        y=[[1], [1]],
        yy=[[1], [1]],
    )


@given(tabulations())
@settings(max_examples=30)
def test_a_tabulation_is_read_back_to_the_last_bit(tabulation: Tabulation) -> None:
    found = from_json(to_json(tabulation))

    for name in ("variables", "cells", "measures", "strata", "psu"):
        assert getattr(found, name) == getattr(tabulation, name)
    for name in (*BY_CELL, *BY_CELL_AND_MEASURE):
        assert getattr(found, name).tobytes() == getattr(tabulation, name).tobytes()


def test_an_unknown_population_is_null() -> None:
    form = json.loads(to_json(a_tabulation()))

    assert form["stratum_population"] == [None, None]


BROKEN = {
    "no JSON": "kind: tabulation",
    "no object": "[]",
    "an empty object": "{}",
    "another kind": a_form(kind="estimate"),
    "another format": a_form(format=2),
    "a text for a number": a_form(n=["2", "x"]),
    "NaN": a_form(n=[1, math.nan]),
    "no number": a_form(n=[2, None]),
    "negative": a_form(n=[2, -1]),
    "too short": a_form(n=[2]),
    "another shape": a_form(w=[[1, 1]]),
    "a number for a category": a_form(cells=[["F"], [1]]),
    "a cell twice": a_form(cells=[["F"], ["F"]]),
    "a text for a cell": a_form(cells=["F", "M"]),
    "an unknown stratum": a_form(strata="town"),
    "a number for the strata": a_form(strata=1),
    "a list for the strata": a_form(strata=["sex"]),
    "a sentence for the population": a_form(stratum_population=["many", "few"]),
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
def test_what_is_no_tabulation_is_refused(text: str) -> None:
    with pytest.raises(AnalysisError) as caught:
        from_json(text)

    assert caught.value.code == "tabulation_file_broken"


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tabulation.json"
    path.write_bytes(b"\xff\xfe")

    with pytest.raises(AnalysisError) as caught:
        read_tabulation(path)

    assert caught.value.code == "tabulation_file_broken"
