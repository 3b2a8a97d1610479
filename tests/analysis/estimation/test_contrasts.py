import math

import numpy as np
import pytest

from analysis.estimation import (
    adjusted,
    domain_differences,
    estimate,
    sample_difference,
)
from analysis.estimation.contrasts import Difference
from analysis.margins import Margin, Margins
from analysis.weighting import rake, unweighted
from tests.analysis.respondents import Respondents, some_respondents, tabulate

SEXES = Margins((Margin("sex", ("f", "m"), (52.0, 48.0)),))


def city(seed: int = 7, n: int = 240) -> Respondents:
    chance = np.random.default_rng(seed)
    districts = chance.choice(["A", "B", "C"], n)
    sexes = chance.choice(["f", "m"], n, p=[0.7, 0.3])
    answers = (chance.random(n) < np.where(districts == "A", 0.8, 0.6)).astype(float)
    cells = list(zip(districts.tolist(), sexes.tolist(), strict=True))
    return some_respondents(cells, answers.tolist(), variables=("district", "sex"))


def difference_by_respondent(people: Respondents, weight: np.ndarray) -> tuple[float, float]:
    """B less A, person by person: the textbook linearised difference after raking to sexes."""
    y = people.answers[:, 0]
    district = np.array([own[0] for own in people.categories])
    sex = np.array([own[1] for own in people.categories])
    z, value = np.zeros(len(y)), 0.0
    for name, sign in (("A", -1.0), ("B", 1.0)):
        inside = district == name
        mean = np.average(y[inside], weights=weight[inside])
        z[inside] += sign * (y[inside] - mean) / weight[inside].sum()
        value += sign * mean
    for name in ("f", "m"):
        z[sex == name] -= z[sex == name].mean()
    u = weight * z
    n = len(y)
    return float(value), math.sqrt(n / (n - 1) * ((u - u.mean()) ** 2).sum())


def test_the_difference_of_two_districts_is_that_of_the_respondents() -> None:
    people = city()
    tabulation = tabulate(people)
    weights = rake(tabulation, SEXES)

    found = domain_differences(tabulation, weights, "y", "district")

    factor = dict(zip(tabulation.cells, weights.factor, strict=True))
    weight = np.array([factor[own] for own in people.categories])
    expected = difference_by_respondent(people, weight)
    assert [(pair.from_, pair.to) for pair in found] == [("A", "B"), ("A", "C"), ("B", "C")]
    assert (found[0].estimate, found[0].se) == pytest.approx(expected, rel=1e-10)


def test_a_district_is_compared_with_all_others_together() -> None:
    people = city()
    tabulation = tabulate(people)
    joined = tabulation.recode("district", {"C": "B"})

    against_rest = domain_differences(
        tabulation, unweighted(tabulation), "y", "district", from_rest=True
    )
    (pair,) = domain_differences(joined, unweighted(joined), "y", "district")

    assert [(found.from_, found.to) for found in against_rest] == [
        (None, "A"),
        (None, "B"),
        (None, "C"),
    ]
    assert against_rest[0].estimate == pytest.approx(-(pair.estimate or 0.0))
    assert against_rest[0].se == pytest.approx(pair.se)


def test_waves_are_drawn_apart_so_variances_and_degrees_of_freedom_add() -> None:
    first, second = (
        estimate(tabulation, unweighted(tabulation), "y")
        for tabulation in (tabulate(city(1)), tabulate(city(2, 180)))
    )

    found = sample_difference(("2023", first), ("2024", second))

    assert first.se is not None
    assert second.se is not None
    assert found.se == pytest.approx(math.hypot(first.se, second.se))
    assert found.df == 239 + 179
    assert (found.from_, found.to) == ("2023", "2024")


def test_a_district_that_nobody_answered_in_has_no_difference() -> None:
    people = some_respondents([("A",), ("A",), ("B",)], [1.0, 0.0, None])
    tabulation = tabulate(people)

    (found,) = domain_differences(tabulation, unweighted(tabulation), "y", "district")

    assert (found.estimate, found.se, found.interval, found.p_value) == (None, None, None, None)


def differing(*p_values: float | None) -> list[Difference]:
    return [Difference("y", "A", "B", 0.0, 1.0, (0, 0), p, p, 9) for p in p_values]


def test_holm_multiplies_the_smallest_p_value_by_the_number_of_comparisons() -> None:
    found = adjusted(differing(0.04, 0.01, None, 0.03))

    assert [one.p_adjusted for one in found] == pytest.approx([0.06, 0.03, None, 0.06])


def test_an_adjusted_p_value_never_exceeds_1() -> None:
    found = adjusted(differing(0.9, 0.8))

    assert [one.p_adjusted for one in found] == [1.0, 1.0]


def test_the_sign_follows_the_order_of_the_categories() -> None:
    tabulation = tabulate(city())
    weights = rake(tabulation, SEXES)

    forward = domain_differences(tabulation, weights, "y", "district", categories=("A", "B"))
    backward = domain_differences(tabulation, weights, "y", "district", categories=("B", "A"))

    assert forward[0].estimate == pytest.approx(-(backward[0].estimate or 0.0))
    assert forward[0].p_value == pytest.approx(backward[0].p_value)
