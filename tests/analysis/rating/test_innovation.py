from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.rating.assessment import InnovationCase
from analysis.rating.innovation import innovation_bonus, leaves_window_on, window
from tests.analysis.rating.standards import AS_OF, INNOVATION

DAY = timedelta(days=1)


def case(title: str, kind: str = "award", dated_on: date = date(2024, 5, 1)) -> InnovationCase:
    return InnovationCase(dated_on, title, kind, "https://example.org")


@pytest.mark.parametrize(
    ("as_of", "first"),
    [
        pytest.param(date(2024, 10, 31), date(2022, 11, 1), id="the last day of a month"),
        pytest.param(date(2024, 1, 1), date(2022, 1, 2), id="the first day of a year"),
        pytest.param(date(2024, 12, 31), date(2023, 1, 1), id="the last day of a year"),
        pytest.param(date(2024, 2, 28), date(2022, 3, 1), id="28 February of a leap year"),
        pytest.param(date(2024, 2, 29), date(2022, 3, 1), id="29 February"),
        pytest.param(date(2024, 3, 1), date(2022, 3, 2), id="1 March"),
        pytest.param(date(2026, 2, 28), date(2024, 2, 29), id="two years after 28 February"),
    ],
)
def test_the_window_is_two_years_that_end_with_the_day_of_the_assessment(
    as_of: date, first: date
) -> None:
    assert window(INNOVATION, as_of) == (first, as_of)


@pytest.mark.parametrize(
    ("dated_on", "leaves_on"),
    [
        pytest.param(date(2022, 11, 1), date(2024, 11, 1), id="an ordinary day"),
        pytest.param(date(2022, 2, 28), date(2024, 2, 28), id="28 February"),
        pytest.param(date(2024, 2, 28), date(2026, 2, 28), id="28 February of a leap year"),
        pytest.param(date(2024, 2, 29), date(2026, 3, 1), id="29 February"),
        pytest.param(date(2022, 3, 1), date(2024, 3, 1), id="1 March"),
    ],
)
def test_a_case_leaves_the_window_two_years_after_its_day(dated_on: date, leaves_on: date) -> None:
    assert leaves_window_on(INNOVATION, dated_on) == leaves_on


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_day_of_leaving_is_the_first_without_the_case(dated_on: date) -> None:
    leaves_on = leaves_window_on(INNOVATION, dated_on)

    assert window(INNOVATION, leaves_on - DAY)[0] <= dated_on < window(INNOVATION, leaves_on)[0]


@pytest.mark.parametrize(
    ("title", "other"),
    [
        pytest.param("智慧停车", "智慧 停车", id="spaces"),
        pytest.param("AI停车", "ai停车", id="letters in another case"),
        pytest.param("5G停车", "５Ｇ停车", id="full-width letters"),
        pytest.param("(智慧)停车", "（智慧）停车", id="full-width brackets"),
    ],
)
def test_titles_written_differently_are_one_case(title: str, other: str) -> None:
    bonus = innovation_bonus(INNOVATION, [case(title), case(other)], AS_OF)

    assert (bonus.total, [each.reason for each in bonus.left_out]) == (0.5, ["duplicate"])


def test_of_duplicates_the_first_by_date_counts() -> None:
    early, late = case("一", dated_on=date(2024, 1, 1)), case("一", dated_on=date(2024, 2, 1))

    bonus = innovation_bonus(INNOVATION, [late, early], AS_OF)

    assert [each.case for each in bonus.counted] == [early]


def test_a_duplicate_counts_when_the_first_was_before_the_window() -> None:
    cases = [case("一", dated_on=date(2022, 10, 31)), case("一", dated_on=date(2022, 11, 1))]

    bonus = innovation_bonus(INNOVATION, cases, AS_OF)

    assert (bonus.total, [each.reason for each in bonus.left_out]) == (0.5, ["before_the_window"])


def test_no_case_is_no_bonus_of_any_kind() -> None:
    bonus = innovation_bonus(INNOVATION, [], AS_OF)

    assert bonus.by_kind == {"award": 0.0, "provincial_media": 0.0, "central_media": 0.0}


def test_every_case_is_either_counted_or_left_out() -> None:
    cases = [case(f"{at}", kind) for at in range(8) for kind in INNOVATION.kinds]

    bonus = innovation_bonus(INNOVATION, cases, AS_OF)

    seen = [each.case for each in (*bonus.counted, *bonus.left_out)]
    assert sorted(seen, key=repr) == sorted(cases, key=repr)


def test_counted_points_add_up_to_the_total() -> None:
    cases = [case(f"{at}", kind) for at in range(8) for kind in INNOVATION.kinds]

    bonus = innovation_bonus(INNOVATION, cases, AS_OF)

    assert sum(each.points for each in bonus.counted) == bonus.total == INNOVATION.cap
