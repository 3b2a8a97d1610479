from typing import Any

import pytest

from analysis.errors import AnalysisError
from analysis.rating.assessment import InnovationCase
from analysis.rating.options import MoreCases, Raise, Terms, check_terms, options
from analysis.rating.rate import rate
from tests.analysis.rating.standards import AS_OF, a_standard, an_assessment, an_indicator


@pytest.mark.parametrize(
    ("terms", "code", "field"),
    [
        ({"costs": {(9, "five"): 1.0}}, "unknown_indicator", "costs.9.five"),
        ({"costs": {(4, "five"): 1.0}}, "indicator_has_no_levels", "costs.4.five"),
        ({"costs": {(1, "two"): 1.0}}, "unknown_level", "costs.1.two"),
        ({"costs": {(1, "five"): -1.0}}, "impossible_cost", "costs.1.five"),
        ({"costs": {(1, "five"): float("nan")}}, "impossible_cost", "costs.1.five"),
        ({"costs": {(1, "five"): float("inf")}}, "impossible_cost", "costs.1.five"),
        ({"excluded": frozenset({9})}, "unknown_indicator", "excluded.9"),
        ({"case_costs": {"film": 1.0}}, "unknown_innovation_kind", "case_costs.film"),
        ({"case_costs": {"award": -1.0}}, "impossible_cost", "case_costs.award"),
    ],
)
def test_terms_that_do_not_fit_are_refused_by_field(
    terms: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(AnalysisError) as error:
        check_terms(a_standard(), Terms(**terms))

    assert (error.value.code, error.value.arguments["field"]) == (code, field)


def test_every_level_above_the_one_held_can_be_raised_to() -> None:
    assessment = an_assessment(a_standard([an_indicator([1, 2, 3])]), levels={1: "three"})

    found = list(options(assessment, rate(assessment), Terms(costs={(1, "five"): 7.0})))

    assert [(each.points, each.cost) for each in found] == [(1, 1.0), (2, 7.0)]


def test_what_is_excluded_or_gains_nothing_is_no_option() -> None:
    assessment = an_assessment(a_standard([an_indicator([1]), an_indicator([None])]))

    found = list(options(assessment, rate(assessment), Terms(excluded=frozenset({1}))))

    assert found == []


def test_each_number_of_cases_is_an_option_up_to_the_cap() -> None:
    assessment = an_assessment(
        a_standard([]), innovations=[InnovationCase(AS_OF, "一", "provincial_media")]
    )

    found = list(options(assessment, rate(assessment), Terms(case_costs={"provincial_media": 2.0})))

    cases = [(each.count, each.points, each.cost) for each in found if isinstance(each, MoreCases)]
    assert cases == [(1, 1.0, 2.0), (2, 2.0, 4.0)]


def test_options_come_in_the_order_of_the_table() -> None:
    assessment = an_assessment(a_standard([an_indicator([1]), an_indicator([1])]))
    terms = Terms(case_costs={"central_media": 1.0, "award": 1.0})

    found = list(options(assessment, rate(assessment), terms))

    names = [each.step.indicator.number if isinstance(each, Raise) else each.kind for each in found]
    assert list(dict.fromkeys(names)) == [1, 2, "award", "central_media"]
