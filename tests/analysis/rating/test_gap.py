from typing import Any

import pytest

from analysis.rating.gap import OpenCriterion, Step, nearest, steps
from analysis.rating.rate import rate
from tests.analysis.rating.standards import a_standard, an_assessment, an_indicator

# Lines and buses: a count, a share of either kind, and an attestation.
BOTH_WAYS = {
    "five": {
        "all": [
            {"any": [{"measure": "lines", "at_least": 300}, {"measure": "rate", "at_least": 0.8}]},
            {"condition": "is_open"},
        ]
    }
}
LINES = {"lines": {"kind": "count", "unit": "条"}}


def only_step(criterion: dict[str, Any], kind: str, figure: float | None) -> Step:
    """The step of an indicator that asks for `x` alone."""
    indicator = an_indicator(
        [5], criteria={"five": {"measure": "x", **criterion}}, measures={"x": {"kind": kind}}
    )
    (step,) = steps(indicator, {} if figure is None else {"x": figure})
    return step


@pytest.mark.parametrize(
    ("criterion", "kind", "figure", "distance"),
    [
        pytest.param({"at_least": 0.8}, "share", 0.6, 0.25, id="a quarter of the bound is missing"),
        pytest.param({"at_least": 0.8}, "share", 0.0, 1.0, id="nothing is there yet"),
        pytest.param({"at_least": 0.8}, "share", None, 1.0, id="the figure is missing"),
        pytest.param({"above": 0.8}, "share", 0.8, 0.0, id="the bound itself is not enough"),
        pytest.param({"above": 0.0}, "change", -0.1, 1.0, id="nothing has no share of it"),
        pytest.param({"below": 0.2}, "ratio", 0.8, 0.75, id="three quarters must go"),
        pytest.param({"at_most": 3}, "rank", 4, 0.25, id="a rank must fall"),
        pytest.param({"at_least": 0.1}, "change", -0.3, 1.0, id="a change the wrong way"),
        pytest.param({"at_most": -0.2}, "change", -0.1, 0.5, id="half of a fall is missing"),
        pytest.param({"at_least": -0.1}, "change", -0.4, 0.75, id="a fall that is too deep"),
    ],
)
def test_distance_is_the_share_of_the_bound_still_to_cover(
    criterion: dict[str, Any], kind: str, figure: float | None, distance: float
) -> None:
    step = only_step(criterion, kind, figure)

    assert [each.distance for each in step.open_criteria] == [pytest.approx(distance)]


def test_an_open_criterion_shows_operator_bound_and_figure() -> None:
    step = only_step({"at_least": 0.8}, "share", 0.6)

    (criterion,) = step.open_criteria
    assert (criterion.name, criterion.operator, criterion.bound, criterion.figure) == (
        "x",
        "at_least",
        0.8,
        0.6,
    )


def test_steps_gain_the_points_over_the_level_held() -> None:
    indicator = an_indicator({"three": 1, "four": 2.5, "five": 4})

    found = steps(indicator, {"online_rate": 0.6})

    assert [(step.level, step.points) for step in found] == [("four", 1.5), ("five", 3.0)]


def test_the_highest_level_leaves_no_step() -> None:
    assert steps(an_indicator(), verified_level="five") == ()


def test_a_level_that_the_document_leaves_out_is_no_step() -> None:
    found = steps(an_indicator({"three": 1, "five": 4}), verified_level="none")

    assert [step.level for step in found] == ["three", "five"]


def test_a_level_that_the_document_leaves_out_may_be_held_and_gives_no_points() -> None:
    found = steps(an_indicator([2, 3]), verified_level="three")

    assert [(step.level, step.points) for step in found] == [("four", 2), ("five", 3)]


def test_a_verified_level_goes_before_the_figures_and_leaves_only_verification_behind() -> None:
    found = steps(an_indicator(), {"online_rate": 0.75}, verified_level="three")

    assert [(step.level, step.effort) for step in found] == [
        ("four", 0),
        ("five", pytest.approx(1 / 6)),
    ]


def test_levels_without_points_are_steps_that_gain_none() -> None:
    found = steps(an_indicator([None, None]), {"online_rate": 0.7})

    assert [(step.level, step.points) for step in found] == [("five", 0.0)]


def test_of_alternatives_the_one_with_the_least_effort_is_shown() -> None:
    indicator = an_indicator([5], criteria=BOTH_WAYS, measures=LINES)

    (step,) = steps(indicator, {"lines": 240, "rate": 0.4, "is_open": True})

    assert step.open_criteria == (OpenCriterion("lines", "at_least", 300, 240, step.effort),)


def test_effort_adds_up_what_is_open() -> None:
    indicator = an_indicator([5], criteria=BOTH_WAYS, measures=LINES)

    (step,) = steps(indicator, {"lines": 240, "is_open": False})

    assert step.effort == pytest.approx(0.2 + 1.0)


def test_what_is_met_is_not_open() -> None:
    indicator = an_indicator([5], criteria=BOTH_WAYS, measures=LINES)

    (step,) = steps(indicator, {"rate": 0.9})

    assert [each.name for each in step.open_criteria] == ["is_open"]


def test_a_weighted_average_is_measured_as_one_figure() -> None:
    indicator = an_indicator(
        [5],
        criteria={"five": {"measure": "mean", "at_least": 0.8}},
        measures={
            "mean": {"kind": "share", "weights": {"town": 1, "village": 3}},
            "town": {"kind": "share"},
            "village": {"kind": "share"},
        },
    )

    (step,) = steps(indicator, {"town": 0.9, "village": 0.5})

    assert [(each.figure, each.distance) for each in step.open_criteria] == [
        (pytest.approx(0.6), pytest.approx(0.25))
    ]


def test_the_nearest_step_asks_least_for_each_point() -> None:
    standard = a_standard([an_indicator([1]), an_indicator([4]), an_indicator([4])])
    figures = {1: {"online_rate": 0.8}, 2: {"online_rate": 0.7}, 3: {"online_rate": 0.7}}
    assessment = an_assessment(standard, figures=figures)

    found = nearest(assessment, rate(assessment))

    assert [step.indicator.number for step in found] == [2, 3, 1]


def test_costs_of_their_own_reorder_the_steps() -> None:
    assessment = an_assessment()

    found = nearest(assessment, rate(assessment), {(1, "three"): 5.0, (3, "three"): 0.5})

    assert [step.indicator.number for step in found] == [3, 2, 1]


def test_only_the_next_step_of_an_indicator_is_among_the_nearest() -> None:
    assessment = an_assessment(levels={1: "three", 2: "five", 3: "four"})

    found = nearest(assessment, rate(assessment))

    assert {step.indicator.number: step.level for step in found} == {1: "four", 3: "five"}


def test_without_points_the_steps_go_by_effort() -> None:
    standard = a_standard([an_indicator([None]), an_indicator([None])], stars=())
    figures = {1: {"online_rate": 0.2}, 2: {"online_rate": 0.8}}
    assessment = an_assessment(standard, figures=figures)

    found = nearest(assessment, rate(assessment))

    assert [step.indicator.number for step in found] == [2, 1]
