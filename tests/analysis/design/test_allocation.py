import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.design import ALLOCATIONS, allocate, precision_of
from analysis.errors import AnalysisError

PEOPLE = {"A": 400_000.0, "B": 100_000.0}
populations = st.dictionaries(
    st.text("ABCDEFG", min_size=1, max_size=3), st.floats(1e3, 1e7), min_size=1, max_size=12
)


@pytest.mark.parametrize(
    ("allocation", "expected"),
    [("proportional", (800, 200)), ("square_root", (667, 333)), ("equal", (500, 500))],
)
def test_respondents_are_spread_as_the_allocation_says(
    allocation: str, expected: tuple[int, int]
) -> None:
    spread = allocate(PEOPLE, 1_000, allocation)

    assert tuple(spread.values()) == pytest.approx(expected, abs=1)


@given(
    people=populations,
    extra=st.integers(0, 5_000),
    allocation=st.sampled_from(sorted(ALLOCATIONS)),
)
def test_an_allocation_adds_up_and_leaves_no_district_out(
    people: dict[str, float], extra: int, allocation: str
) -> None:
    respondents = len(people) + extra

    spread = allocate(people, respondents, allocation)

    assert sum(spread.values()) == respondents
    assert min(spread.values()) >= 1


def test_fewer_respondents_than_districts_are_refused() -> None:
    with pytest.raises(AnalysisError) as refused:
        allocate(PEOPLE, 1)

    assert refused.value.code == "too_few_to_allocate"


def test_a_proportional_allocation_costs_the_city_nothing() -> None:
    precision = precision_of({"A": 4e9, "B": 1e9}, {"A": 800, "B": 200}, 0.5)

    assert precision.deff_allocation == pytest.approx(1.0)
    assert precision.half_width == pytest.approx(1.959964 * math.sqrt(0.25 / 1_000), rel=1e-6)


def test_an_equal_allocation_costs_the_city_kishs_design_effect() -> None:
    precision = precision_of(PEOPLE, {"A": 500, "B": 500}, 0.5)

    # Weights 800 and 200: 1000·(500·800² + 500·200²)/(500·800 + 500·200)².
    assert precision.deff_allocation == pytest.approx(1.36)


def test_asking_everybody_leaves_no_uncertainty() -> None:
    precision = precision_of({"A": 40.0, "B": 10.0}, {"A": 40, "B": 10}, 0.5)

    assert precision.half_width == 0.0
