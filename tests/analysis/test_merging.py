from dataclasses import replace

import numpy as np
import pytest

from analysis.errors import AnalysisError
from analysis.estimation.sample_structure import sample_structure
from analysis.margins import (
    Collapsed,
    Margin,
    Margins,
    collapse_empty,
    merge_categories,
    refuse_empty,
)
from analysis.tabulation import Tabulation
from tests.analysis.respondents import some_respondents, tabulate

AGES = Margin("age", ("18-39", "40-59", "60+"), (40.0, 35.0, 25.0))


def test_declared_merges_join_margin_and_responses() -> None:
    tabulation = tabulate(
        some_respondents([("18-39",), ("60+",), ("40-59",)], [1.0, 1.0, 0.0], variables=("age",))
    )

    merged = merge_categories(Margins((AGES,)), tabulation, [("age", "60+", "40-59")])

    (margin,) = merged.margins.margins
    assert (margin.categories, margin.populations) == (("18-39", "40-59"), (40.0, 60.0))
    assert merged.tabulation.categories("age") == ("18-39", "40-59")


def test_merges_follow_one_another() -> None:
    tabulation = tabulate(some_respondents([("18-39",), ("60+",)], [1.0, 1.0], variables=("age",)))

    merged = merge_categories(
        Margins((AGES,)), tabulation, [("age", "60+", "40-59"), ("age", "40-59", "18-39")]
    )

    assert merged.margins.margins[0].populations == (100.0,)


def test_a_category_that_only_responses_have_can_join_one_of_the_margin() -> None:
    tabulation = tabulate(
        some_respondents([("18-39",), ("unknown",)], [1.0, 1.0], variables=("age",))
    )

    merged = merge_categories(Margins((AGES,)), tabulation, [("age", "unknown", "18-39")])

    assert merged.tabulation.categories("age") == ("18-39",)
    assert merged.margins.margins[0].populations == AGES.populations


def test_a_variable_of_a_crossed_margin_is_joined_there() -> None:
    joint = Margin("sex*age", ("f*18-39", "f*60+", "m*18-39", "m*60+"), (1.0, 2.0, 3.0, 4.0))
    people = some_respondents([("f", "60+"), ("m", "18-39")], [1.0, 0.0], variables=("sex", "age"))
    tabulation = tabulate(people).cross(("sex", "age"))

    merged = merge_categories(Margins((joint,)), tabulation, [("age", "60+", "18-39")])

    assert merged.margins.margins[0].categories == ("f*18-39", "m*18-39")
    assert merged.margins.margins[0].populations == (3.0, 7.0)
    assert merged.tabulation.categories("sex*age") == ("f*18-39", "m*18-39")


@pytest.mark.parametrize(
    "merge",
    [
        pytest.param(("sex", "f", "m"), id="no such variable"),
        pytest.param(("age", "0-17", "18-39"), id="nobody to join"),
        pytest.param(("age", "60+", "80+"), id="nothing to join"),
        pytest.param(("age", "60+", "60+"), id="itself"),
    ],
)
def test_a_merge_that_cannot_be_is_refused(merge: tuple[str, str, str]) -> None:
    tabulation = tabulate(some_respondents([("18-39",), ("60+",)], [1.0, 1.0], variables=("age",)))

    with pytest.raises(AnalysisError) as caught:
        merge_categories(Margins((AGES,)), tabulation, [merge])

    assert caught.value.code == "merge_unknown"


def test_sparse_categories_join_their_neighbour_until_all_have_enough() -> None:
    people = some_respondents(
        [("18-39",)] * 2 + [("40-59",)] * 3 + [("60+",)] * 9, [1.0] * 14, variables=("age",)
    )

    collapsed = collapse_empty(Margins((AGES,)), tabulate(people), fewest=4)

    assert collapsed.margins.margins[0].categories == ("40-59", "60+")
    assert collapsed.margins.margins[0].populations == (75.0, 25.0)
    assert [(note.category, note.into) for note in collapsed.notes] == [("18-39", "40-59")]


@pytest.mark.parametrize("how", ["merged", "collapsed"])
def test_a_variable_that_is_also_the_stratum_is_joined_without_joining_strata(how: str) -> None:
    people = some_respondents(
        [("18-39",)] * 2 + [("40-59",)] * 3 + [("60+",)] * 9, [1.0] * 14, variables=("age",)
    )
    drawn = replace(tabulate(people), strata="age", stratum_population=np.array([10.0, 20.0, 30.0]))

    joined = joined_first_two(how, drawn)

    assert joined.tabulation.categories("age") == ("40-59", "60+")
    assert sample_structure(joined.tabulation).strata == ("18-39", "40-59", "60+")


def joined_first_two(how: str, tabulation: Tabulation) -> Collapsed:
    if how == "merged":
        return merge_categories(Margins((AGES,)), tabulation, [("age", "18-39", "40-59")])
    return collapse_empty(Margins((AGES,)), tabulation, fewest=3)


def test_a_category_that_nobody_is_in_can_be_refused() -> None:
    tabulation = tabulate(some_respondents([("18-39",), ("60+",)], [1.0, 1.0], variables=("age",)))

    with pytest.raises(AnalysisError) as caught:
        refuse_empty(Margins((AGES,)), tabulation)

    assert caught.value.code == "category_without_respondents"
    assert caught.value.arguments == {"variable": "age", "category": "40-59"}
