"""The dispatch table (调度表): what is late or promised too late, by department."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from analysis import shipped
from backend.ratings.rounds.dispatch import DepartmentDispatch, Reason, dispatch
from backend.ratings.rounds.round import Round, Row, RowState
from backend.ratings.rounds.service import Progress
from tests.backend.ratings.rounds.people import PROOF_FREE, SCHOOLS, indicator

DUE = date(2024, 11, 30)
NOW = datetime(2024, 11, 1, tzinfo=UTC)


def a_row(number: int, state: RowState = RowState.EMPTY, due_on: date = DUE) -> Row:
    found = indicator(number)
    return Row(found, found.departments, due_on, state, 0, {}, "", "", None, None)


def a_round(*rows: Row, closed_at: datetime | None = None) -> Round:
    return Round(
        id=1,
        slug="jining-2024",
        title="自评",
        standard=shipped.standard("shandong-2023-city"),
        area_name="济宁市",
        division_code="370800",
        parent_code=None,
        opens_on=date(2024, 10, 1),
        due_on=DUE,
        as_of=date(2024, 10, 31),
        security_from=date(2024, 1, 1),
        survey_slug=None,
        national_benchmark=False,
        revision=1,
        is_demonstration=False,
        created_by="admin@jining.example",
        created_at=NOW,
        closed_by=None,
        closed_at=closed_at,
        frozen_rating=None,
        frozen_sha256=None,
        rows=rows,
    )


def promise(number: int, will_meet_on: date) -> Progress:
    return Progress(number, "整改", None, None, will_meet_on, "市教育局", "a@b.example", NOW)


def of(departments: tuple[DepartmentDispatch, ...], name: str) -> DepartmentDispatch:
    return next(each for each in departments if each.department == name)


def reasons(row: Row, today: date, *progress: Progress) -> tuple[Reason, ...]:
    """Why the only row of a round is in the table."""
    departments = dispatch(a_round(row), progress, today)
    return tuple(reason for each in departments[0].due for reason in each.reasons)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-8, ()),
        (-7, (Reason.DUE_SOON,)),
        (0, (Reason.DUE_SOON,)),
        (1, (Reason.LATE,)),
    ],
    ids=["eight days before", "a week before", "on the day", "the day after"],
)
def test_a_row_is_due_soon_for_a_week_and_late_from_the_day_after(
    days: int, expected: tuple[Reason, ...]
) -> None:
    assert reasons(a_row(SCHOOLS), DUE + timedelta(days)) == expected


@pytest.mark.parametrize("state", [RowState.SUBMITTED, RowState.ACCEPTED])
def test_what_was_handed_in_is_not_late(state: RowState) -> None:
    assert reasons(a_row(SCHOOLS, state), DUE + timedelta(30)) == ()


def test_a_returned_row_is_late_as_well_once_its_day_is_past() -> None:
    row = a_row(SCHOOLS, RowState.RETURNED)

    assert reasons(row, DUE - timedelta(20)) == (Reason.RETURNED,)
    assert reasons(row, DUE + timedelta(1)) == (Reason.LATE, Reason.RETURNED)


def test_a_promise_after_the_due_date_shows_and_so_does_one_that_passed() -> None:
    row, today = a_row(SCHOOLS), DUE - timedelta(20)

    late = reasons(row, today, promise(SCHOOLS, DUE + timedelta(1)))
    passed = reasons(row, today, promise(SCHOOLS, today - timedelta(1)))
    kept = reasons(row, today, promise(SCHOOLS, DUE))

    assert (late, passed, kept) == ((Reason.PROMISED_LATE,), (Reason.PROMISE_PASSED,), ())


def test_the_last_promise_counts() -> None:
    today = DUE - timedelta(20)

    found = reasons(
        a_row(SCHOOLS), today, promise(SCHOOLS, DUE + timedelta(9)), promise(SCHOOLS, DUE)
    )

    assert found == ()


def test_a_row_of_two_departments_is_with_both() -> None:
    departments = dispatch(a_round(a_row(PROOF_FREE)), (), DUE + timedelta(1))

    assert [each.department for each in departments] == ["市大数据中心", "市行政审批服务局"]
    assert [each.count(Reason.LATE) for each in departments] == [1, 1]


def test_departments_that_are_late_come_first_and_all_are_there() -> None:
    rows = (
        a_row(PROOF_FREE, RowState.ACCEPTED),
        a_row(SCHOOLS, due_on=DUE - timedelta(5)),
    )

    departments = dispatch(a_round(*rows), (), DUE - timedelta(1))

    assert departments[0].department == "市教育局"
    assert of(departments, "市大数据中心").handed_in == 1
    assert of(departments, "市大数据中心").due == ()


def test_in_a_closed_round_nothing_is_due_but_promises_stand() -> None:
    row = a_row(SCHOOLS, RowState.RETURNED)
    closed = a_round(row, closed_at=NOW)
    today = DUE + timedelta(30)

    without = dispatch(closed, (), today)
    with_promise = dispatch(closed, [promise(SCHOOLS, DUE)], today)

    assert without[0].due == ()
    assert with_promise[0].due[0].reasons == (Reason.PROMISE_PASSED,)


def test_the_order_of_rows_changes_nothing() -> None:
    rows = (a_row(PROOF_FREE), a_row(SCHOOLS), replace(a_row(11), due_on=DUE - timedelta(9)))
    today = DUE + timedelta(1)

    forwards = dispatch(a_round(*rows), (), today)
    backwards = dispatch(a_round(*reversed(rows)), (), today)

    assert {each.department: each for each in forwards} == {
        each.department: each for each in backwards
    }
