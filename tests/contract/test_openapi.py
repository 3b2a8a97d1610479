"""`/openapi.json` is true: what the API really answers fits what it says it answers."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from jsonschema import Draft202012Validator

from backend.db.engine import Database
from tests.backend.published import GOOD_ANSWERS, published

SURVEY = "/api/v1/surveys/{slug}"
RESPONSES = "/api/v1/surveys/{slug}/responses"


@pytest.fixture
def document(client: TestClient) -> dict[str, Any]:
    answer: dict[str, Any] = client.get("/openapi.json").json()
    return answer


def assert_documented(document: dict[str, Any], method: str, path: str, reply: Response) -> None:
    """Check status, media type and shape of a reply."""
    documented = document["paths"][path][method]["responses"]
    media_type = reply.headers["content-type"].partition(";")[0]
    schema = documented[str(reply.status_code)]["content"][media_type]["schema"]
    # References are written from the document's root.
    Draft202012Validator({**schema, "components": document["components"]}).validate(reply.json())


def test_the_document_is_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    assert document["info"]["title"] == "Minsheng"


def test_only_routes_for_programs_are_documented(document: dict[str, Any]) -> None:
    assert all(path.startswith(("/api/", "/healthz", "/readyz")) for path in document["paths"])


def test_every_problem_is_documented_as_one(document: dict[str, Any]) -> None:
    for path in document["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                if status.startswith("4"):
                    assert set(response["content"]) == {"application/problem+json"}, operation
    assert "HTTPValidationError" not in document["components"]["schemas"]


@pytest.mark.parametrize("address", ["hall", "nowhere"])
def test_what_a_survey_answers_is_documented(
    client: TestClient, database: Database, document: dict[str, Any], address: str
) -> None:
    with database.write() as session:
        published(session)

    reply = client.get(f"/api/v1/surveys/{address}")

    assert_documented(document, "get", SURVEY, reply)


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (201, {"answers": GOOD_ANSWERS}, {}),
        (200, {"answers": GOOD_ANSWERS}, {"Idempotency-Key": "taken"}),
        (409, {"answers": GOOD_ANSWERS, "channel": "x"}, {"Idempotency-Key": "taken"}),
        (422, {"answers": {}}, {}),
        (422, {"answer": {}}, {}),
        (415, {}, {"Content-Type": "text/plain"}),
        (413, {"answers": {"why": "x" * 300_000}}, {}),
        (403, {"answers": GOOD_ANSWERS}, {"Origin": "https://evil.example"}),
    ],
)
def test_what_sending_a_response_answers_is_documented(
    client: TestClient,
    database: Database,
    document: dict[str, Any],
    status: int,
    body: dict[str, Any],
    headers: dict[str, str],
) -> None:
    with database.write() as session:
        published(session)
    address = RESPONSES.format(slug="hall")
    taken = {"Idempotency-Key": "taken"}
    assert client.post(address, json={"answers": GOOD_ANSWERS}, headers=taken).status_code == 201

    reply = client.post(address, json=body, headers=headers)

    assert reply.status_code == status
    assert_documented(document, "post", RESPONSES, reply)
