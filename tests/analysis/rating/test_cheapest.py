import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import reduce
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis import shipped
from analysis.errors import AnalysisError
from analysis.rating.assessment import (
    Assessment,
    InnovationCase,
    SecurityDeduction,
    SecurityRecord,
)
from analysis.rating.cheapest import Unreachable, Way, cheapest
from analysis.rating.innovation import innovation_bonus
from analysis.rating.options import Terms
from analysis.rating.rate import rate
from analysis.rating.standard import LEVELS, Standard
from tests.analysis.rating.standards import (
    AS_OF,
    LEAKS,
    STARS,
    a_standard,
    an_assessment,
    an_indicator,
)


def way(assessment: Assessment, star: Any = "three", terms: Terms | None = None) -> Way:
    """The way to a star that is known to be in reach."""
    found = cheapest(assessment, rate(assessment), star, terms)
    assert isinstance(found, Way)
    return found


def levels_of(found: Way) -> list[tuple[int, str]]:
    return [(step.indicator.number, step.level) for step in found.steps]


def with_star_at(points: float, *indicators: Any, **rows: Any) -> Standard:
    """A standard of these indicators, whose three stars need so many points."""
    return a_standard(indicators, stars=[{**STARS[0], "points": points}], **rows)


def cases(*kinds: str) -> tuple[InnovationCase, ...]:
    return tuple(InnovationCase(AS_OF, f"{at}", kind) for at, kind in enumerate(kinds))


def deductions(points: float) -> SecurityRecord:
    return SecurityRecord((SecurityDeduction(date(2024, 3, 1), points, "通报"),))


def test_a_star_that_is_held_costs_nothing() -> None:
    found = way(an_assessment(levels={1: "five", 2: "three"}))

    assert (found.steps, found.more_cases, found.cost, found.points_missing) == ((), (), 0.0, 0.0)


def test_the_cheaper_of_two_steps_is_taken() -> None:
    assessment = an_assessment(with_star_at(1, an_indicator([1]), an_indicator([1])))

    found = way(assessment, terms=Terms(costs={(1, "five"): 3.0, (2, "five"): 2.0}))

    assert (levels_of(found), found.cost) == ([(2, "five")], 2.0)


def test_two_small_steps_go_before_one_that_costs_more() -> None:
    indicators = [an_indicator([2]), an_indicator([1]), an_indicator([1])]
    costs = {(1, "five"): 3.0, (2, "five"): 1.0, (3, "five"): 1.5}

    found = way(an_assessment(with_star_at(2, *indicators)), terms=Terms(costs=costs))

    assert levels_of(found) == [(2, "five"), (3, "five")]


def test_steps_cost_their_effort_when_nobody_says_otherwise() -> None:
    standard = with_star_at(1, an_indicator([1]), an_indicator([1]))

    found = way(an_assessment(standard, figures={2: {"online_rate": 0.6}}))

    assert (levels_of(found), found.cost) == ([(2, "five")], pytest.approx(1 / 3))


def test_one_indicator_is_raised_once() -> None:
    standard = with_star_at(4, an_indicator([1, 3]), an_indicator([1]))

    found = way(an_assessment(standard), terms=Terms(costs={(2, "five"): 99.0}))

    assert levels_of(found) == [(1, "five"), (2, "five")]


def test_at_the_same_cost_the_fewest_changes_are_made() -> None:
    indicators = [an_indicator([1]), an_indicator([1]), an_indicator([2])]
    costs = {(1, "five"): 1.0, (2, "five"): 1.0, (3, "five"): 2.0}

    found = way(an_assessment(with_star_at(2, *indicators)), terms=Terms(costs=costs))

    assert levels_of(found) == [(3, "five")]


def test_at_the_same_cost_and_changes_the_lower_numbers_are_raised() -> None:
    standard = with_star_at(2, *[an_indicator([1]) for _ in range(4)])

    found = way(an_assessment(standard))

    assert levels_of(found) == [(1, "five"), (2, "five")]


def test_at_the_same_cost_no_more_is_asked_of_an_indicator_than_needed() -> None:
    found = way(an_assessment(with_star_at(1, an_indicator([1, 2, 3]))))

    assert levels_of(found) == [(1, "three")]


def test_what_cannot_be_raised_is_left_alone() -> None:
    standard = with_star_at(1, an_indicator([1]), an_indicator([1]))

    found = way(an_assessment(standard), terms=Terms(excluded=frozenset({1})))

    assert levels_of(found) == [(2, "five")]


def test_the_survey_deduction_is_made_up_too() -> None:
    found = way(an_assessment(satisfaction=0.69, levels={1: "five"}))

    assert found.points_missing == pytest.approx(20)


def test_a_balance_below_nothing_is_made_up_too() -> None:
    assessment = an_assessment(satisfaction=0.69, security=deductions(15))

    found = way(assessment)

    assert (rate(assessment).total, found.points_missing) == (0.0, pytest.approx(65))


def test_points_are_gained_to_the_line_and_not_a_hair_below_it() -> None:
    standard = with_star_at(0.3, an_indicator([0.1]), an_indicator([0.2]), an_indicator([0.5]))

    found = way(an_assessment(standard), terms=Terms(costs={(3, "five"): 9.0}))

    assert levels_of(found) == [(1, "five"), (2, "five")]


def test_a_share_deducted_from_the_total_must_be_gained_on_top() -> None:
    standard = with_star_at(9.7, an_indicator([9.8]), an_indicator([10]), security=LEAKS)
    costs = {(1, "five"): 1.0, (2, "five"): 2.0}

    found = way(an_assessment(standard, security=deductions(1)), terms=Terms(costs=costs))

    assert (levels_of(found), found.points_gained) == ([(2, "five")], pytest.approx(9.8))


def test_five_stars_want_the_judgement_beside_points() -> None:
    found = way(an_assessment(levels={1: "five", 2: "five"}), "five")

    assert found.conditions == ("national_benchmark",)


def test_five_stars_want_nothing_beside_points_with_the_judgement() -> None:
    found = way(an_assessment(levels={1: "five", 2: "five"}, national_benchmark=True), "five")

    assert found.conditions == ()


def test_innovation_cases_are_added_where_they_are_cheaper() -> None:
    standard = with_star_at(2, an_indicator([2]))

    found = way(
        an_assessment(standard),
        terms=Terms(case_costs={"award": 0.2, "central_media": 0.9}, costs={(1, "five"): 1.0}),
    )

    assert [(each.kind, each.count) for each in found.more_cases] == [("award", 4)]


def test_without_a_cost_no_case_is_considered() -> None:
    assessment = an_assessment(with_star_at(2, an_indicator([1])))

    found = cheapest(assessment, rate(assessment), "three")

    assert isinstance(found, Unreachable)


def test_cases_gain_only_what_their_kind_still_has_room_for() -> None:
    standard = with_star_at(4, an_indicator([1]))
    assessment = an_assessment(standard, innovations=cases("award", "award"))

    found = way(assessment, terms=Terms(case_costs={"award": 0.1}))

    assert [(each.count, each.points) for each in found.more_cases] == [(4, 2.0)]


def test_cases_of_all_kinds_gain_only_what_the_row_still_has_room_for() -> None:
    standard = with_star_at(11, an_indicator([1]))
    assessment = an_assessment(standard, innovations=cases(*["central_media"] * 4, "award"))
    terms = Terms(case_costs={"award": 0.1, "provincial_media": 0.1})

    found = way(assessment, terms=terms)

    # 8.5 of the row's 10 points are taken: 1.5 are left, and one must come from the indicator.
    assert (found.points_gained, levels_of(found)) == (2.5, [(1, "five")])


def test_what_is_possible_is_said_when_the_star_is_out_of_reach() -> None:
    assessment = an_assessment(levels={1: "three"})

    found = cheapest(assessment, rate(assessment), "five", Terms(excluded=frozenset({2})))

    assert isinstance(found, Unreachable)
    assert (found.points_missing, found.points_possible, found.vetoes) == (80, 60, ())


def test_under_a_veto_no_step_helps() -> None:
    assessment = an_assessment(satisfaction=0.59, security=SecurityRecord((), major_incident=True))

    found = cheapest(assessment, rate(assessment), "three")

    assert isinstance(found, Unreachable)
    assert (found.points_possible, found.vetoes) == (0.0, ("satisfaction", "major_incident"))


def test_a_document_without_points_has_no_stars_to_reach() -> None:
    assessment = an_assessment(a_standard(stars=()))

    with pytest.raises(AnalysisError) as error:
        cheapest(assessment, rate(assessment), "three")

    assert error.value.code == "standard_without_stars"


def test_a_star_that_the_document_has_not_is_refused() -> None:
    assessment = an_assessment(with_star_at(1, an_indicator()))

    with pytest.raises(AnalysisError) as error:
        cheapest(assessment, rate(assessment), "five")

    assert error.value.code == "unknown_star"


@st.composite
def searches(draw: st.DrawFn) -> tuple[Assessment, Terms]:
    """Small standards with whatever is held and whatever it costs, and a star somewhere."""
    half_points = st.integers(1, 6).map(lambda halves: halves / 2)
    indicators = [
        an_indicator(sorted(draw(st.sets(half_points, min_size=1, max_size=2))))
        for _ in range(draw(st.integers(1, 3)))
    ]
    standard = with_star_at(draw(st.integers(1, 16)) / 2, *indicators)
    levels = {row.number: ["none", *row.requirements] for row in standard.leveled}
    costs = st.integers(0, 4).map(float)
    terms = Terms(
        costs={
            (number, level): draw(costs)
            for number, names in levels.items()
            for level in LEVELS
            if level in names
        },
        excluded=draw(st.frozensets(st.sampled_from(list(levels)), max_size=1)),
        case_costs=draw(st.dictionaries(st.sampled_from(["award", "central_media"]), costs)),
    )
    kinds = st.sampled_from(["award", "provincial_media", "central_media"])
    assessment = an_assessment(
        standard,
        levels={number: draw(st.sampled_from(names)) for number, names in levels.items()},
        satisfaction=draw(st.sampled_from([0.65, 0.75])),
        security=draw(st.sampled_from([SecurityRecord(), deductions(2)])),
        innovations=cases(*draw(st.lists(kinds, max_size=6))),
    )
    return assessment, terms


# Points, and what is made as small as it goes: cost, changes, sum of row numbers, sum of levels.
Outcome = tuple[float, tuple[float, int, int, int]]


def raised(assessment: Assessment, terms: Terms) -> Iterator[Outcome]:
    """Every way to raise indicators."""
    options: list[list[tuple[float, tuple[float, int, int, int]]]] = []
    for row in assessment.standard.leveled:
        held = assessment.levels[row.number]
        rank = -1 if held == "none" else LEVELS.index(held)
        base = 0.0 if held == "none" else row.requirements[held].points or 0.0
        options.append([(base, (0.0, 0, 0, 0))])
        for level, requirement in row.requirements.items():
            at = LEVELS.index(level)
            if at > rank and row.number not in terms.excluded:
                cost = terms.costs[row.number, level]
                options[-1].append((requirement.points or 0.0, (cost, 1, row.number, at)))
    for chosen in itertools.product(*options):
        yield reduce(added_up, chosen)


def with_cases(assessment: Assessment, terms: Terms) -> Iterator[Outcome]:
    """Every way to add innovation cases, judged by the rule itself."""
    row = assessment.standard.innovation
    assert row is not None
    kinds = [each.kind for each in assessment.innovations]
    most = {"award": 6, "central_media": 5}
    counts = [range(most[kind] + 1 if kind in terms.case_costs else 1) for kind in row.kinds]
    for numbers in itertools.product(*counts):
        more = [kind for kind, count in zip(row.kinds, numbers, strict=True) for _ in range(count)]
        bonus = innovation_bonus(row, cases(*kinds, *more), AS_OF)
        cost = sum(terms.case_costs[kind] for kind in more)
        ranks = sum(list(row.kinds).index(kind) for kind in more)
        yield bonus.total, (cost, len(more), row.number * len(more), ranks)


def added_up(one: Outcome, other: Outcome) -> Outcome:
    (points, keys), (more, others) = one, other
    cost, changes, numbers, levels = (sum(pair) for pair in zip(keys, others, strict=True))
    return points + more, (cost, int(changes), int(numbers), int(levels))


@settings(max_examples=40, deadline=None)
@given(searches())
def test_no_other_set_of_steps_is_better(search: tuple[Assessment, Terms]) -> None:
    assessment, terms = search
    rating = rate(assessment)
    wanted = assessment.standard.stars[0].points + rating.base - rating.balance
    if rating.innovation:
        wanted += rating.innovation.total
    every = itertools.product(raised(assessment, terms), with_cases(assessment, terms))
    outcomes = [added_up(*pair) for pair in every]

    found = cheapest(assessment, rating, "three", terms)

    reaching = [keys for points, keys in outcomes if points >= wanted - 1e-9]
    if isinstance(found, Unreachable):
        assert not reaching
    else:
        assert keys_of(found) == min(reaching)


def keys_of(found: Way) -> tuple[float, int, int, int]:
    steps, added = found.steps, found.more_cases
    kinds = [list(each.row.kinds).index(each.kind) for each in added]
    return (
        found.cost,
        len(steps) + sum(each.count for each in added),
        sum(each.indicator.number for each in steps)
        + sum(each.row.number * each.count for each in added),
        sum(LEVELS.index(each.level) for each in steps)
        + sum(kind * each.count for kind, each in zip(kinds, added, strict=True)),
    )


@settings(max_examples=30, deadline=None)
@given(searches())
def test_what_is_found_does_reach_the_star(search: tuple[Assessment, Terms]) -> None:
    assessment, terms = search
    found = cheapest(assessment, rate(assessment), "three", terms)
    assume(isinstance(found, Way))
    assert isinstance(found, Way)
    kinds = [each.kind for each in assessment.innovations]
    kinds += [each.kind for each in found.more_cases for _ in range(each.count)]

    after = rate(
        replace(
            assessment,
            levels={**assessment.levels, **dict(levels_of(found))},
            innovations=cases(*kinds),
        )
    )

    assert after.standing is not None
    assert after.standing.star is not None
    assert after.balance == pytest.approx(rate(assessment).balance + found.points_gained)


@pytest.mark.parametrize("standard_id", ["shandong-2023-city", "shandong-2023-county"])
def test_five_stars_are_in_reach_from_nothing_in_a_real_table(standard_id: str) -> None:
    standard = shipped.standard(standard_id)
    kinds = {"award": 0.1, "provincial_media": 0.1, "central_media": 0.1}
    assessment = an_assessment(standard)

    found = cheapest(assessment, rate(assessment), "five", Terms(case_costs=kinds))

    assert isinstance(found, Way)
    assert found.points_gained >= 90
