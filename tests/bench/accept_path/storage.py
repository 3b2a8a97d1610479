"""The one table of the bare application, and engines opened as the real server opens them."""

from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    URL,
    Column,
    Engine,
    Insert,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    bindparam,
    create_engine,
    event,
    insert,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from backend.db.write_gate import WriteGate
from tests.bench.accept_path.variants import Variant

# As many connections as threads, and as many for the async variants.
CONNECTIONS = 16

metadata = MetaData()
stored = Table(
    "stored",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("answers", JSON, nullable=False),
)
FIND: Select[int] = select(stored.c.id).where(stored.c.key == bindparam("key"))
ADD: Insert = insert(stored)

# A report that takes a second or so and looks at what the writers change.
SLOW_READ = {
    "sqlite": text(
        "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers"
        " WHERE n < 6000000) SELECT count(*) + (SELECT count(*) FROM stored WHERE id < 10)"
        " FROM numbers"
    ),
    "postgresql": text("SELECT count(*) FROM pg_sleep(1.5)"),
}


def create_tables(url: URL) -> None:
    """Make the table, with the drivers that are there anyway."""
    sync = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+pg8000"}
    engine = create_engine(url.set(drivername=sync[url.get_backend_name()]))
    metadata.create_all(engine)
    engine.dispose()


def open_threaded(variant: Variant, url: URL, *, queued: bool) -> Engine:
    """Open an engine for threads; in a queued one writers wait at the gate that is in service."""
    engine = create_engine(url, pool_size=CONNECTIONS, max_overflow=4)
    if queued:
        # Before the listener that begins: whoever begins has passed the gate.
        WriteGate(Path(f"{url.database}.write-gate")).guard(engine)
    if variant.kind == "sqlite":
        _prepare_sqlite(engine)
    return engine


def open_async(variant: Variant, url: URL) -> AsyncEngine:
    """Open an async engine."""
    engine = create_async_engine(url, pool_size=CONNECTIONS, max_overflow=4)
    if variant.kind == "sqlite":
        _prepare_sqlite(engine.sync_engine)
    return engine


def _prepare_sqlite(engine: Engine) -> None:
    """Commit to the disk, and let writers lock at BEGIN rather than half-way through."""

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: Any) -> None:
        # Our own BEGIN below is the only one.
        connection.isolation_level = None
        for setting in ("busy_timeout = 10000", "journal_mode = WAL", "synchronous = FULL"):
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA {setting}")
            cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        mode = connection.get_execution_options().get("begin", "IMMEDIATE")
        connection.exec_driver_sql(f"BEGIN {mode}")
