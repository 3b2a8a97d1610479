"""Brings a database to the current schema, and tells whether it is there.

A migration runs in one transaction on both databases: it is done whole or not at all. Servers that
start together wait for each other.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from backend.db.engine import Database

SCRIPTS = Path(__file__).parents[1] / "migrations"
# Any number will do, as long as nothing else in the database locks by it.
MIGRATION_LOCK = 20261124


@dataclass(frozen=True)
class MigrationStatus:
    """The revision a database is at (None when it is empty) and the one it should be at."""

    current: str | None
    head: str

    @property
    def is_current(self) -> bool:
        """Whether nothing is left to migrate."""
        return self.current == self.head


def upgrade(database: Database) -> MigrationStatus:
    """Run the migrations that are missing; does nothing when there are none."""
    config = _config()
    with database.engine.begin() as connection:
        if not database.is_sqlite:
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return status(database)


def status(database: Database) -> MigrationStatus:
    """Compare the database with the migrations that this program knows."""
    with database.read() as session:
        current = MigrationContext.configure(session.connection()).get_current_revision()
    return MigrationStatus(current=current, head=_head())


def _config() -> Config:
    config = Config()
    # Alembic reads `%` in options as the start of a placeholder.
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config


@lru_cache(maxsize=1)
def _head() -> str:
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise RuntimeError(f"no migrations in {SCRIPTS}")
    return head
