import math
import warnings

import numpy as np
import pytest

from analysis.errors import AnalysisError
from analysis.estimation import INTERVALS, domain_estimates, estimate, estimates
from analysis.margins import Margin, Margins
from analysis.tabulation import Tabulation
from analysis.weighting import rake, unweighted
from tests.analysis.respondents import (
    Respondents,
    in_a_population_of,
    mean_and_se_by_respondent,
    some_respondents,
    tabulate,
)

AB = Margins((Margin("district", ("A", "B"), (60.0, 40.0)),))


def people_of_a_and_b(answers_a: list[float | None], answers_b: list[float | None]) -> Respondents:
    cells = [("A",)] * len(answers_a) + [("B",)] * len(answers_b)
    return some_respondents(cells, [*answers_a, *answers_b])


def test_an_unweighted_share_has_the_textbook_standard_error() -> None:
    tabulation = tabulate(people_of_a_and_b([1.0, 1.0, 0.0], [1.0, 0.0]))

    result = estimate(tabulation, unweighted(tabulation), "y")

    assert result.estimate == pytest.approx(0.6)
    assert result.se == pytest.approx(math.sqrt(0.6 * 0.4 / 4))
    assert (result.n, result.df, result.deff_kish, result.n_effective) == (5, 4, 1.0, 5.0)


def test_weighting_moves_the_estimate_to_the_population() -> None:
    tabulation = tabulate(people_of_a_and_b([1.0, 1.0, 1.0, 0.0], [0.0, 1.0]))

    result = estimate(tabulation, rake(tabulation, AB), "y")

    assert result.estimate == pytest.approx(0.6 * 0.75 + 0.4 * 0.5)


def test_margins_that_explain_every_respondent_leave_no_interval() -> None:
    tabulation = tabulate(people_of_a_and_b([1.0], [0.0]))

    result = estimate(tabulation, rake(tabulation, AB), "y")

    assert result.estimate == pytest.approx(0.6)
    assert result.interval is None
    assert result.p_below == {0.7: None, 0.6: None}


def test_an_item_not_answered_by_all_takes_weights_from_all_and_its_mean_from_the_others() -> None:
    people = people_of_a_and_b([1.0, None, 0.0, 1.0], [1.0, None, 0.0])
    tabulation = tabulate(people)
    weights = rake(tabulation, AB)

    result = estimate(tabulation, weights, "y")

    weight = people.base_weight * [15.0, 15.0, 15.0, 15.0, 40 / 3, 40 / 3, 40 / 3]
    expected = mean_and_se_by_respondent(people, weight, AB.margins)
    assert (result.estimate, result.se) == pytest.approx(expected, rel=1e-12)
    assert result.n == 5
    assert result.df == 6


def test_a_finite_population_shrinks_the_standard_error() -> None:
    tabulation = tabulate(people_of_a_and_b([1.0, 0.0], [1.0, 0.0]))
    weights = unweighted(tabulation)

    finite = estimate(in_a_population_of(16, tabulation), weights, "y")

    infinite = estimate(tabulation, weights, "y")
    assert infinite.se is not None
    assert finite.se == pytest.approx(infinite.se * math.sqrt(1 - 4 / 16))


def test_a_population_smaller_than_the_sample_is_refused() -> None:
    tabulation = tabulate(people_of_a_and_b([1.0, 0.0], [1.0, 0.0]))

    with pytest.raises(AnalysisError) as caught:
        estimate(in_a_population_of(3, tabulation), unweighted(tabulation), "y")

    assert caught.value.code == "population_below_sample"


@pytest.mark.parametrize("interval", INTERVALS)
@pytest.mark.parametrize("everyone", [0.0, 1.0])
def test_a_share_of_0_or_1_has_no_standard_error_and_an_interval(
    everyone: float, interval: str
) -> None:
    tabulation = tabulate(people_of_a_and_b([everyone] * 3, [everyone] * 8))

    result = estimate(tabulation, rake(tabulation, AB), "y", interval=interval)

    assert (result.estimate, result.se) == (everyone, 0.0)
    assert result.interval is not None
    lower, upper = result.interval
    assert 0.0 <= lower <= everyone <= upper <= 1.0
    assert upper > lower


def test_a_composite_that_all_have_alike_has_no_standard_error_in_spite_of_rounding() -> None:
    people = people_of_a_and_b([0.8] * 7, [0.8] * 13)
    tabulation = tabulate(people.with_base_weight(np.linspace(0.1, 0.9, 20)))

    result = estimate(tabulation, rake(tabulation, AB), "y")

    assert result.se == 0.0
    assert result.interval == (result.estimate, result.estimate)


def test_a_share_that_only_rounding_keeps_below_1_is_1() -> None:
    tabulation = tabulate(people_of_a_and_b([1.0 - 1e-16 * 2] * 3, [1.0, 1.0]))

    assert estimate(tabulation, rake(tabulation, AB), "y").estimate == 1.0


def empty_tabulation() -> Tabulation:
    return Tabulation.from_counts(
        variables=("district",), cells=(), n=(), measures=("y",), answered=(), y=(), yy=()
    )


@pytest.mark.parametrize(
    "tabulation",
    [
        pytest.param(empty_tabulation(), id="nobody"),
        pytest.param(tabulate(people_of_a_and_b([None, None], [None])), id="no answers"),
        pytest.param(
            tabulate(some_respondents([("A",)] * 2, [1.0, 0.0], base_weight=[0.0, 0.0])),
            id="no weight",
        ),
    ],
)
def test_what_nobody_answered_has_no_estimate_and_no_nan(tabulation: Tabulation) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = estimate(tabulation, unweighted(tabulation), "y")

    assert (result.estimate, result.se, result.interval) == (None, None, None)
    assert (result.deff_kish, result.n_effective) == (None, None)
    assert result.p_below == {0.7: None, 0.6: None}


@pytest.mark.parametrize(
    "tabulation",
    [
        pytest.param(tabulate(some_respondents([("A",)], [1.0])), id="one respondent"),
        pytest.param(tabulate(people_of_a_and_b([1.0, None], [None])), id="one answer"),
    ],
)
def test_one_answer_has_an_estimate_and_nothing_to_tell_its_uncertainty(
    tabulation: Tabulation,
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = estimate(tabulation, unweighted(tabulation), "y")

    assert (result.n, result.estimate, result.deff_kish) == (1, 1.0, 1.0)
    assert (result.se, result.interval) == (None, None)
    assert result.p_below == {0.7: None, 0.6: None}


def test_a_domain_has_the_weights_of_the_whole_and_its_own_degrees_of_freedom() -> None:
    people = people_of_a_and_b([1.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0])
    tabulation = tabulate(people)
    weights = rake(tabulation, AB)

    first, second = domain_estimates(tabulation, weights, ("y",), "district")

    assert (first.category, first.estimate.n, first.estimate.df) == ("A", 4, 3)
    assert (second.category, second.estimate.n, second.estimate.df) == ("B", 3, 2)
    assert first.estimate.estimate == pytest.approx(0.75)
    assert second.estimate.estimate == pytest.approx(1 / 3)


def test_a_category_that_no_cell_has_is_a_domain_without_an_estimate() -> None:
    tabulation = tabulate(people_of_a_and_b([1.0, 0.0], [0.0]))

    result = estimate(tabulation, unweighted(tabulation), "y", domain=("district", "Z"))

    assert (result.n, result.estimate, result.df) == (0, None, 0)


def test_several_measures_at_once_are_what_each_is_by_itself() -> None:
    tabulation = Tabulation.from_counts(
        variables=("district",),
        cells=[("A",), ("B",)],
        n=[10, 12],
        measures=("first", "second"),
        answered=[[10, 8], [12, 12]],
        y=[[6, 3], [9, 4]],
        yy=[[6, 3], [9, 4]],
    )
    weights = rake(tabulation, AB)

    together = estimates(tabulation, weights)

    assert [result.measure for result in together] == ["first", "second"]
    for result in together:
        alone = estimate(tabulation, weights, result.measure)
        assert (alone.estimate, alone.se) == pytest.approx((result.estimate, result.se), rel=1e-12)


def test_a_mean_of_codes_is_no_share() -> None:
    tabulation = tabulate(people_of_a_and_b([5.0, 4.0], [3.0, 4.0]))
    weights = unweighted(tabulation)

    result = estimate(tabulation, weights, "y", is_share=False)

    assert result.estimate == pytest.approx(4.0)
    assert result.p_below == {0.7: None, 0.6: None}
    with pytest.raises(AnalysisError, match="not_a_share"):
        estimate(tabulation, weights, "y")


def test_an_unknown_measure_is_named() -> None:
    tabulation = tabulate(people_of_a_and_b([1.0], [0.0]))

    with pytest.raises(AnalysisError) as caught:
        estimate(tabulation, unweighted(tabulation), "z")

    assert (caught.value.code, caught.value.arguments) == ("unknown_measure", {"measure": "z"})


@pytest.mark.parametrize(
    "options",
    [
        {"interval": "exact"},
        {"confidence_level": 1.0},
        {"confidence_level": 95.0},
        {"thresholds": (70.0,)},
    ],
)
def test_an_interval_level_or_line_that_does_not_exist_is_refused(
    options: dict[str, object],
) -> None:
    tabulation = tabulate(people_of_a_and_b([1.0], [0.0]))

    with pytest.raises(ValueError, match=r"interval at level|between 0 and 1"):
        estimate(tabulation, unweighted(tabulation), "y", **options)  # type: ignore[arg-type]
