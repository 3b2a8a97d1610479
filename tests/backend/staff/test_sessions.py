from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from backend.db.engine import Database
from backend.staff.models import StaffSession
from backend.staff.service import Role, Staff, add_account, begin_session, end_session
from backend.staff.service.accounts import check_password
from backend.staff.service.sessions import IDLE, LIFETIME, recognise

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def staff(database: Database) -> Staff:
    with database.write() as session:
        add_account(session, "li@jining.example", Role.EVALUATOR, "correct horse battery", NOW)
    staff = check_password(database, "li@jining.example", "correct horse battery", NOW)
    assert staff is not None
    return staff


def test_a_session_tells_who_has_signed_in(database: Database, staff: Staff) -> None:
    token = begin_session(database, staff, NOW)

    assert recognise(database, token, NOW) == staff


def test_an_unknown_token_is_nobodys(database: Database, staff: Staff) -> None:
    begin_session(database, staff, NOW)

    assert recognise(database, "another token", NOW) is None


def test_the_token_itself_is_not_stored(database: Database, staff: Staff) -> None:
    token = begin_session(database, staff, NOW)

    with database.read() as session:
        [stored] = session.scalars(select(StaffSession)).all()

    assert token not in vars(stored).values()
    assert len(stored.token_hash) == 64


def test_a_session_ends_by_itself_when_idle(database: Database, staff: Staff) -> None:
    token = begin_session(database, staff, NOW)

    assert recognise(database, token, NOW + IDLE) is None


def test_use_keeps_a_session_alive(database: Database, staff: Staff) -> None:
    token = begin_session(database, staff, NOW)
    recognise(database, token, NOW + IDLE - SECOND)

    assert recognise(database, token, NOW + 2 * IDLE - 2 * SECOND) == staff


def test_no_use_keeps_a_session_alive_beyond_twelve_hours(database: Database, staff: Staff) -> None:
    token = begin_session(database, staff, NOW)
    moment = NOW
    while moment < NOW + LIFETIME - IDLE:
        moment += IDLE - SECOND
        assert recognise(database, token, moment) == staff

    assert recognise(database, token, NOW + LIFETIME) is None


def test_use_within_a_minute_is_not_written_down(database: Database, staff: Staff) -> None:
    token = begin_session(database, staff, NOW)
    recognise(database, token, NOW + timedelta(seconds=59))

    with database.read() as session:
        [stored] = session.scalars(select(StaffSession)).all()

    assert stored.last_used_at == NOW


def test_signing_out_ends_this_session_and_no_other(database: Database, staff: Staff) -> None:
    here, elsewhere = begin_session(database, staff, NOW), begin_session(database, staff, NOW)

    end_session(database, here, NOW)

    assert recognise(database, here, NOW) is None
    assert recognise(database, elsewhere, NOW) == staff


def test_expired_sessions_are_cleared_away_by_the_next_one(
    database: Database, staff: Staff
) -> None:
    begin_session(database, staff, NOW)

    begin_session(database, staff, NOW + LIFETIME)

    with database.read() as session:
        assert len(session.scalars(select(StaffSession)).all()) == 1
