"""`POST /api/v1/surveys/{slug}/responses`, as the contract and the issue have it."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import select

from backend.db.engine import Database
from backend.responses.models import Response as StoredResponse
from backend.responses.service import count_responses
from backend.surveys.service import Status, fetch_published, set_status
from tests.backend.published import GOOD_ANSWERS, published

ADDRESS = "/api/v1/surveys/hall/responses"
GOOD: dict[str, Any] = {"answers": GOOD_ANSWERS, "channel": "kiosk"}


@pytest.fixture
def hall(client: TestClient, database: Database) -> Iterator[TestClient]:
    """The application with the open survey `hall`."""
    with database.write() as session:
        published(session)
    return client


def stored(database: Database) -> int:
    with database.read() as session:
        return count_responses(session, fetch_published(session, "hall").id)


def assert_problem(reply: Response, status: int) -> dict[str, Any]:
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = reply.json()
    assert problem["status"] == status
    assert {"type", "title", "detail"} <= set(problem)
    return problem


def fields_of(problem: dict[str, Any]) -> set[str]:
    return {error["field"] for error in problem["errors"]}


def test_a_good_response_is_created(hall: TestClient, database: Database) -> None:
    reply = hall.post(ADDRESS, json=GOOD)

    assert reply.status_code == 201
    assert set(reply.json()) == {"id", "received_at"}
    assert re.fullmatch(r"\d{16}", reply.json()["id"])
    assert datetime.fromisoformat(reply.json()["received_at"]).utcoffset() is not None
    assert stored(database) == 1


def test_the_same_key_again_gets_the_same_body(hall: TestClient, database: Database) -> None:
    headers = {"Idempotency-Key": "a key, with blanks"}
    first = hall.post(ADDRESS, json=GOOD, headers=headers)

    second = hall.post(ADDRESS, json=GOOD, headers=headers)

    assert (first.status_code, second.status_code) == (201, 200)
    assert second.content == first.content
    assert stored(database) == 1


def test_who_answers_is_kept_as_a_hash_where_duplicates_are_looked_for(
    client: TestClient, database: Database
) -> None:
    with database.write() as session:
        published(session, quality={"duplicates": {"by": ["identity"]}})

    replies = [client.post(ADDRESS, json={**GOOD, "respondent": "openid-1"}) for _ in range(2)]

    assert [reply.status_code for reply in replies] == [201, 201]
    with database.read() as session:
        hashes = session.scalars(select(StoredResponse.identity_hash)).all()
    assert len(hashes) == 2
    assert len(set(hashes)) == 1
    assert "openid" not in str(hashes)


def test_the_same_key_for_another_respondent_is_another_submission(hall: TestClient) -> None:
    headers = {"Idempotency-Key": "k"}
    hall.post(ADDRESS, json={**GOOD, "respondent": "openid-1"}, headers=headers)

    reply = hall.post(ADDRESS, json={**GOOD, "respondent": "openid-2"}, headers=headers)

    assert_problem(reply, 409)


def test_another_spelling_of_the_same_json_is_the_same_body(hall: TestClient) -> None:
    headers = {"Idempotency-Key": "k", "Content-Type": "application/json; charset=utf-8"}
    rest = '"district":"370811","sex":"female"'
    one = '{"answers":{"overall":4,' + rest + '},"channel":"a"}'
    other = '{ "channel":"\\u0061", "answers":{' + rest + ',"overall":4}}'
    hall.post(ADDRESS, content=one, headers=headers)

    reply = hall.post(ADDRESS, content=other, headers=headers)

    assert reply.status_code == 200


def test_the_same_key_with_another_body_is_a_conflict(hall: TestClient, database: Database) -> None:
    headers = {"Idempotency-Key": "k"}
    hall.post(ADDRESS, json=GOOD, headers=headers)

    reply = hall.post(ADDRESS, json={**GOOD, "channel": "other"}, headers=headers)

    assert_problem(reply, 409)
    assert stored(database) == 1


@pytest.mark.parametrize("key", ["", "k" * 256, "键", "tab\tinside"])
def test_a_key_is_1_to_255_printable_ascii_characters(hall: TestClient, key: str) -> None:
    reply = hall.post(ADDRESS, json=GOOD, headers={"Idempotency-Key": key.encode()})

    assert fields_of(assert_problem(reply, 422)) == {"Idempotency-Key"}


def test_a_key_of_255_characters_is_stored(hall: TestClient) -> None:
    assert hall.post(ADDRESS, json=GOOD, headers={"Idempotency-Key": "k" * 255}).status_code == 201


def test_each_bad_answer_is_named(hall: TestClient, database: Database) -> None:
    answers = {
        "overall": 6,
        "fields": {"government": 5, "health": "very"},
        "district": "110101",
        "extra": "?",
    }

    reply = hall.post(ADDRESS, json={"answers": answers})

    problem = assert_problem(reply, 422)
    assert fields_of(problem) == {"overall", "fields.health", "district", "sex", "extra"}
    assert all(error["message"] for error in problem["errors"])
    assert stored(database) == 0


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"answers"}),
        ({"answers": []}, {"answers"}),
        ({"answers": GOOD_ANSWERS, "chanel": "x"}, {"chanel"}),
        ({"answers": GOOD_ANSWERS, "channel": ""}, {"channel"}),
        ({"answers": GOOD_ANSWERS, "channel": "a b"}, {"channel"}),
        ({"answers": GOOD_ANSWERS, "channel": "x" * 65}, {"channel"}),
        ({"answers": GOOD_ANSWERS, "channel": 7}, {"channel"}),
        ([], {"body"}),
    ],
    ids=str,
)
def test_each_bad_field_of_the_body_is_named(
    hall: TestClient, body: object, fields: set[str]
) -> None:
    assert fields_of(assert_problem(hall.post(ADDRESS, json=body), 422)) == fields


def test_an_empty_body_lacks_everything(hall: TestClient) -> None:
    reply = hall.post(ADDRESS, content=b"", headers={"Content-Type": "application/json"})

    assert fields_of(assert_problem(reply, 422)) == {"body"}


@pytest.mark.parametrize(
    "answers",
    [
        '{"overall": NaN}',
        '{"overall": 1e999}',
        '{"overall": "\\ud800"}',
        '{"overall": "\\u0000"}',
        '{"\\u0000": 1}',
        '{"\\ud800": 1}',
        '{"overall": ' + "[" * 200 + "]" * 200 + "}",
        '{"overall": 1' + "0" * 400 + "}",
    ],
)
def test_json_that_a_database_cannot_hold_is_refused_like_any_bad_answer(
    hall: TestClient, answers: str
) -> None:
    headers = {"Content-Type": "application/json", "Idempotency-Key": "k"}

    reply = hall.post(ADDRESS, content='{"answers": ' + answers + "}", headers=headers)

    assert_problem(reply, 422)


@pytest.mark.parametrize("body", [b"{", b"answers=1", b'{"answers": {}', b"\xff\xfe"])
def test_a_body_that_is_no_json_cannot_be_read(hall: TestClient, body: bytes) -> None:
    reply = hall.post(ADDRESS, content=body, headers={"Content-Type": "application/json"})

    assert_problem(reply, 400)


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/x-www-form-urlencoded", "application/xml", ""]
)
def test_another_media_type_is_refused(hall: TestClient, media_type: str) -> None:
    reply = hall.post(ADDRESS, content=b"{}", headers={"Content-Type": media_type})

    assert_problem(reply, 415)


def test_a_body_over_256_kib_is_too_large(hall: TestClient, database: Database) -> None:
    reply = hall.post(ADDRESS, json={"answers": {"why": "长" * 256 * 1024}})

    assert_problem(reply, 413)
    assert stored(database) == 0


def test_an_unknown_survey_is_not_found(client: TestClient) -> None:
    assert_problem(client.post("/api/v1/surveys/nowhere/responses", json=GOOD), 404)


@pytest.mark.parametrize("status", [Status.PAUSED, Status.CLOSED])
def test_a_survey_that_is_not_open_is_not_found(
    hall: TestClient, database: Database, status: Status
) -> None:
    with database.write() as session:
        set_status(session, "hall", status)

    assert_problem(hall.post(ADDRESS, json=GOOD), 404)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_another_method_is_not_allowed(hall: TestClient, method: str) -> None:
    reply = hall.request(method, ADDRESS)

    # GET of this address is the export of a later issue.
    problem = assert_problem(reply, 405)
    assert reply.headers["allow"] == "POST"
    assert problem["title"]


def test_errors_are_chinese_unless_the_sender_reads_english(hall: TestClient) -> None:
    body = {"answers": {}}
    in_chinese = hall.post(ADDRESS, json=body).json()
    by_header = hall.post(ADDRESS, json=body, headers={"Accept-Language": "en-GB"}).json()
    by_address = hall.post(f"{ADDRESS}?lang=en", json=body).json()

    assert in_chinese["title"] == "答案有误"
    assert by_header["title"].isascii()
    assert all(error["message"].isascii() for error in by_header["errors"])
    assert by_address == by_header


def test_a_page_of_another_site_cannot_send(hall: TestClient, database: Database) -> None:
    reply = hall.post(ADDRESS, json=GOOD, headers={"Origin": "https://evil.example"})

    assert_problem(reply, 403)
    assert stored(database) == 0
