"""Opens the database, and hands out sessions that are one transaction each.

Reading and writing have separate pools, so that a slow report can never take the connection that
a resident's submission needs. What is stored where is the features' business.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine.interfaces import IsolationLevel
from sqlalchemy.orm import Session

from backend.db.url import normalise_url
from backend.db.write_gate import WriteGate

# How long a SQLite writer waits for the one before it, in milliseconds.
BUSY_TIMEOUT_MS = 10_000
# No request may hold a PostgreSQL connection longer than this, in milliseconds.
STATEMENT_TIMEOUT_MS = 30_000
# Connections that each side keeps open; a burst may open as many again.
POOL_SIZE = 10


class Database:
    """One database, by URL.

    Parameters
    ----------
    url
        `sqlite:///PATH` or `postgresql://…`; see `backend.db.url`.
    """

    def __init__(self, url: str) -> None:
        self.url = normalise_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._writer = self._open()
        # One snapshot for a whole report, so that its figures agree with each other while
        # responses come in. SQLite's transactions are that anyway.
        self._reader = self._open(None if self.is_sqlite else "REPEATABLE READ")
        if self.is_sqlite:
            WriteGate(Path(f"{self.url.database}.write-gate")).guard(self._writer)
            event.listen(self._writer, "begin", _begin_immediate)
            event.listen(self._reader, "begin", _begin_deferred)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Open one transaction that is committed at the end, or rolled back on an error.

        It begins with its first statement, so opening it and waiting costs the others nothing.
        """
        with Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open one transaction for reading; whatever it changes is rolled back."""
        with Session(self._reader, expire_on_commit=False) as session:
            yield session

    @property
    def engine(self) -> Engine:
        """The writing engine, for migrations and backups."""
        return self._writer

    def dispose(self) -> None:
        """Close every connection."""
        self._writer.dispose()
        self._reader.dispose()

    def _open(self, isolation_level: IsolationLevel | None = None) -> Engine:
        engine = create_engine(
            self.url,
            isolation_level=isolation_level,
            pool_size=POOL_SIZE,
            max_overflow=POOL_SIZE,
            # A PostgreSQL that was restarted must not cost the next request an error.
            pool_pre_ping=not self.is_sqlite,
            # What residents answered must not get into logs by way of an error's text.
            hide_parameters=True,
        )
        event.listen(engine, "connect", _prepare_sqlite if self.is_sqlite else _prepare_postgresql)
        return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver would open transactions by itself and too late; ours begin in the `begin` event.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        # FULL: what was acknowledged survives a power cut, not only a crash.
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute(f"SET statement_timeout = {STATEMENT_TIMEOUT_MS}")
    cursor.close()
    connection.commit()


def _begin_immediate(connection: Any) -> None:
    # A deferred transaction that turns into a writer fails at once when another has written.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_deferred(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN")
