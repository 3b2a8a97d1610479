from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from backend.db import migrate
from backend.db.engine import Database
from backend.db.tables import metadata
from tests.backend.published import published


def test_models_and_migrations_agree(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})

        differences = compare_metadata(context, metadata)

    assert differences == []


def test_an_empty_database_is_told_from_a_migrated_one(empty_database_url: str) -> None:
    database = Database(empty_database_url)

    before = migrate.status(database)
    after = migrate.upgrade(database)

    assert (before.current, before.is_current) == (None, False)
    assert after.is_current
    database.dispose()


def test_servers_that_start_together_migrate_once(empty_database_url: str) -> None:
    databases = [Database(empty_database_url) for _ in range(4)]

    with ThreadPoolExecutor(len(databases)) as threads:
        results = list(threads.map(migrate.upgrade, databases))

    assert all(result.is_current for result in results)
    for database in databases:
        database.dispose()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE questionnaire_versions SET definition = 'format: 2'",
        "UPDATE questionnaire_versions SET published_by = 'somebody else'",
        "DELETE FROM questionnaire_versions",
    ],
)
def test_the_database_refuses_to_change_a_published_questionnaire(
    database: Database, change: str
) -> None:
    with database.write() as session:
        published(session)

    with pytest.raises(DatabaseError, match="does not change"), database.write() as session:
        session.execute(text(change))
