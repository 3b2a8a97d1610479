"""One statement that inserts a row, or does nothing when a unique constraint already holds it.

A violated constraint raises an error that aborts a PostgreSQL transaction; `ON CONFLICT DO
NOTHING`, which both databases know, leaves the transaction whole, so that the caller can look up
what was there first. It also waits for a concurrent insert of the same key to commit or roll back.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from backend.db.base import Model


def insert_unless_taken(session: Session, model: type[Model], row: Mapping[str, Any]) -> bool:
    """Insert the row and return True, or return False when it clashes with one that is there."""
    connection = session.connection()
    statement = _statement(model, connection.dialect.name)
    return connection.execute(statement, dict(row)).rowcount == 1


@cache
def _statement(model: type[Model], dialect: str) -> Insert:
    # Built once: taking 23 columns apart anew was a quarter of what accepting a response costs.
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    # Inline: no key is wanted back, so that `rowcount` tells of the insert alone.
    return insert(cast(Table, model.__table__)).on_conflict_do_nothing().inline()
