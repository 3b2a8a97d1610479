"""The bare application: reads a response, inserts it, commits, and only then acknowledges.

`python -m tests.bench.accept_path.app VARIANT URL DESCRIPTOR` serves one variant on a socket
that the parent process has bound. Beside the path itself there are two disturbances: `/slow`, a
report from the database, and `/block`, a library call that blocks for 200 ms.
"""

import socket
import sys
import time
from asyncio import Lock
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Annotated, Any

import uvicorn
from anyio import to_thread
from fastapi import FastAPI, Header
from pydantic import BaseModel, JsonValue

from tests.bench.accept_path.storage import (
    ADD,
    CONNECTIONS,
    FIND,
    SLOW_READ,
    open_async,
    open_threaded,
)
from tests.bench.accept_path.variants import BY_NAME, Variant

BLOCKED_SECONDS = 0.2

Key = Annotated[str, Header(alias="Idempotency-Key")]


class NewResponse(BaseModel):
    """What is sent, in the shape of the real interface."""

    answers: dict[str, JsonValue]


def make_app(variant: Variant, url: str) -> FastAPI:
    """Return the application of a variant."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = CONNECTIONS
        yield

    app = FastAPI(lifespan=lifespan)
    (_add_async_routes if variant.is_async else _add_threaded_routes)(app, variant, url)
    return app


def _add_threaded_routes(app: FastAPI, variant: Variant, url: str) -> None:
    engine = open_threaded(variant, variant.engine_url(url), queued=variant.queued)
    # Reports do not stand in the writers' line.
    reader = open_threaded(variant, variant.engine_url(url), queued=False)

    @app.post("/responses", status_code=201)
    def accept(body: NewResponse, key: Key) -> dict[str, int]:
        with engine.begin() as connection:
            found = connection.execute(FIND, {"key": key}).scalar_one_or_none()
            if found is None:
                result = connection.execute(ADD, {"key": key, "answers": body.answers})
                found = _number(result)
        return {"id": found}

    @app.get("/slow/{begin}")
    def report(begin: str) -> int:
        with reader.connect().execution_options(begin=begin) as connection:
            return int(connection.execute(SLOW_READ[variant.kind]).scalar_one())

    @app.get("/block")
    def call_library() -> None:
        time.sleep(BLOCKED_SECONDS)


def _add_async_routes(app: FastAPI, variant: Variant, url: str) -> None:
    engine = open_async(variant, variant.engine_url(url))
    queue: AbstractAsyncContextManager[None] = Lock() if variant.queued else nullcontext()

    @app.post("/responses", status_code=201)
    async def accept(body: NewResponse, key: Key) -> dict[str, int]:
        async with queue, engine.begin() as connection:
            found = (await connection.execute(FIND, {"key": key})).scalar_one_or_none()
            if found is None:
                result = await connection.execute(ADD, {"key": key, "answers": body.answers})
                found = _number(result)
        return {"id": found}

    @app.get("/slow/{begin}")
    async def report(begin: str) -> int:
        async with engine.execution_options(begin=begin).connect() as connection:
            return int((await connection.execute(SLOW_READ[variant.kind])).scalar_one())

    @app.get("/block")
    async def call_library() -> None:
        # The mistake that is so easily made, here on purpose.
        time.sleep(BLOCKED_SECONDS)


def _number(result: Any) -> int:
    return int(result.inserted_primary_key[0])


def main() -> None:
    """Serve until terminated."""
    name, url, descriptor = sys.argv[1:]
    app = make_app(BY_NAME[name], url)
    config = uvicorn.Config(app, access_log=False, log_level="warning")
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=int(descriptor))])


if __name__ == "__main__":
    main()
