import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, norm

from analysis.design import SampleSize, by_district, for_half_width, for_power
from analysis.errors import AnalysisError

shares = st.floats(0.02, 0.98)


@pytest.mark.parametrize(
    ("share", "half_width", "respondents"),
    [(0.5, 0.05, 385), (0.5, 0.03, 1_068), (0.5, 0.02, 2_401), (0.7, 0.03, 897)],
    ids=["five points", "three points", "two points", "three points at seventy percent"],
)
def test_the_published_table_of_sample_sizes_is_met(
    share: float, half_width: float, respondents: int
) -> None:
    size = for_half_width(share, half_width)

    assert size == SampleSize(respondents, respondents, None)


def test_a_design_effect_multiplies_the_simple_random_size() -> None:
    size = for_half_width(0.5, 0.05, deff=1.5)

    assert size.respondents == math.ceil(384.1458820694124 * 1.5)


def test_a_small_population_needs_fewer() -> None:
    size = for_half_width(0.5, 0.05, population=1_000)

    # 384.1459 / (1 + 383.1459/1000), Cochran (1977), section 4.4.
    assert size.respondents == 278


def test_nobody_needs_more_than_the_population() -> None:
    size = for_half_width(0.5, 0.001, population=500)

    assert size.respondents == 500


def test_participation_multiplies_the_invitations_and_not_the_responses() -> None:
    size = for_half_width(0.5, 0.05, participation=0.1)

    assert (size.respondents, size.invitations) == (385, 3_850)


def test_more_invitations_than_people_are_called_out_of_reach() -> None:
    size = for_half_width(0.5, 0.05, population=2_000, participation=0.1)

    assert not size.is_attainable


@given(share=shares, half_width=st.floats(0.01, 0.2), deff=st.floats(0.5, 4.0))
def test_the_size_is_the_smallest_whose_interval_is_narrow_enough(
    share: float, half_width: float, deff: float
) -> None:
    size = for_half_width(share, half_width, deff=deff).respondents

    variance = norm.ppf(0.975) ** 2 * share * (1 - share) * deff
    assert math.sqrt(variance / size) <= half_width * (1 + 1e-9)
    assert size == 1 or math.sqrt(variance / (size - 1)) > half_width * (1 - 1e-9)


def test_the_size_for_power_is_the_textbook_one() -> None:
    size = for_power(0.65, 0.7, two_sided=True)

    # ((1.959964·√.21 + .841621·√.2275) / .05)², by hand.
    assert size.respondents == 676


def test_a_one_sided_question_needs_fewer_than_a_two_sided_one() -> None:
    one, two = for_power(0.65, 0.7), for_power(0.65, 0.7, two_sided=True)

    assert one.respondents < two.respondents


@pytest.mark.parametrize("share", [0.6, 0.65, 0.75, 0.8])
def test_the_power_is_reached_by_the_exact_binomial_to_a_point(share: float) -> None:
    n = for_power(share, 0.7).respondents

    reject_at = 0.7 + math.copysign(norm.ppf(0.95) * math.sqrt(0.21 / n), share - 0.7)
    beyond = binom.sf if share > 0.7 else binom.cdf
    assert beyond(n * reject_at, n, share) == pytest.approx(0.8, abs=0.025)


def test_a_share_on_the_line_cannot_be_told_from_it() -> None:
    with pytest.raises(AnalysisError) as refused:
        for_power(0.7, 0.7)

    assert refused.value.code == "share_on_the_line"


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("share", {"share": 1.0}),
        ("half_width", {"half_width": 0.0}),
        ("confidence_level", {"confidence_level": 1.0}),
        ("deff", {"deff": 0.0}),
        ("population", {"population": -5.0}),
        ("participation", {"participation": 1.01}),
        ("share", {"share": math.nan}),
    ],
)
def test_a_parameter_outside_its_range_is_named(name: str, arguments: dict[str, float]) -> None:
    with pytest.raises(AnalysisError) as refused:
        for_half_width(**{"share": 0.5, "half_width": 0.05, **arguments})

    assert (refused.value.code, refused.value.arguments["name"]) == ("out_of_range", name)


def test_every_district_needs_its_own_and_the_city_needs_less_than_their_sum() -> None:
    sizes = by_district(
        {"A": 300_000.0, "B": 900.0},
        lambda people: for_half_width(0.5, 0.05, population=people, participation=0.5),
    )

    assert [district.size.respondents for district in sizes.districts] == [384, 270]
    assert (sizes.respondents, sizes.invitations) == (654, 1_308)
    assert sizes.city.respondents == 384


def test_no_districts_are_refused() -> None:
    with pytest.raises(AnalysisError) as refused:
        by_district({}, lambda people: for_half_width(0.5, 0.05, population=people))

    assert refused.value.code == "no_districts"
