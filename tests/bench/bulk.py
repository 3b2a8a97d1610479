"""Millions of responses, written inside the database: copies of some thousand that differ.

Their answers are slim, since nothing that is counted is in them.
"""

from sqlalchemy import Connection, create_engine, text

from backend.db.engine import Database
from backend.surveys.service import PublishedSurvey
from tests.bench import city

# Everything that is counted or read by a pull; the rest is empty.
COPIED = (
    *("survey_id", "version_id", "channel", "language", "submitted_at", "simulated"),
    *("weighting_cell", "levels", "is_flagged", "composite_share_from_4"),
    *("composite_share_from_3", "composite_score_100_80_60_30_0"),
    "composite_score_100_75_50_25_0",
)
NUMBERS = {
    True: "WITH RECURSIVE numbers(n) AS"
    " (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :rounds)",
    False: "WITH numbers(n) AS (SELECT generate_series(1, :rounds))",
}
PUBLIC_ID = {
    True: "printf('%016d', n * 1000000 + k)",
    False: "lpad((n::bigint * 1000000 + k)::text, 16, '0')",
}


def fill(database: Database, survey: PublishedSurvey, total: int) -> None:
    """Store `total` responses in an empty database: a multiple of `city.DISTINCT`."""
    city.store_many(database, survey, city.DISTINCT)
    with database.engine.begin() as connection:
        if not database.is_sqlite:
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            # The keys of other tables are right by construction; checking each takes minutes.
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        _copy(connection, database.is_sqlite, total // city.DISTINCT - 1)
    if not database.is_sqlite:
        _vacuum(database)


def _copy(connection: Connection, is_sqlite: bool, rounds: int) -> None:
    columns = ", ".join(COPIED)
    pattern = f"CREATE TEMPORARY TABLE pattern AS SELECT id AS k, {columns} FROM responses"  # noqa: S608
    connection.execute(text(pattern))
    # New numbers ascend, so that every index grows at its end.
    copies = f"SELECT {PUBLIC_ID[is_sqlite]}, '{{}}', {columns} FROM numbers CROSS JOIN pattern"  # noqa: S608
    insert = f"INSERT INTO responses (public_id, answers, {columns}) {copies}"
    # SQLite wants WITH first, PostgreSQL takes it there too.
    statement = text(f"{NUMBERS[is_sqlite]} {insert}".replace("::", "\\:\\:"))
    connection.execute(statement, {"rounds": rounds})
    connection.execute(text("DROP TABLE pattern"))


def _vacuum(database: Database) -> None:
    """Do what autovacuum does within minutes of such a load."""
    # Outside a transaction, which the engines of the application always are in.
    engine = create_engine(database.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("VACUUM ANALYZE responses"))
    engine.dispose()
