from dataclasses import replace

import numpy as np
import pytest

from analysis.errors import AnalysisError
from analysis.estimation import estimate
from analysis.estimation.sample_structure import (
    degrees_of_freedom,
    sample_structure,
    variance,
)
from analysis.tabulation import Floats, Tabulation
from analysis.weighting import unweighted
from tests.analysis.respondents import some_respondents, tabulate

VARIABLES = ("stratum", "psu")


def sampled(
    people: list[tuple[str, str]],
    answers: list[float],
    *,
    population: dict[str, float] | None = None,
    has_psus: bool = True,
) -> Tabulation:
    """Respondents by stratum and PSU; the population is how many PSUs each stratum has."""
    found = tabulate(some_respondents(people, list(answers), variables=VARIABLES))
    sizes = np.array([(population or {}).get(cell[0], np.inf) for cell in found.cells])
    return replace(
        found,
        strata="stratum",
        psu="psu" if has_psus else None,
        stratum_population=sizes,
    )


TWO_STRATA = [("A", "1"), ("A", "1"), ("A", "2"), ("B", "1"), ("B", "2"), ("B", "2")]
ONE_ALONE = [("A", "1"), ("A", "2"), ("B", "1"), ("B", "1")]


def column(values: list[float]) -> Floats:
    return np.array(values, dtype=float)[:, None]


def test_a_psu_is_counted_within_its_stratum() -> None:
    tabulation = sampled(TWO_STRATA, [1, 0, 1, 1, 0, 1])

    structure = sample_structure(tabulation)

    assert structure.strata == ("A", "B")
    assert list(structure.units) == [2, 2]
    assert degrees_of_freedom(structure, tabulation) == 2


def test_without_psus_respondents_are_the_units() -> None:
    tabulation = sampled(TWO_STRATA, [1, 0, 1, 1, 0, 1], has_psus=False)

    structure = sample_structure(tabulation)

    assert list(structure.units) == [3, 3]
    assert degrees_of_freedom(structure, tabulation) == 4


def test_a_domain_counts_only_strata_and_psus_that_it_has_respondents_in() -> None:
    tabulation = sampled(TWO_STRATA, [1, 0, 1, 1, 0, 1])
    inside = (tabulation.codes("stratum", ("A",)) == 0).astype(float)

    df = degrees_of_freedom(sample_structure(tabulation), tabulation, inside)

    assert df == 1


def test_psus_vary_by_their_totals_within_each_stratum() -> None:
    tabulation = sampled([("A", "1"), ("A", "2"), ("B", "1"), ("B", "2")], [1, 0, 1, 1])
    structure = sample_structure(tabulation)

    found = variance(structure, column([3, 1, 10, 4]), column([9, 1, 100, 16]))

    assert found[0] == pytest.approx(2 * (1 + 1) + 2 * (9 + 9))


def test_a_stratum_that_was_drawn_completely_adds_nothing() -> None:
    tabulation = sampled(
        [("A", "1"), ("A", "2"), ("B", "1"), ("B", "2")], [1, 0, 1, 1], population={"A": 2, "B": 4}
    )

    found = variance(sample_structure(tabulation), column([3, 1, 10, 4]), column([9, 1, 100, 16]))

    assert found[0] == pytest.approx(0.5 * 2 * (9 + 9))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("certainty", 4.0), ("adjust", 4.0 + 25.0), ("average", 8.0)],
)
def test_a_lonely_psu_follows_the_rule(rule: str, expected: float) -> None:
    tabulation = sampled(ONE_ALONE, [1, 0, 1, 0])
    structure = sample_structure(tabulation)

    found = variance(structure, column([3, 1, 5]), column([9, 1, 25]), rule)

    assert found[0] == pytest.approx(expected)


def test_a_lonely_psu_without_a_rule_is_an_error_that_names_the_stratum() -> None:
    tabulation = sampled(ONE_ALONE, [1, 0, 1, 0])

    with pytest.raises(AnalysisError) as caught:
        estimate(tabulation, unweighted(tabulation), "y")

    assert (caught.value.code, caught.value.arguments) == ("lonely_psu", {"stratum": "B"})


def test_a_lonely_psu_that_is_its_whole_stratum_is_no_error() -> None:
    tabulation = sampled(ONE_ALONE, [1, 0, 1, 0], population={"A": 10, "B": 1})

    result = estimate(tabulation, unweighted(tabulation), "y")

    assert result.se is not None


def test_nothing_but_lonely_psus_have_no_average() -> None:
    tabulation = sampled([("A", "1"), ("B", "1")], [1, 0])

    with pytest.raises(AnalysisError, match="lonely_psu_everywhere"):
        estimate(tabulation, unweighted(tabulation), "y", lonely_psu="average")


def test_without_degrees_of_freedom_there_is_no_interval() -> None:
    tabulation = sampled([("A", "1"), ("A", "1"), ("B", "1")], [1, 0, 1])

    result = estimate(tabulation, unweighted(tabulation), "y", lonely_psu="certainty")

    assert (result.df, result.interval) == (0, None)
    assert result.p_below == {0.7: None, 0.6: None}


def test_a_stratum_with_two_populations_is_refused() -> None:
    tabulation = sampled(TWO_STRATA, [1, 0, 1, 1, 0, 1], population={"A": 5, "B": 5})
    differing = np.where(np.arange(len(tabulation.cells)) == 0, 6.0, 5.0)
    object.__setattr__(tabulation, "stratum_population", differing)

    with pytest.raises(AnalysisError) as caught:
        sample_structure(tabulation)

    assert (caught.value.code, caught.value.arguments) == ("population_differs", {"stratum": "A"})


def test_more_psus_than_the_stratum_has_are_refused() -> None:
    tabulation = sampled(TWO_STRATA, [1, 0, 1, 1, 0, 1], population={"A": 1, "B": 5})

    with pytest.raises(AnalysisError) as caught:
        sample_structure(tabulation)

    assert caught.value.arguments == {"stratum": "A", "population": 1.0, "n": 2}
