from typing import Any

import pytest

from analysis.rating.levels import Reached, evaluate, reach, verified
from analysis.rating.standard import Criterion
from tests.analysis.rating.standards import an_indicator

RATE = {"measure": "rate", "at_least": 0.7}
OPEN = {"condition": "is_open"}


def criterion(asked: dict[str, Any]) -> Criterion:
    return Criterion.model_validate(asked)


@pytest.mark.parametrize(
    ("operator", "bound", "figure", "holds"),
    [
        ("at_least", 0.7, 0.7, True),
        ("at_least", 0.7, 0.70001, True),
        ("at_least", 0.7, 0.69999, False),
        ("above", 0.7, 0.7, False),
        ("above", 0.7, 0.70001, True),
        ("below", 50, 50, False),
        ("below", 50, 49.99, True),
        ("at_most", 50, 50, True),
        ("at_most", 50, 50.01, False),
        ("at_least", 0, 0, True),
        ("above", 0, 0, False),
    ],
)
def test_a_figure_is_compared_by_the_operator_of_the_text(
    operator: str, bound: float, figure: float, holds: bool
) -> None:
    asked = criterion({"measure": "rate", operator: bound})

    assert evaluate(asked, {"rate": figure}) is holds


@pytest.mark.parametrize(
    ("operator", "holds"),
    [("at_least", True), ("above", False), ("below", False), ("at_most", True)],
)
@pytest.mark.parametrize("figure", [0.7 * 3 / 3 - 1e-16, 0.7000000000000002])
def test_a_figure_that_only_rounding_keeps_from_the_bound_stands_on_it(
    figure: float, operator: str, holds: bool
) -> None:
    asked = criterion({"measure": "rate", operator: 0.7})

    assert evaluate(asked, {"rate": figure}) is holds


@pytest.mark.parametrize(
    ("rate", "is_open", "holds"),
    [
        (0.9, True, True),
        (0.9, False, False),
        (0.9, None, None),
        (0.5, None, False),
        (None, False, False),
        (None, True, None),
        (None, None, None),
    ],
)
def test_all_fails_as_soon_as_one_part_is_known_to_fail(
    rate: float | None, is_open: bool | None, holds: bool | None
) -> None:
    figures = {"rate": rate, "is_open": is_open}
    known = {name: figure for name, figure in figures.items() if figure is not None}

    assert evaluate(criterion({"all": [RATE, OPEN]}), known) is holds


@pytest.mark.parametrize(
    ("rate", "is_open", "holds"),
    [
        (0.9, False, True),
        (0.9, None, True),
        (0.5, True, True),
        (0.5, None, None),
        (None, True, True),
        (None, False, None),
        (0.5, False, False),
    ],
)
def test_any_holds_as_soon_as_one_part_is_known_to_hold(
    rate: float | None, is_open: bool | None, holds: bool | None
) -> None:
    figures = {"rate": rate, "is_open": is_open}
    known = {name: figure for name, figure in figures.items() if figure is not None}

    assert evaluate(criterion({"any": [RATE, OPEN]}), known) is holds


def test_the_highest_level_whose_requirement_holds_is_reached() -> None:
    assert reach(an_indicator(), {"online_rate": 0.7}) == Reached("four", "derived")


def test_a_higher_level_is_reached_past_one_that_does_not_hold() -> None:
    indicator = an_indicator(
        [1, 2], criteria={"four": OPEN, "five": {"measure": "online_rate", "at_least": 0.9}}
    )

    reached = reach(indicator, {"is_open": False, "online_rate": 0.9})

    assert reached == Reached("five", "derived")


def test_nothing_said_is_not_assessed_and_names_what_the_lowest_level_wants() -> None:
    reached = reach(an_indicator(), {})

    assert reached == Reached(None, "not_assessed", ("online_rate",))


def test_a_level_that_hangs_on_a_missing_figure_is_unknown_and_the_one_held_counts() -> None:
    indicator = an_indicator([1, 2], criteria={"four": RATE, "five": {"all": [RATE, OPEN]}})

    reached = reach(indicator, {"rate": 0.8})

    assert reached == Reached("four", "unknown", ("is_open",))


def test_a_missing_figure_that_could_raise_nothing_is_not_asked_for() -> None:
    indicator = an_indicator([1, 2], criteria={"four": RATE, "five": {"all": [RATE, OPEN]}})

    reached = reach(indicator, {"rate": 0.5})

    assert reached == Reached(None, "derived")


AVERAGE = an_indicator(
    [1],
    criteria={"five": {"measure": "mean", "at_least": 0.7}},
    measures={
        "mean": {"kind": "share", "weights": {"town": 40, "village": 40, "farm": 20}},
        "town": {"kind": "share"},
        "village": {"kind": "share"},
        "farm": {"kind": "share"},
    },
)


@pytest.mark.parametrize(
    ("farm", "level"),
    [pytest.param(0.3, "five", id="on the bound"), pytest.param(0.29, None, id="below it")],
)
def test_a_weighted_average_is_made_of_its_parts(farm: float, level: str | None) -> None:
    # 0.4 × 0.9 + 0.4 × 0.7 = 0.64, and a fifth of the farms' share.
    reached = reach(AVERAGE, {"town": 0.9, "village": 0.7, "farm": farm})

    assert reached == Reached(level, "derived")  # type: ignore[arg-type]


def test_a_weighted_average_without_a_part_is_unknown_and_names_the_part() -> None:
    reached = reach(AVERAGE, {"town": 0.9, "farm": 0.5})

    assert reached == Reached(None, "unknown", ("village",))


def test_a_verified_level_needs_no_figures() -> None:
    assert verified("four") == Reached("four", "verified")


def test_verified_to_hold_no_level_is_settled() -> None:
    assert verified("none").is_settled


@pytest.mark.parametrize(
    ("figures", "is_settled"),
    [
        ({}, False),
        ({"rate": 0.8}, False),
        ({"rate": 0.5}, True),
        ({"rate": 1.0, "is_open": True}, True),
    ],
)
def test_a_level_is_settled_when_no_missing_figure_could_raise_it(
    figures: dict[str, Any], is_settled: bool
) -> None:
    indicator = an_indicator([1], criteria={"five": {"all": [RATE, OPEN]}})

    assert reach(indicator, figures).is_settled is is_settled
