"""One request, one transaction: committed before the reply leaves.

FastAPI runs what follows a dependency's `yield` after the reply has been sent, unless the
dependency has function scope. With the default scope a response could be acknowledged and then
fail to be stored.

Writers wait for one another, and a request takes several turns on the server's threads. If all of
a burst waited in threads, the one transaction that they wait for would find none to go on with. So
only as many requests write at once as leave threads free; the others wait on the event loop, first
come first served.
"""

from collections.abc import AsyncIterator, Iterator
from typing import Annotated

from anyio import CapacityLimiter
from fastapi import Depends, Request
from sqlalchemy.orm import Session

from backend.db.engine import Database


def database_of(request: Request) -> Database:
    """Return the application's database."""
    database: Database = request.app.state.database
    return database


async def _write_turn(request: Request) -> AsyncIterator[None]:
    turns: CapacityLimiter = request.app.state.write_turns
    async with turns:
        yield


def _write_session(
    database: Annotated[Database, Depends(database_of)],
    _turn: Annotated[None, Depends(_write_turn, scope="function")],
) -> Iterator[Session]:
    with database.write() as session:
        yield session


def _read_session(database: Annotated[Database, Depends(database_of)]) -> Iterator[Session]:
    with database.read() as session:
        yield session


WriteSession = Annotated[Session, Depends(_write_session, scope="function")]
ReadSession = Annotated[Session, Depends(_read_session, scope="function")]
