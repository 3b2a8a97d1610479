"""Numbers as people type them, and as they are written back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.rating.standard import Measure
from backend.ratings.forms.numbers import (
    figure_from,
    plain_number,
    read_number,
    shown_figure,
    typed_figure,
)

SHARE = Measure(name="在线率", kind="share")
COUNT = Measure(name="数量", kind="count", unit="项")


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ("93", 0.93),
        ("93.5", 0.935),
        ("93%", 0.93),
        ("９３．５％", 0.935),
        (" 0.7 ", 0.007),
        (".5", 0.005),
        ("100", 1.0),
    ],
)
def test_a_share_is_typed_in_per_cent_and_kept_from_0_to_1(typed: str, figure: float) -> None:
    number = read_number(typed)

    assert number is not None
    assert figure_from(SHARE, number) == figure


@pytest.mark.parametrize("typed", ["1200", "1,200", "１，２００", "1 200", "1200项", "1200.0"])
def test_a_count_is_read_however_it_is_typed(typed: str) -> None:
    number = read_number(typed, "项")

    assert number is not None
    assert figure_from(COUNT, number) == 1200


@pytest.mark.parametrize(
    "typed", ["", "%", "abc", "1,5", "1.2.3", "--1", "1e9", "nan", "inf", "٣٫٥"]
)
def test_what_is_no_number_is_not_taken_for_one(typed: str) -> None:
    assert read_number(typed) is None


def test_a_count_is_not_typed_in_per_cent() -> None:
    number = read_number("93%")

    assert number is not None
    assert figure_from(COUNT, number) is None


@given(st.floats(0, 1))
def test_a_share_survives_being_shown_in_its_field_and_read_again(figure: float) -> None:
    typed = typed_figure(SHARE, figure)

    # Very small figures have more digits than anybody types.
    if len(typed) <= 40:
        number = read_number(typed)
        assert number is not None
        assert figure_from(SHARE, number) == figure


@pytest.mark.parametrize(
    ("figure", "text"), [(0.935, "93.5%"), (2 / 3, "66.6666666667%"), (1.0, "100%"), (0.07, "7%")]
)
def test_a_share_is_shown_without_digits_that_say_nothing(figure: float, text: str) -> None:
    assert shown_figure(SHARE, figure) == text


def test_a_count_is_shown_with_its_unit() -> None:
    assert shown_figure(COUNT, 1200) == "1,200 项"


def test_a_plain_number_has_no_exponent() -> None:
    assert plain_number(1e15) == "1000000000000000"
