from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.rating.assessment import InnovationCase
from analysis.rating.innovation import innovation_bonus
from analysis.rating.outlook import KindOutlook, Outlook, outlook
from tests.analysis.rating.standards import AS_OF, INNOVATION


def case(kind: str, title: str, dated_on: date = date(2024, 5, 1)) -> InnovationCase:
    return InnovationCase(dated_on, title, kind)


def cases(kind: str, count: int) -> list[InnovationCase]:
    return [case(kind, f"{kind} {at}") for at in range(count)]


def seen(known: Sequence[InnovationCase], days: int = 30) -> Outlook:
    return outlook(INNOVATION, known, AS_OF, days)


def of_kind(known: Sequence[InnovationCase], kind: str) -> KindOutlook:
    return next(each for each in seen(known).kinds if each.key == kind)


def test_one_more_case_adds_the_points_of_its_kind() -> None:
    award = of_kind(cases("award", 2), "award")

    assert (award.points, award.over_cap, award.next_case_adds) == (1.0, 0.0, 0.5)


def test_a_kind_at_its_cap_brings_no_more() -> None:
    award = of_kind(cases("award", 8), "award")

    assert (award.points, award.over_cap, award.next_case_adds) == (3.0, 1.0, 0.0)


def test_a_row_at_its_cap_brings_no_more_of_any_kind() -> None:
    found = seen(cases("central_media", 6))

    assert [each.next_case_adds for each in found.kinds] == [0.0, 0.0, 0.0]
    assert found.over_row_cap == 2.0


def test_the_last_case_is_cut_by_the_cap_of_the_row() -> None:
    known = [*cases("central_media", 4), *cases("award", 3)]

    found = seen(known)

    assert [each.next_case_adds for each in found.kinds] == [0.5, 0.5, 0.5]


def test_what_the_row_cuts_is_not_over_the_cap_of_its_kind() -> None:
    central = of_kind(cases("central_media", 6), "central_media")

    assert (central.points, central.over_cap) == (12.0, 0.0)


def test_duplicates_and_cases_outside_the_window_are_over_no_cap() -> None:
    known = [case("award", "一"), case("award", "一"), case("award", "二", date(2020, 1, 1))]

    award = of_kind(known, "award")

    assert (award.points, award.over_cap) == (0.5, 0.0)


@pytest.mark.parametrize(
    ("days", "titles"),
    [
        pytest.param(9, [], id="the day before"),
        pytest.param(10, ["一"], id="on the day"),
        pytest.param(365, ["一", "二"], id="a year"),
    ],
)
def test_counted_cases_are_announced_before_they_leave(days: int, titles: list[str]) -> None:
    known = [case("award", "二", date(2023, 1, 1)), case("award", "一", date(2022, 11, 10))]

    found = seen(known, days)

    assert [each.case.title for each in found.leaving] == titles


def test_a_leaving_case_says_the_first_day_without_it() -> None:
    found = seen([case("award", "一", date(2022, 11, 10))])

    assert [each.leaves_on for each in found.leaving] == [date(2024, 11, 10)]


def test_the_total_then_is_without_those_that_have_left() -> None:
    found = seen([case("central_media", "一", date(2022, 11, 10)), *cases("award", 1)])

    assert (found.bonus.total, found.total_then) == (2.5, 0.5)


def test_a_case_over_the_cap_moves_up_when_another_leaves() -> None:
    known = [case("provincial_media", "一", date(2022, 11, 10)), *cases("provincial_media", 3)]

    found = seen(known)

    assert (found.bonus.total, found.total_then) == (3.0, 3.0)


def test_cases_of_the_future_are_left_aside() -> None:
    found = seen([case("central_media", "一", date(2024, 11, 10))])

    assert (found.bonus.left_out, found.total_then) == ((), 0.0)


kinds = st.sampled_from(sorted(INNOVATION.kinds))
days = st.dates(date(2022, 9, 1), AS_OF)
registers = st.lists(st.builds(InnovationCase, days, st.sampled_from("一二三四五六七"), kinds))


@given(registers, kinds)
def test_the_next_case_adds_what_the_rule_says(known: list[InnovationCase], kind: str) -> None:
    now = innovation_bonus(INNOVATION, known, AS_OF).total
    then = innovation_bonus(INNOVATION, [*known, case(kind, "新", AS_OF)], AS_OF).total

    found = of_kind(known, kind)

    assert found.next_case_adds == pytest.approx(then - now)
