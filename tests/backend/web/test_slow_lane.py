"""However many slow pulls are asked for, residents find a thread."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from backend.web.slow_lane import SLOW_THREADS, in_slow_lane, make_slow_lane

PULLS = 60


@pytest.fixture
def app() -> FastAPI:
    app = FastAPI()
    app.state.slow_lane = make_slow_lane()
    app.state.begun = []
    app.state.may_end = Event()

    @app.get("/slow")
    async def slow(request: Request) -> str:
        def pull() -> str:
            app.state.begun.append(None)
            app.state.may_end.wait(timeout=30)
            return "pulled"

        return await in_slow_lane(request, pull)

    @app.get("/quick")
    def quick() -> str:
        return "answered"

    return app


def test_slow_pulls_wait_in_their_lane_while_others_are_answered(app: FastAPI) -> None:
    with TestClient(app) as client, ThreadPoolExecutor(PULLS) as threads:
        pulls = [threads.submit(client.get, "/slow") for _ in range(PULLS)]

        quick = client.get("/quick")
        begun = len(app.state.begun)
        app.state.may_end.set()

        assert quick.json() == "answered"
        assert begun <= SLOW_THREADS
        assert [pull.result().json() for pull in pulls] == ["pulled"] * PULLS
