"""Migrating a database that is in use: what is stored stays, and counts from the first moment."""

from collections.abc import Iterator

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from backend.db import migrate
from backend.db.engine import Database
from backend.surveys.service import PublishedSurvey, fetch_published, publish
from tests.backend.answering import NOW, random_answers, store
from tests.backend.tabulation.rolled_up import change, delete, is_exact, nth, read, roll_up
from tests.builders import a_questionnaire_text

BEFORE_COUNTING_BY_ID = "20261124_02"
STORED = (
    "INSERT INTO responses (public_id, survey_id, version_id, channel, language, submitted_at,"
    " answers, weighting_cell, levels, composite_share_from_4, excluded_reason)"
    " VALUES (:public_id, :survey_id, :version_id, 'web', 'zh-CN', :submitted_at, '{}',"
    " '370811|female', '454', 1.0, :excluded_reason)"
)


@pytest.fixture
def used(empty_database_url: str) -> Iterator[tuple[Database, PublishedSurvey]]:
    """A database with three responses from before they were counted by id, migrated now."""
    database = Database(empty_database_url)
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, BEFORE_COUNTING_BY_ID)
    with database.write() as session:
        publish(session, "example", a_questionnaire_text(), "test", NOW)
        survey = fetch_published(session, "example")
        for number, reason in enumerate((None, "duplicate", None)):
            row = {
                "public_id": f"{number:016d}",
                "survey_id": survey.id,
                "version_id": survey.version_id,
                "submitted_at": NOW.replace(tzinfo=None) if database.is_sqlite else NOW,
                "excluded_reason": reason,
            }
            session.execute(text(STORED), row)
    migrate.upgrade(database)
    yield database, survey
    database.dispose()


def test_stored_responses_keep_their_ids_and_are_not_flagged(
    used: tuple[Database, PublishedSurvey],
) -> None:
    database, survey = used

    with database.read() as session:
        rows = [nth(session, survey, place) for place in range(3)]

    assert [row.id for row in rows] == [1, 2, 3]
    assert [row.excluded_reason for row in rows] == [None, "duplicate", None]
    assert {(row.is_flagged, row.failed_checks, row.device_hash) for row in rows} == {
        (False, None, None)
    }
    assert rows[0].submitted_at == NOW


def test_stored_responses_are_counted_beside_new_ones(
    used: tuple[Database, PublishedSurvey],
) -> None:
    database, survey = used
    roll_up(database, survey)
    change(database, survey, 1, excluded_reason=None)

    store(database, survey, random_answers(4))

    assert read(database, survey).n.sum() == 7
    assert is_exact(database, survey)


def test_no_id_comes_twice_after_the_migration(used: tuple[Database, PublishedSurvey]) -> None:
    database, survey = used
    delete(database, survey, 2)

    store(database, survey, random_answers(1))

    with database.read() as session:
        assert nth(session, survey, 2).id == 4


@pytest.mark.parametrize("wrong", [{"survey_id": 99}, {"version_id": 99}, {"public_id": "0" * 16}])
def test_keys_hold_after_the_migration(
    used: tuple[Database, PublishedSurvey], wrong: dict[str, object]
) -> None:
    database, survey = used
    row = {
        "public_id": "9" * 16,
        "survey_id": survey.id,
        "version_id": survey.version_id,
        "submitted_at": NOW.replace(tzinfo=None) if database.is_sqlite else NOW,
        "excluded_reason": None,
        **wrong,
    }

    with pytest.raises(DatabaseError), database.write() as session:
        session.execute(text(STORED), row)
