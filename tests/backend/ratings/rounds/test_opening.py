"""Opening a round: rows, departments and dates; and every bad field named."""

from datetime import date

import pytest

from analysis import shipped
from backend.db.engine import Database
from backend.errors import Forbidden, Invalid, NotFound
from backend.ratings.rounds.round import RowState
from backend.ratings.rounds.service import (
    NewRound,
    fetch_round,
    list_rounds,
    open_round,
)
from tests.backend.ratings.opened import ADMIN, NOW, a_round
from tests.backend.ratings.rounds.people import DATA_BUREAU, PROOF_FREE, REVIEWER, SCHOOLS

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_a_round_has_an_empty_row_for_each_indicator_that_has_levels(database: Database) -> None:
    with database.write() as session:
        opened = a_round(session, departments={SCHOOLS: ("市财政局",)})

    numbers = [each.number for each in shipped.standard("shandong-2023-city").leveled]
    assert [row.number for row in opened.rows] == numbers
    assert {(row.state, row.revision, row.due_on) for row in opened.rows} == {
        (RowState.EMPTY, 0, opened.due_on)
    }
    departments = {row.number: row.departments for row in opened.rows}
    assert departments[PROOF_FREE] == ("市大数据中心", "市行政审批服务局")
    assert departments[SCHOOLS] == ("市财政局",)


@on_sqlite
def test_a_county_whose_code_ships_needs_neither_name_nor_city(database: Database) -> None:
    with database.write() as session:
        opened = a_round(
            session,
            slug="zoucheng-2024",
            standard_id="shandong-2023-county",
            division_code="370883",
            default_department="邹城市大数据中心",
        )

    assert (opened.area_name, opened.parent_code) == ("邹城市", "370800")
    assert {row.departments for row in opened.rows} == {("邹城市大数据中心",)}


@on_sqlite
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"slug": "Jining 2024"}, "slug"),
        ({"slug": "new"}, "slug"),
        ({"title": " "}, "title"),
        ({"standard_id": "shandong-2019"}, "standard_id"),
        ({"division_code": "济宁"}, "division_code"),
        ({"division_code": "110000"}, "area_name"),
        ({"parent_code": "12"}, "parent_code"),
        ({"parent_code": "370800"}, "parent_code"),
        ({"opens_on": None}, "opens_on"),
        ({"due_on": date(2024, 9, 30)}, "due_on"),
        ({"security_from": date(2024, 11, 1)}, "security_from"),
        ({"survey_slug": "no-such-survey"}, "survey_slug"),
        ({"standard_id": "shandong-2023-county", "default_department": ""}, "default_department"),
        ({"default_department": "部" * 101}, "default_department"),
        ({"departments": {SCHOOLS: ("部" * 101,)}}, f"departments.{SCHOOLS}"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(
    database: Database, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused, database.write() as session:
        a_round(session, **changes)  # type: ignore[arg-type]

    assert field in [error.field for error in refused.value.errors]


def test_an_address_is_taken_only_once(database: Database) -> None:
    with database.write() as session:
        a_round(session)

    with pytest.raises(Invalid) as refused, database.write() as session:
        a_round(session, title="另一轮")

    assert [error.field for error in refused.value.errors] == ["slug"]
    with database.read() as session:
        assert [each.title for each in list_rounds(session)] == ["2024 年自评"]


@on_sqlite
def test_departments_open_no_rounds(database: Database) -> None:
    new = NewRound("a", "b", "shandong-2023-city", "370800", *(date(2024, 1, 1),) * 4)

    with pytest.raises(Forbidden), database.write() as session:
        open_round(session, new, DATA_BUREAU, NOW)
    with database.write() as session:
        assert open_round(session, new, REVIEWER, NOW).created_by == REVIEWER.email


@on_sqlite
@pytest.mark.parametrize("slug", ["no-such-round", "a\0b", ""])
def test_an_address_without_a_round_is_not_found(database: Database, slug: str) -> None:
    with pytest.raises(NotFound), database.read() as session:
        fetch_round(session, slug)


@on_sqlite
def test_rounds_are_listed_with_the_newest_day_first(database: Database) -> None:
    with database.write() as session:
        a_round(session, slug="second", as_of=date(2024, 12, 31))
        a_round(session, slug="first", as_of=date(2023, 10, 31), security_from=date(2023, 1, 1))

    with database.read() as session:
        found = list_rounds(session)

    assert [each.slug for each in found] == ["second", "first"]
    assert [len(each.rows) for each in found] == [42, 42]
    assert ADMIN.email == found[0].created_by
