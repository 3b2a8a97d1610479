"""`GET /api/v1/surveys/{slug}`, as the contract has it."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from backend.db.engine import Database
from backend.surveys.service import Status, set_status
from tests.backend.published import published

ADDRESS = "/api/v1/surveys/hall"


@pytest.fixture
def survey(client: TestClient, database: Database) -> dict[str, Any]:
    with database.write() as session:
        published(session)
    reply = client.get(ADDRESS)
    assert reply.status_code == 200
    answer: dict[str, Any] = reply.json()
    return answer


def item(survey: dict[str, Any], key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in survey["items"] if each["key"] == key)
    return found


def test_a_survey_has_these_members(survey: dict[str, Any]) -> None:
    items = survey.pop("items")

    assert survey == {
        "slug": "hall",
        "version": 1,
        "title": "示例调查",
        "status": "open",
        "languages": ["zh-CN", "en"],
    }
    assert [each["key"] for each in items] == ["overall", "fields", "improve", "district", "sex"]


def test_an_item_has_choices_or_rows_where_its_kind_has_them(survey: dict[str, Any]) -> None:
    common = {"key", "kind", "title", "required", "show_if"}

    assert set(item(survey, "overall")) == common | {"not_applicable"}
    assert set(item(survey, "sex")) == common | {"choices"}
    assert set(item(survey, "fields")) == common | {"rows", "not_applicable"}
    assert item(survey, "sex")["choices"][0] == {"code": "male", "label": "男"}
    assert item(survey, "fields")["rows"][0] == {"key": "government", "label": "政务"}


def test_an_item_says_what_its_answers_must_keep_to(survey: dict[str, Any]) -> None:
    several = item(survey, "improve")

    assert several["max_selected"] == 2
    assert [c["code"] for c in several["choices"] if c.get("exclusive")] == ["none"]
    assert item(survey, "fields")["not_applicable"] is True


def test_a_division_item_lists_the_codes_that_may_be_sent(survey: dict[str, Any]) -> None:
    choices = item(survey, "district")["choices"]

    assert {"code": "370811", "label": "任城区"} in choices


def test_a_condition_is_sent_as_json_logic(survey: dict[str, Any]) -> None:
    assert item(survey, "improve")["show_if"] == {"<=": [1, {"var": "overall"}, 3]}
    assert item(survey, "overall")["show_if"] is None


def test_texts_come_in_the_language_asked_for(client: TestClient, database: Database) -> None:
    with database.write() as session:
        published(session)

    in_english = client.get(f"{ADDRESS}?lang=en").json()

    assert in_english["title"] == "An example"
    assert item(in_english, "sex")["choices"][0]["label"] == "Male"


@pytest.mark.parametrize("status", [Status.PAUSED, Status.CLOSED])
def test_a_survey_that_is_not_open_is_still_described(
    client: TestClient, database: Database, status: Status
) -> None:
    with database.write() as session:
        published(session)
        set_status(session, "hall", status)

    assert client.get(ADDRESS).json()["status"] == status.value


@pytest.mark.parametrize("slug", ["nowhere", "%00", "%FF", "街道", "a" * 5000, "new"])
def test_an_unknown_survey_is_a_problem(client: TestClient, slug: str) -> None:
    reply = client.get(f"/api/v1/surveys/{slug}")

    assert reply.status_code == 404
    assert reply.headers["content-type"] == "application/problem+json"
