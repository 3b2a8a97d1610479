from dataclasses import replace
from datetime import date

import pytest

from analysis.errors import AnalysisError
from analysis.rating.assessment import (
    Assessment,
    InnovationCase,
    SecurityDeduction,
    SecurityRecord,
)
from analysis.rating.what_if import Changes, over_interval, what_if
from tests.analysis.rating.standards import AS_OF, a_standard, an_assessment

# 40 points, one case of half a point, and two deducted.
NOW = an_assessment(
    levels={1: "four", 2: "three"},
    figures={3: {"online_rate": 0.6}},
    security=SecurityRecord((SecurityDeduction(date(2024, 3, 1), 2, "通报"),)),
    innovations=(InnovationCase(date(2024, 1, 1), "一", "award"),),
)


def test_no_change_makes_no_difference() -> None:
    result = what_if(NOW, Changes())

    assert (result.after, result.differences, result.points) == (result.before, (), 0.0)


@pytest.mark.parametrize(
    ("changes", "points"),
    [
        pytest.param(Changes(satisfaction=0.69), -10, id="a lower satisfaction"),
        pytest.param(Changes(satisfaction=0.5), -38.5, id="a satisfaction that voids the whole"),
        pytest.param(Changes(satisfaction=None), 0, id="no survey"),
        pytest.param(Changes(levels={2: "five"}), 20, id="a level"),
        pytest.param(Changes(levels={1: None}), -20, id="a level taken back"),
        pytest.param(Changes(figures={3: {"online_rate": 0.9}}), 20, id="a figure"),
        pytest.param(Changes(figures={3: {"online_rate": None}}), -10, id="a figure taken back"),
        pytest.param(Changes(security=SecurityRecord()), 2, id="no incident"),
        pytest.param(
            Changes(security=SecurityRecord(major_incident=True)), -38.5, id="a major incident"
        ),
        pytest.param(
            Changes(innovations=(*NOW.innovations, InnovationCase(AS_OF, "二", "central_media"))),
            2,
            id="another case",
        ),
        pytest.param(Changes(as_of=date(2026, 1, 1)), -0.5, id="a day when a case has left"),
    ],
)
def test_any_input_can_be_changed(changes: Changes, points: float) -> None:
    result = what_if(NOW, changes)

    assert result.points == pytest.approx(points)


def test_the_benchmark_judgement_makes_five_stars() -> None:
    assessment = an_assessment(levels={1: "five", 2: "five", 3: "five"})

    result = what_if(assessment, Changes(national_benchmark=True))

    assert result.after.standing is not None
    assert result.after.standing.star is not None
    assert result.after.standing.star.star == "five"


def test_only_lines_that_change_are_among_the_differences() -> None:
    result = what_if(NOW, Changes(levels={2: "five"}, satisfaction=0.69))

    numbers = [(each.after.indicator.number, each.points) for each in result.differences]
    assert numbers == [(2, 20), (6, -10)]


def test_a_level_known_in_another_way_is_a_difference_of_no_points() -> None:
    result = what_if(NOW, Changes(levels={3: "three"}))

    assert [(each.after.indicator.number, each.points) for each in result.differences] == [(3, 0)]


def test_a_changed_figure_sets_the_verified_level_aside() -> None:
    result = what_if(NOW, Changes(figures={1: {"online_rate": 0.9}}))

    assert result.points == 10


def test_a_level_given_with_the_figures_goes_before_them() -> None:
    result = what_if(NOW, Changes(levels={1: "four"}, figures={1: {"online_rate": 0.9}}))

    assert result.differences == ()


def test_a_changed_figure_leaves_the_others_of_its_indicator() -> None:
    before = replace(NOW, levels={}, figures={1: {"online_rate": 0.9}})

    result = what_if(before, Changes(figures={2: {"online_rate": 0.9}}))

    assert [each.after.indicator.number for each in result.differences] == [2]


def test_the_assessment_itself_stays_as_it_is() -> None:
    before = replace(NOW, levels=dict(NOW.levels))

    what_if(before, Changes(levels={1: "five"}, figures={3: {"online_rate": 0.9}}))

    assert before == NOW


def test_a_change_that_cannot_be_is_refused_by_field() -> None:
    with pytest.raises(AnalysisError) as error:
        what_if(NOW, Changes(figures={3: {"online_rate": 1.2}}))

    assert (error.value.code, error.value.arguments["field"]) == (
        "impossible_share",
        "measures.3.online_rate",
    )


def surveyed(satisfaction: float, points_of_levels: int = 80) -> Assessment:
    levels = {80: {1: "five", 2: "five", 3: "four"}, 60: {1: "five", 2: "five"}}
    return an_assessment(satisfaction=satisfaction, levels=levels[points_of_levels])


@pytest.mark.parametrize(
    ("satisfaction", "interval", "is_settled"),
    [
        pytest.param(0.75, (0.70, 0.80), True, id="the lower bound on the line costs nothing"),
        pytest.param(0.75, (0.69, 0.80), False, id="the lower bound below the line"),
        pytest.param(0.65, (0.60, 0.69), True, id="all of it costs ten points"),
        pytest.param(0.65, (0.59, 0.69), False, id="the lower bound voids the whole"),
        pytest.param(0.50, (0.40, 0.59), True, id="all of it voids the whole"),
        pytest.param(0.99, (0.97, 1.01), True, id="a normal interval that reaches beyond 1"),
    ],
)
def test_a_verdict_that_could_flip_is_not_settled(
    satisfaction: float, interval: tuple[float, float], is_settled: bool
) -> None:
    result = over_interval(surveyed(satisfaction), interval)

    assert (result.verdict_is_settled, result.is_settled) == (is_settled, is_settled)


def test_ratings_are_those_of_both_limits_and_the_estimate() -> None:
    result = over_interval(surveyed(0.65), (0.59, 0.71))

    totals = [each.total for each in (result.lower, result.estimate, result.upper)]
    assert totals == [0, 70, 80]


def test_a_star_may_be_settled_where_the_verdict_is_not() -> None:
    result = over_interval(surveyed(0.72, points_of_levels=60), (0.68, 0.76))

    assert (result.verdict_is_settled, result.star_is_settled) == (False, True)


def test_without_a_survey_row_the_interval_settles_nothing_else() -> None:
    result = over_interval(an_assessment(a_standard(survey=None)), (0.5, 0.9))

    assert result.is_settled


def test_what_was_not_surveyed_has_no_interval() -> None:
    with pytest.raises(AnalysisError) as error:
        over_interval(an_assessment(satisfaction=None), (0.6, 0.8))

    assert error.value.code == "not_yet_surveyed"


@pytest.mark.parametrize("interval", [(0.81, 0.9), (0.7, 0.79), (0.9, 0.7), (float("nan"), 0.9)])
def test_an_interval_that_does_not_hold_the_estimate_is_refused(
    interval: tuple[float, float],
) -> None:
    with pytest.raises(AnalysisError) as error:
        over_interval(an_assessment(satisfaction=0.8), interval)

    assert error.value.code == "impossible_interval"
