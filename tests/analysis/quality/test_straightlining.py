"""Answers that do not differ: in matrices, in runs, and in spread."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import AnalysisError
from analysis.quality import LongString, LowVariability, StraightLining, flag
from analysis.quality.straightlining import (
    flag_long_strings,
    flag_low_variability,
    flag_straight_lining,
)
from tests.analysis.quality.response_sets import a_response_set

TWO = {"first": (0, 1, 2), "second": (3, 4, 5)}


@pytest.mark.parametrize(
    ("line", "rows", "flagged"),
    [
        pytest.param("444444", 6, True, id="all alike"),
        pytest.param("111111", 6, True, id="all alike, and dissatisfied"),
        pytest.param("444443", 0, False, id="one differs"),
        pytest.param("4444--", 4, False, id="too few answered"),
        pytest.param("------", 0, False, id="nothing answered"),
    ],
)
def test_a_matrix_answered_all_alike_is_flagged(line: str, rows: int, flagged: bool) -> None:
    responses = a_response_set(1, levels=[line])

    flags = flag_straight_lining(responses, StraightLining(("fields",), min_rows=6))

    assert flags.flagged.tolist() == [flagged]
    assert flags.value.tolist() == [rows]
    assert flags.limit.tolist() == [6]


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        pytest.param("444222", 6, id="each matrix is alike in itself"),
        pytest.param("444223", 3, id="one of them differs"),
        pytest.param("44-222", 3, id="two answers alike say nothing"),
    ],
)
def test_rows_of_several_matrices_are_counted_together(line: str, rows: int) -> None:
    responses = a_response_set(1, levels=[line], matrices=TWO)

    flags = flag_straight_lining(responses, StraightLining(("first", "second"), min_rows=6))

    assert flags.value.tolist() == [rows]
    assert flags.flagged.tolist() == [rows >= 6]


def test_only_the_matrices_named_are_measured() -> None:
    responses = a_response_set(1, levels=["444123"], matrices=TWO)

    flags = flag_straight_lining(responses, StraightLining(("second",), min_rows=3))

    assert flags.value.tolist() == [0]


@pytest.mark.parametrize(
    ("line", "run"),
    [("44445", 4), ("45454", 1), ("4-4-4", 3), ("-----", 0), ("33444", 3)],
)
def test_the_longest_run_passes_over_what_has_no_level(line: str, run: int) -> None:
    responses = a_response_set(1, levels=[line])

    flags = flag_long_strings(responses, LongString(longest_run=4))

    assert flags.value.tolist() == [run]
    assert flags.flagged.tolist() == [run >= 4]


def test_answers_that_hardly_vary_are_flagged() -> None:
    responses = a_response_set(3, levels=["444444", "444445", "44----"])

    flags = flag_low_variability(responses, LowVariability(("fields",), least_sd=0.3))

    assert flags.flagged.tolist() == [True, False, False]
    assert flags.value[1] == pytest.approx(np.std([4, 4, 4, 4, 4, 5], ddof=1))
    assert np.isnan(flags.value[2])


@given(st.lists(st.text("12345-", min_size=6, max_size=6), min_size=1, max_size=20))
def test_turning_every_level_round_changes_no_flag(lines: list[str]) -> None:
    mirrored = [line.translate(str.maketrans("12345", "54321")) for line in lines]
    rules = (
        StraightLining(("first", "second"), min_rows=3),
        LongString(longest_run=3),
        LowVariability(("first", "second"), least_sd=0.5),
    )

    as_given = flag(a_response_set(len(lines), levels=lines, matrices=TWO), rules)
    turned = flag(a_response_set(len(lines), levels=mirrored, matrices=TWO), rules)

    for one, other in zip(as_given, turned, strict=True):
        assert one.flagged.tolist() == other.flagged.tolist()


def test_an_unknown_matrix_is_refused() -> None:
    with pytest.raises(AnalysisError) as error:
        flag_straight_lining(a_response_set(1), StraightLining(("other",)))

    assert error.value.arguments == {"matrix": "other"}


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: StraightLining(()), "no_matrices"),
        (lambda: StraightLining(("fields",), min_rows=2), "too_few_rows"),
        (lambda: LongString(longest_run=1), "run_too_short"),
        (lambda: LowVariability(()), "no_matrices"),
        (lambda: LowVariability(("fields",), least_sd=0), "negative_limit"),
        (lambda: LowVariability(("fields",), min_rows=2), "too_few_rows"),
    ],
)
def test_parameters_that_flag_all_or_nothing_are_refused(make: object, code: str) -> None:
    with pytest.raises(AnalysisError) as error:
        make()  # type: ignore[operator]

    assert error.value.code == code
