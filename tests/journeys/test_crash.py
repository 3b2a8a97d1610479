"""The server is killed in the middle of a burst: nothing acknowledged is lost, nothing doubled."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Condition, Lock

import httpx
from sqlalchemy import select

from backend.db.engine import Database
from backend.responses.models import Response
from tests.backend.published import GOOD_ANSWERS, published
from tests.servers.live import LiveServer

CLIENTS = 8
SUBMISSIONS = 400
# How many were acknowledged when the server is killed.
KILLS_AT = (100, 250)


class Burst:
    """Clients that send every submission until it is acknowledged, always with the same key."""

    def __init__(self, server: LiveServer) -> None:
        self._server = server
        self._keys: Iterator[int] = iter(range(SUBMISSIONS))
        self._keys_lock = Lock()
        self._changed = Condition()
        self._starts = 1
        self.acknowledged: dict[str, str] = {}
        self.interrupted = 0

    def run(self) -> None:
        """Send everything, killing and starting the server again on the way."""
        with ThreadPoolExecutor(CLIENTS) as threads:
            clients = [threads.submit(self._client) for _ in range(CLIENTS)]
            for count in KILLS_AT:
                with self._changed:
                    self._changed.wait_for(lambda: len(self.acknowledged) >= count)  # noqa: B023
                self._server.kill()
                self._server.start()
                with self._changed:
                    self._starts += 1
                    self._changed.notify_all()
            for client in clients:
                client.result()

    def _client(self) -> None:
        with httpx.Client(base_url=self._server.url, timeout=30) as http:
            while (key := self._next_key()) is not None:
                self._send_until_acknowledged(http, key)

    def _next_key(self) -> str | None:
        with self._keys_lock:
            number = next(self._keys, None)
        return None if number is None else f"submission-{number}"

    def _send_until_acknowledged(self, http: httpx.Client, key: str) -> None:
        while True:
            starts = self._starts
            try:
                reply = http.post(
                    "/api/v1/surveys/hall/responses",
                    json={"answers": GOOD_ANSWERS},
                    headers={"Idempotency-Key": key},
                )
            except httpx.TransportError:
                with self._changed:
                    self.interrupted += 1
                    self._changed.wait_for(lambda: self._starts > starts)  # noqa: B023
                continue
            assert reply.status_code in {200, 201}, reply.text
            with self._changed:
                self.acknowledged[key] = reply.json()["id"]
                self._changed.notify_all()
            return


def test_a_killed_server_loses_no_acknowledged_response_and_doubles_none(
    live_server: LiveServer, database: Database
) -> None:
    with database.write() as session:
        published(session)
    burst = Burst(live_server)

    burst.run()

    with database.read() as session:
        rows = session.execute(select(Response.idempotency_key, Response.public_id)).all()
    assert burst.interrupted >= len(KILLS_AT)
    assert len(rows) == SUBMISSIONS
    assert dict(tuple(row) for row in rows) == burst.acknowledged
