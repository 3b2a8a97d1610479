"""What the server writes on standard error, in a process of its own."""

import json
from typing import Any

import httpx
import pytest

from backend.db.engine import Database
from tests.backend.published import GOOD_ANSWERS, published
from tests.servers.live import LiveServer

SECRETS = ("370811", "a-secret-channel", "a-secret-key", "a-secret-query", "a-secret-token")


def written_by(server: LiveServer) -> str:
    # A request's line may follow its reply; a server that has stopped has written them all.
    server.stop()
    return server.log_path.read_text()


def lines(server: LiveServer) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written_by(server).splitlines()]


def requests(server: LiveServer) -> list[dict[str, Any]]:
    return [line for line in lines(server) if line["event"] == "request"]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite only: what is logged of a request does not depend on the database."""
    return sqlite_url


@pytest.fixture
def hall(live_server: LiveServer, database: Database) -> LiveServer:
    with database.write() as session:
        published(session)
    return live_server


def test_a_request_is_one_line_of_json(hall: LiveServer) -> None:
    reply = httpx.get(f"{hall.url}/api/v1/surveys/hall?lang=en")

    (line,) = [each for each in requests(hall) if each["route"] != "/readyz"]
    assert (line["method"], line["route"], line["status"]) == ("GET", "/api/v1/surveys/{slug}", 200)
    assert line["request_id"] == reply.headers["x-request-id"]
    assert line["duration_ms"] > 0
    assert line["timestamp"].endswith("Z")


def test_nothing_of_what_people_sent_is_logged(hall: LiveServer) -> None:
    address = f"{hall.url}/api/v1/surveys/hall/responses?from=a-secret-query"
    headers = {"Idempotency-Key": "a-secret-key", "Authorization": "Bearer a-secret-token"}
    good = {"answers": GOOD_ANSWERS, "channel": "a-secret-channel"}
    bad = {"answers": {**GOOD_ANSWERS, "overall": "370811"}}

    statuses = [
        httpx.post(address, json=body, headers=headers).status_code for body in (good, good, bad)
    ]
    httpx.get(f"{hall.url}/a-secret-query")

    assert statuses == [201, 200, 409]
    written = written_by(hall)
    assert [secret for secret in SECRETS if secret in written] == []


def test_an_unexpected_error_is_logged_by_its_kind_and_place(
    hall: LiveServer, database: Database
) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE responses RENAME TO elsewhere")

    reply = httpx.post(f"{hall.url}/api/v1/surveys/hall/responses", json={"answers": GOOD_ANSWERS})

    assert reply.status_code == 500
    (line,) = [each for each in lines(hall) if each["event"] == "unexpected_error"]
    assert line["error"].startswith("sqlalchemy.exc.")
    assert any("responses/repository.py" in frame for frame in line["frames"])
    assert line["request_id"] == reply.headers["x-request-id"]
    assert "370811" not in written_by(hall)
