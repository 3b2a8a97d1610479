from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError, StatementError
from sqlalchemy.orm import Session

from backend.db.engine import Database
from backend.surveys.models import Survey
from tests.backend.published import NOON


def a_survey(slug: str) -> Survey:
    return Survey(slug=slug, status="open", created_at=NOON)


def count(session: Session) -> int:
    return session.execute(select(func.count()).select_from(Survey)).scalar_one()


def test_what_is_written_is_there_for_the_next_reader(database: Database) -> None:
    with database.write() as session:
        session.add(a_survey("one"))

    with database.read() as session:
        assert count(session) == 1


def test_an_error_undoes_the_whole_transaction(database: Database) -> None:
    def write_and_fail() -> None:
        with database.write() as session:
            session.add(a_survey("one"))
            session.flush()
            raise KeyError

    with pytest.raises(KeyError):
        write_and_fail()

    with database.read() as session:
        assert count(session) == 0


def test_a_reading_session_stores_nothing(database: Database) -> None:
    with database.read() as session:
        session.add(a_survey("one"))
        session.flush()

    with database.read() as session:
        assert count(session) == 0


def test_a_reader_is_not_held_up_by_a_writer_nor_sees_its_work_early(database: Database) -> None:
    with database.write() as writing:
        writing.add(a_survey("one"))
        writing.flush()

        with database.read() as reading:
            seen = count(reading)

    assert seen == 0


def test_writers_that_come_together_all_get_their_turn(database: Database) -> None:
    def write(number: int) -> None:
        with database.write() as session:
            session.add(a_survey(f"survey-{number}"))

    with ThreadPoolExecutor(16) as threads:
        list(threads.map(write, range(100)))

    with database.read() as session:
        assert count(session) == 100


def test_writers_of_two_processes_share_one_file(database_url: str) -> None:
    # Two databases stand for two processes: they share no lock in memory.
    databases = [Database(database_url), Database(database_url)]

    def write(number: int) -> None:
        with databases[number % 2].write() as session:
            session.add(a_survey(f"survey-{number}"))

    with ThreadPoolExecutor(16) as threads:
        list(threads.map(write, range(100)))

    with databases[0].read() as session:
        assert count(session) == 100
    for database in databases:
        database.dispose()


def test_a_failed_writer_lets_the_next_one_in(database: Database) -> None:
    with pytest.raises(DatabaseError), database.write() as session:
        session.execute(text("SELECT * FROM no_such_table"))

    with database.write() as session:
        session.add(a_survey("one"))


def test_an_error_does_not_tell_what_was_being_stored(database: Database) -> None:
    with pytest.raises(DatabaseError) as caught, database.write() as session:
        session.execute(text("SELECT :answer FROM no_such_table"), {"answer": "a secret answer"})

    assert "a secret answer" not in str(caught.value)


def test_a_time_comes_back_aware_and_the_same(database: Database) -> None:
    with database.write() as session:
        session.add(a_survey("one"))

    with database.read() as session:
        stored = session.execute(select(Survey.created_at)).scalar_one()

    assert stored == NOON
    assert stored.tzinfo is not None


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    survey = Survey(slug="one", status="open", created_at=datetime(2023, 11, 20))  # noqa: DTZ001

    with pytest.raises(StatementError, match="without a zone"), database.write() as session:
        session.add(survey)
