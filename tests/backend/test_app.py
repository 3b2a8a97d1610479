"""The application as a whole: what every reply has, and that it is committed before it leaves."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event
from starlette.types import Message, Receive, Scope, Send

from backend.app import create_app
from backend.db.engine import Database
from backend.responses.service import count_responses
from backend.settings import Settings
from backend.surveys.service import fetch_published
from tests.backend.published import GOOD_ANSWERS, published

ADDRESS = "/api/v1/surveys/hall/responses"
GOOD = {"answers": GOOD_ANSWERS}


class CommitFails(Exception):
    """What a full disk or a lost connection would raise."""


@pytest.fixture
def hall(client: TestClient, database: Database) -> TestClient:
    with database.write() as session:
        published(session)
    return client


def writing_engine(client: TestClient) -> Any:
    served: Database = client.app.state.database  # type: ignore[attr-defined]
    return served.engine


def test_a_response_is_committed_and_only_then_acknowledged(
    settings: Settings, database: Database
) -> None:
    with database.write() as session:
        published(session)
    order: list[str] = []
    app = create_app(settings)

    async def observed(scope: Scope, receive: Receive, send: Send) -> None:
        async def observed_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                order.append(f"answered {message['status']}")
            await send(message)

        await app(scope, receive, observed_send)

    with TestClient(observed) as client:
        # The pool takes the connection back after the commit, which `commit` would precede.
        event.listen(app.state.database.engine, "checkin", lambda *_: order.append("committed"))
        client.post(ADDRESS, json=GOOD)

    assert order == ["committed", "answered 201"]


def test_a_commit_that_fails_is_never_acknowledged(hall: TestClient, database: Database) -> None:
    def fail(_connection: Any) -> None:
        raise CommitFails

    event.listen(writing_engine(hall), "commit", fail)

    reply = hall.post(ADDRESS, json=GOOD, headers={"Idempotency-Key": "k"})

    assert reply.status_code == 500
    event.remove(writing_engine(hall), "commit", fail)
    assert hall.post(ADDRESS, json=GOOD, headers={"Idempotency-Key": "k"}).status_code == 201
    with database.read() as session:
        assert count_responses(session, fetch_published(session, "hall").id) == 1


def test_an_unexpected_error_is_a_problem_without_detail(hall: TestClient) -> None:
    def fail(_connection: Any) -> None:
        raise RuntimeError("the password is 12345")

    event.listen(writing_engine(hall), "begin", fail)

    reply = hall.post(ADDRESS, json=GOOD)

    assert reply.status_code == 500
    assert reply.headers["content-type"] == "application/problem+json"
    assert "12345" not in reply.text
    assert reply.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/nowhere", "/api/v1/nowhere", "/healthz", "/openapi.json"])
def test_every_reply_has_security_headers_and_a_request_id(client: TestClient, path: str) -> None:
    headers = client.get(path).headers

    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert len(headers["x-request-id"]) == 32


def test_the_bare_address_leads_staff_to_the_console(client: TestClient) -> None:
    assert client.get("/").headers["location"] == "/staff"


@pytest.mark.parametrize("path", ["/healthz", "/s/hall", "/api/v1/surveys/hall"])
def test_what_can_be_read_can_be_asked_for_by_head(hall: TestClient, path: str) -> None:
    reply = hall.head(path)

    assert reply.status_code == 200
    assert reply.headers["content-type"] == hall.get(path).headers["content-type"]


def test_large_replies_are_compressed(hall: TestClient) -> None:
    reply = hall.get("/api/v1/surveys/hall", headers={"Accept-Encoding": "gzip"})

    assert reply.headers["content-encoding"] == "gzip"


def test_an_unknown_address_is_a_problem_for_programs(client: TestClient) -> None:
    of_the_api = client.get("/api/v1/nowhere", headers={"Accept": "text/html"})
    of_a_program = client.get("/nowhere", headers={"Accept": "application/json"})

    for reply in (of_the_api, of_a_program):
        assert reply.status_code == 404
        assert reply.headers["content-type"] == "application/problem+json"
        assert reply.json()["type"] == "urn:minsheng:problem:not-found"


@pytest.mark.parametrize(("language", "title"), [("zh-CN", "没有找到"), ("en", "Not found")])
def test_an_unknown_address_is_a_page_for_people(
    client: TestClient, language: str, title: str
) -> None:
    reply = client.get("/nowhere", headers={"Accept": "text/html", "Accept-Language": language})

    assert reply.status_code == 404
    assert reply.headers["content-type"].startswith("text/html")
    assert title in reply.text
