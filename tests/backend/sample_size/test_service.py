import math

import pytest

from analysis.errors import AnalysisError
from backend.sample_size.service import (
    EVERYBODY,
    Goal,
    district_name,
    district_populations,
    margin_sets,
    needed,
)

JINING = "jining-adults-2020"
FIVE_POINTS = Goal(share=0.5, half_width=0.05)


def test_every_shipped_population_is_named_by_its_city() -> None:
    assert margin_sets() == {JINING: "济宁市", "weihai-adults-2020": "威海市"}


def test_a_district_is_named_by_its_official_name() -> None:
    assert [district_name(code) for code in ("370811", "371071", "999999")] == [
        "任城区",
        "威海火炬高技术产业开发区",
        "999999",
    ]


def test_every_district_of_jining_needs_as_many_as_the_city() -> None:
    found = needed(district_populations(JINING), FIVE_POINTS)

    assert len(found.sizes.districts) == 12
    # 384.15 before the finite population correction, and more than 383.5 after it.
    assert {part.size.respondents for part in found.sizes.districts} == {384}
    assert found.sizes.city.respondents == 385


def test_with_that_many_in_each_district_the_city_is_far_more_precise() -> None:
    found = needed(district_populations(JINING), FIVE_POINTS)

    assert found.precision.half_width == pytest.approx(0.05 / math.sqrt(12 / 1.144), abs=2e-4)


def test_the_same_total_is_spread_in_three_ways_and_proportional_is_best_for_the_city() -> None:
    found = needed(district_populations(JINING), FIVE_POINTS)

    widths = {way.allocation: way.precision.half_width for way in found.allocations}
    assert {sum(way.respondents.values()) for way in found.allocations} == {found.sizes.respondents}
    assert widths["proportional"] < widths["square_root"] < widths["equal"]


def test_telling_a_share_from_the_line_asks_for_a_whole_interval_on_one_side() -> None:
    goal = Goal(share=0.75, line=0.7, power=0.8)

    found = needed({EVERYBODY: 1e9}, goal)

    # ((1.959964·√.21 + .841621·√.1875)/.05)² = 637.7
    assert found.sizes.city.respondents == 638


def test_a_population_without_districts_is_not_allocated() -> None:
    found = needed({EVERYBODY: 50_000.0}, FIVE_POINTS)

    assert found.allocations == ()


def test_a_confidence_level_of_one_is_refused_whatever_the_goal() -> None:
    with pytest.raises(AnalysisError) as refused:
        needed({EVERYBODY: 1e6}, Goal(share=0.75, confidence_level=1.0))

    assert refused.value.arguments["name"] == "confidence_level"
