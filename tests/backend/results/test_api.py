"""`GET /api/v1/surveys/{slug}/satisfaction` as the public interface describes it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient

from backend.db.engine import Database
from backend.staff.service import Scope, add_token
from tests.backend.answering import a_survey, random_answers, store
from tests.builders import a_questionnaire_text
from tests.conftest import SECRET_KEY

PATH = "/api/v1/surveys/example/satisfaction"


def a_token(database: Database, scope: Scope = Scope.EVALUATE) -> dict[str, str]:
    with database.write() as session:
        text, _ = add_token(session, SECRET_KEY, "test", [scope], datetime.now(UTC))
    return {"Authorization": f"Bearer {text}"}


def test_nothing_is_told_without_a_token(client: TestClient, database: Database) -> None:
    a_survey(database, a_questionnaire_text())

    reply = client.get(PATH)

    assert reply.status_code == 401
    assert reply.headers["content-type"] == "application/problem+json"


def test_a_token_for_exports_opens_no_results(client: TestClient, database: Database) -> None:
    a_survey(database, a_questionnaire_text())

    reply = client.get(PATH, headers=a_token(database, Scope.EXPORT))

    assert reply.status_code == 403


def test_an_unknown_survey_is_not_found(client: TestClient, database: Database) -> None:
    reply = client.get(PATH, headers=a_token(database))

    assert reply.status_code == 404


def test_a_questionnaire_without_satisfaction_is_not_found(
    client: TestClient, database: Database
) -> None:
    a_survey(database, a_questionnaire_text(satisfaction=None))

    reply = client.get(PATH, headers=a_token(database))

    assert reply.status_code == 404


@pytest.fixture
def answered(client: TestClient, database: Database) -> dict[str, Any]:
    """The satisfaction of a survey with 80 responses."""
    store(database, a_survey(database, a_questionnaire_text()), random_answers(80))
    reply = client.get(PATH, headers=a_token(database))
    assert reply.status_code == 200
    body: dict[str, Any] = reply.json()
    return body


def test_the_composite_stands_on_top_with_its_uncertainty(answered: dict[str, Any]) -> None:
    low, high = answered["ci"]

    assert answered["item"] == "composite"
    assert answered["n"] == 80
    assert 0 < low < answered["estimate"] < high < 1
    assert answered["n_effective"] == pytest.approx(answered["n"] / answered["deff_kish"])
    assert set(answered["p_below"]) == {"0.7", "0.6"}
    assert answered["rule"]["p_below"] == answered["p_below"]


def test_every_item_has_the_shape_of_the_composite(answered: dict[str, Any]) -> None:
    shape = {"item", "n", "estimate", "se", "ci", "deff_kish", "n_effective", "p_below", "domains"}

    assert [item["item"] for item in answered["items"]] == [
        "overall",
        "fields.government",
        "fields.health",
    ]
    assert all(shape <= set(item) for item in [answered, *answered["items"]])


def test_domains_with_few_respondents_are_marked_and_empty(answered: dict[str, Any]) -> None:
    by_district = {domain["category"]: domain for domain in answered["domains"]}

    assert len(by_district) == 12
    assert by_district["370883"] == {
        "variable": "district",
        "category": "370883",
        "label": "邹城市",
        "n": 0,
        "estimate": None,
        "se": None,
        "ci": None,
        "suppressed": True,
    }
    assert not by_district["370811"]["suppressed"]


def test_four_methods_stand_side_by_side_and_one_is_official(answered: dict[str, Any]) -> None:
    official = [method for method in answered["methods"] if method["official"]]

    assert len(answered["methods"]) == 4
    assert len(official) == 1
    assert official[0]["estimate"] == answered["estimate"]
    assert official[0]["verdict"] == answered["rule"]["verdict"]
    assert official[0]["method"] == answered["methodology"]["method"]


def test_the_method_statement_says_what_a_reader_must_know(answered: dict[str, Any]) -> None:
    methodology = answered["methodology"]

    assert methodology["interval"]["name"] == "模型精度区间"
    assert methodology["interval"]["confidence_level"] == 0.95
    assert methodology["weighting"]["method"] == "rake"
    assert methodology["weighting"]["variables"] == ["district", "sex"]
    assert "人口普查" in methodology["weighting"]["source"]
    assert "抽样误差" not in methodology["interval"]["name"]
    assert answered["rule"]["source"]["row"] == 45


def test_without_a_rule_nothing_is_concluded(client: TestClient, database: Database) -> None:
    definition = a_questionnaire_text().replace("rule: shandong-2023-city", "rule: null")
    store(database, a_survey(database, definition), random_answers(80))

    body = client.get(PATH, headers=a_token(database)).json()

    assert body["rule"] is None
    assert set(body["p_below"]) == {"0.7", "0.6"}
    assert 0 < body["estimate"] < 1
    for method in body["methods"]:
        assert method["verdict"] is None
        assert method["verdict_certain"] is None


def test_the_description_says_why_there_may_be_no_rule(client: TestClient) -> None:
    schemas = client.get("/openapi.json").json()["components"]["schemas"]

    assert "names no rule" in schemas["SatisfactionOut"]["properties"]["rule"]["description"]


def test_weights_meet_every_margin(answered: dict[str, Any]) -> None:
    assert answered["converged"]
    for margin in answered["margins"]:
        assert margin["weighted"] == pytest.approx(margin["population"], rel=1e-9)


def test_a_survey_without_responses_has_no_estimate_and_no_verdict(
    client: TestClient, database: Database
) -> None:
    a_survey(database, a_questionnaire_text())

    body = client.get(PATH, headers=a_token(database)).json()

    assert body["n"] == 0
    assert body["estimate"] is None
    assert body["rule"]["verdict"] is None
    assert body["responses"] == 0
    assert body["margins"] == []


@pytest.mark.parametrize("count", [1, 2, 3, 11])
def test_few_responses_are_answered_with_what_can_be_known(
    client: TestClient, database: Database, count: int
) -> None:
    store(database, a_survey(database, a_questionnaire_text()), random_answers(count, seed=count))

    reply = client.get(PATH, headers=a_token(database))

    assert reply.status_code == 200
    assert reply.json()["n"] == count
    assert "NaN" not in reply.text


def test_times_carry_the_offset_of_the_city(answered: dict[str, Any]) -> None:
    assert answered["as_of"].endswith("+08:00")
    assert answered["first_response_at"] == "2024-03-01T12:00:00+08:00"


def test_decision_support_is_for_who_asks_for_it(client: TestClient, database: Database) -> None:
    store(database, a_survey(database, a_questionnaire_text()), random_answers(80))
    token = a_token(database)

    plain = client.get(PATH, headers=token).json()
    asked = client.get(PATH, headers=token, params={"include": "decision"}).json()

    assert plain["decision"] is None
    further = asked["decision"]["further_responses"]
    assert further["responses"] == 100
    assert {gain["variable"] for gain in further["gains"]} == {"district", "sex"}
    assert [found["line"] for found in asked["decision"]["fake_responses"]] == [0.7, 0.6]


def test_another_part_than_those_that_are_known_is_refused(
    client: TestClient, database: Database
) -> None:
    a_survey(database, a_questionnaire_text())

    reply = client.get(PATH, headers=a_token(database), params={"include": "weather"})

    assert reply.status_code == 422


def test_the_method_statement_has_every_item_and_the_questions(answered: dict[str, Any]) -> None:
    disclosure = answered["methodology"]["disclosure"]

    assert len(disclosure["statements"]) == 16
    assert disclosure["statements"][0]["text"] == "大数据中心"
    assert disclosure["unknown"] == ["conductor"]
    assert disclosure["questions"][0] == {
        "wording": "总体满意吗？",
        "rows": [],
        "choices": ["非常满意", "满意", "基本满意", "不满意", "非常不满意"],
        "asked_of_all": True,
    }


def test_each_district_is_compared_with_the_rest(answered: dict[str, Any]) -> None:
    differences = answered["differences"]

    shown = [domain["category"] for domain in answered["domains"] if not domain["suppressed"]]
    assert [found["category"] for found in differences] == shown
    assert all(found["p_adjusted"] >= found["p_value"] for found in differences)


def test_the_balance_names_the_gap_that_weighting_closes(answered: dict[str, Any]) -> None:
    balance = answered["balance"]

    assert balance["largest_before"] > 0.05
    assert balance["largest_after"] < 1e-9
    assert balance["deff_kish"] == pytest.approx(1 + answered["weights"]["cv"] ** 2)
