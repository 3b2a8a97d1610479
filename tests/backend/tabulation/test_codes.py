from datetime import date, datetime
from decimal import Decimal

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.metrics import RawMean, Scored
from backend.tabulation.codes import category, fits, is_no_answer, number

# DuckDB alone reads "+-4", as -4.
numeric_like = st.text("0123456789+-.eE_ \tinfa", max_size=8).filter(lambda x: "+-" not in x)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("A", "A"),
        (" A\u3000", "A"),
        (4, "4"),
        (4.0, "4"),
        (np.float64(4.5), "4.5"),
        (Decimal("4.00"), "4"),
        (True, "true"),
        (np.bool_(False), "false"),
        (date(2024, 3, 1), "2024-03-01"),
        (datetime(2024, 3, 1, 9, 30), "2024-03-01 09:30:00"),  # noqa: DTZ001
        ("", ""),
        ("  ", ""),
        (None, ""),
        (float("nan"), ""),
        (pd.NA, ""),
        (pd.NaT, ""),
    ],
)
def test_a_value_of_any_type_is_a_category_as_text(value: object, expected: str) -> None:
    assert category(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("4", 4.0),
        (" +4 ", 4.0),
        ("1e3", 1000.0),
        ("-.5", -0.5),
        (4, 4.0),
        (True, 1.0),
        (Decimal("4.25"), 4.25),
        ("４", None),
        ("nan", None),
        ("inf", None),
        ("1e400", None),
        (float("inf"), None),
        ("4,5", None),
        ("", None),
        (None, None),
        (date(2024, 3, 1), None),
    ],
)
def test_a_number_is_finite_and_written_in_ascii(value: object, expected: float | None) -> None:
    assert number(value) == expected


@given(numeric_like)
def test_text_is_a_number_exactly_where_duckdb_casts_it_to_a_finite_one(text: str) -> None:
    with duckdb.connect() as connection:
        statement = "SELECT x FROM (SELECT TRY_CAST($1 AS DOUBLE) AS x) WHERE isfinite(x)"
        found = connection.execute(statement, [text]).fetchone()

    assert number(text) == (found[0] if found else None)


@pytest.mark.parametrize("value", ["", None, "9", "9.0", 9, 9.0, " DK "])
def test_missing_codes_match_as_numbers_or_else_as_text(value: object) -> None:
    has_no_answer = is_no_answer(frozenset({"9", "DK"}))

    assert has_no_answer(value)


@pytest.mark.parametrize("value", ["90", "dk", 8, "4"])
def test_other_codes_are_answers(value: object) -> None:
    has_no_answer = is_no_answer(frozenset({"9", "DK"}))

    assert not has_no_answer(value)


def test_only_the_scored_metric_wants_codes_from_one_to_five() -> None:
    scored = Scored((0.0, 0.3, 0.6, 0.8, 1.0))

    assert [fits(metric, code) for metric in (scored, RawMean()) for code in (5.0, 6.0)] == [
        True,
        False,
        True,
        True,
    ]
