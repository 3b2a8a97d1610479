"""The console's pages on live ratings."""

import pytest
from fastapi.testclient import TestClient

from backend.db.engine import Database
from backend.staff.rights import Role
from tests.backend.ratings.opened import a_round, enter
from tests.console import sign_in

ROUND = "/staff/ratings/rounds/jining-2024"
PAGES = (ROUND, f"{ROUND}/gap", f"{ROUND}/what-if", f"{ROUND}/why/1", f"{ROUND}/why/44")


@pytest.fixture
def evaluator(client: TestClient, database: Database) -> TestClient:
    """An evaluator, with a round in which one row was accepted."""
    with database.write() as session:
        a_round(session)
        enter(session, {1: {"online_rate": 0.92}})
    sign_in(client, Role.EVALUATOR)
    return client


def test_without_a_round_the_overview_says_what_to_do(client: TestClient) -> None:
    sign_in(client, Role.REVIEWER)

    page = client.get("/staff/ratings").text

    assert "还没有评价" in page
    assert "/staff/ratings/rounds/new" in page


@pytest.mark.parametrize("path", ["/staff/ratings", *PAGES])
def test_a_page_shows_in_both_languages(evaluator: TestClient, path: str) -> None:
    for language in ("zh-CN", "en"):
        reply = evaluator.get(path, params={"lang": language})
        assert reply.status_code == 200
        assert "2024 年自评" in reply.text


def test_the_gap_names_what_is_missing_to_the_next_points(evaluator: TestClient) -> None:
    page = evaluator.get(f"{ROUND}/gap").text

    assert "政务服务事项在线率：不低于 95%（现为 92%）" in page


def test_a_what_if_changes_the_answer_and_nothing_else(evaluator: TestClient) -> None:
    asked = evaluator.get(f"{ROUND}/what-if", params={"level_1": "five", "points": "3"}).text
    after = evaluator.get(ROUND).text

    assert "假设后（-1 分）" in asked
    assert '<p class="total">1 <small>' in after


def test_a_what_if_takes_figures_as_departments_type_them(evaluator: TestClient) -> None:
    asked = {"figure.1.online_rate": "95%", "figure.39.standards_led": "很多"}

    right = evaluator.get(f"{ROUND}/what-if", params={"figure.1.online_rate": "95%"}).text
    wrong = evaluator.get(f"{ROUND}/what-if", params=asked)

    assert "假设后（+0.5 分）" in right
    assert wrong.status_code == 422
    assert 'value="很多"' in wrong.text


def test_a_what_if_on_another_day_takes_other_cases(evaluator: TestClient) -> None:
    for day, status in (("2026-01-01", 200), ("2023-01-01", 200), ("someday", 422)):
        assert evaluator.get(f"{ROUND}/what-if", params={"as_of": day}).status_code == status


def test_a_what_if_keeps_what_was_typed_and_says_what_is_wrong(evaluator: TestClient) -> None:
    reply = evaluator.get(f"{ROUND}/what-if", params={"satisfaction": "七成"})

    assert reply.status_code == 422
    assert 'value="七成"' in reply.text
    assert "请填写 0 至 100 之间的百分数。" in reply.text


def test_why_leads_from_the_points_to_the_sentence_and_its_source(evaluator: TestClient) -> None:
    page = evaluator.get(f"{ROUND}/why/1").text

    assert "政务服务事项在线率达到90%" in page
    assert "第1项" in page
    assert "92%" in page


def test_a_department_sees_why_of_its_own_rows_only(client: TestClient, database: Database) -> None:
    with database.write() as session:
        a_round(session)
    sign_in(client, Role.DEPARTMENT)

    own, other = client.get(f"{ROUND}/why/5"), client.get(f"{ROUND}/why/1")

    assert (own.status_code, other.status_code) == (200, 403)


def test_the_counties_of_a_city_are_drawn(evaluator: TestClient, database: Database) -> None:
    with database.write() as session:
        county = {"standard_id": "shandong-2023-county", "division_code": "370811"}
        a_round(session, "rencheng-2024", **county)

    reply = evaluator.get("/staff/ratings/cities/370800/counties.svg")

    assert reply.headers["content-type"] == "image/svg+xml"
    assert "任城区" in reply.text
