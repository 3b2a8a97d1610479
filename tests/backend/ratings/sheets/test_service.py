"""Export and import of a stored round."""

import pytest

from backend.db.engine import Database
from backend.ratings.rounds.service import fetch_round, list_events, row_of
from backend.ratings.sheets import service
from backend.ratings.sheets.kept import Kept
from backend.ratings.sheets.service import ChangedMeanwhile
from backend.ratings.sheets.uploaded import FileRow
from backend.staff.service import Staff
from tests.backend.ratings.sheets.rounds import (
    ADMIN,
    NOW,
    a_small_workbook,
    department_staff,
    filled,
)
from tests.backend.ratings.sheets.stored import SLUG, enter, open_jining


def previewed(database: Database, content: bytes, staff: Staff) -> list[tuple[int, bool]]:
    with database.read() as session:
        round_ = fetch_round(session, SLUG)
        changes = service.preview(session, round_, "t.xlsx", content, staff)
    return [(change.row.number, change.is_conflict) for change in changes]


def test_an_import_stores_the_chosen_rows_and_leaves_a_trace(database: Database) -> None:
    with database.write() as session:
        open_jining(session)
    rows = (FileRow(1, 0, {"online_rate": 0.95}), FileRow(2, 0, {"cross_level_rate": 0.8}))
    kept = Kept(SLUG, rows, {1: 0, 2: 0})

    with database.write() as session:
        service.carry_out(session, kept, {1}, ADMIN, NOW)

    with database.read() as session:
        round_ = fetch_round(session, SLUG)
        events = list_events(session, round_.id, 1)
    assert [(event.action, event.figures) for event in events] == [
        ("import", {"online_rate": 0.95})
    ]
    assert row_of(round_, 2).figures == {}


def test_nothing_is_stored_when_a_chosen_row_changed_after_the_preview(database: Database) -> None:
    with database.write() as session:
        open_jining(session)
        enter(session, 2, {"cross_level_rate": 0.7})
    rows = (FileRow(1, 0, {"online_rate": 0.95}), FileRow(2, 0, {"cross_level_rate": 0.8}))
    kept = Kept(SLUG, rows, {1: 0, 2: 0})

    with pytest.raises(ChangedMeanwhile), database.write() as session:
        service.carry_out(session, kept, {1, 2}, ADMIN, NOW)

    with database.read() as session:
        assert row_of(fetch_round(session, SLUG), 1).figures == {}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_workbook_may_be_passed_around_while_others_enter(database: Database) -> None:
    with database.write() as session:
        content = a_small_workbook(open_jining(session), 1, 5)
        enter(session, 1, {"online_rate": 0.9})
    content = filled(content, 5, "sharing_request_fulfilment", 数值=0.95)

    found = previewed(database, content, department_staff("市大数据中心"))

    assert found == [(5, False)]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_both_entered_is_a_conflict(database: Database) -> None:
    with database.write() as session:
        content = a_small_workbook(open_jining(session), 1)
        enter(session, 1, {"online_rate": 0.9})
    content = filled(content, 1, "online_rate", 数值=0.95)

    assert previewed(database, content, ADMIN) == [(1, True)]
