"""The evaluator's page, asked over HTTP."""

from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient

from backend.db.engine import Database
from backend.staff.service import Role, add_account
from tests.backend.answering import a_survey, an_answer, random_answers, store
from tests.builders import a_questionnaire_text

PATH = "/staff/surveys/example/results"
PASSWORD = "a long enough password"


def sign_in(client: TestClient, database: Database, role: Role) -> None:
    email = f"{role.value}@example.org"
    with database.write() as session:
        add_account(session, email, role, PASSWORD, datetime.now(UTC))
    reply = client.post("/staff/login", data={"email": email, "password": PASSWORD})
    assert reply.status_code == 303


def read(client: TestClient) -> str:
    reply = client.get(PATH)
    assert reply.status_code == 200
    return reply.text


def test_a_visitor_is_sent_to_sign_in(client: TestClient, database: Database) -> None:
    a_survey(database, a_questionnaire_text())

    reply = client.get(PATH)

    assert reply.status_code == 303
    assert reply.headers["location"].startswith("/staff/login")


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.PUBLISHER, Role.ADMIN])
def test_evaluators_publishers_and_admins_may_read_it(
    client: TestClient, database: Database, role: Role
) -> None:
    a_survey(database, a_questionnaire_text())
    sign_in(client, database, role)

    assert client.get(PATH).status_code == 200


def test_handlers_may_not(client: TestClient, database: Database) -> None:
    a_survey(database, a_questionnaire_text())
    sign_in(client, database, Role.HANDLER)

    assert client.get(PATH).status_code == 403


def test_an_unknown_survey_is_not_found(client: TestClient, database: Database) -> None:
    sign_in(client, database, Role.EVALUATOR)

    assert client.get(PATH).status_code == 404


def test_it_says_that_there_are_no_responses_yet(client: TestClient, database: Database) -> None:
    a_survey(database, a_questionnaire_text())
    sign_in(client, database, Role.EVALUATOR)

    page = read(client)

    assert "还没有可以计算满意度的答卷" in page
    assert "四种算法的结果" not in page


def test_it_shows_the_verdict_the_count_and_every_method(
    client: TestClient, database: Database
) -> None:
    survey = a_survey(database, a_questionnaire_text(weighting=None))
    satisfied = [an_answer(overall=5, fields={"government": 5, "health": 5})] * 120
    store(database, survey, satisfied)
    sign_in(client, database, Role.EVALUATOR)

    page = read(client)

    assert '<p class="big" id="responses">120</p>' in page
    assert "整个区间都在同一评分段内，这一结论有统计把握" in page
    assert "模型精度区间" in page
    assert page.count("满意度指数") == 2


def test_without_a_rule_it_shows_the_figures_and_concludes_nothing(
    client: TestClient, database: Database
) -> None:
    definition = a_questionnaire_text().replace("rule: shandong-2023-city", "rule: null")
    store(database, a_survey(database, definition), random_answers(60))
    sign_in(client, database, Role.EVALUATOR)

    page = read(client)

    assert "四种算法的结果" in page
    assert "问卷没有指定评分规则" in page
    assert "评分规则的结论" not in page
    assert "评分线" not in page
    assert 'class="line"' not in page
    assert "扣 10 分" not in page


def test_it_draws_the_lines_of_the_rule(client: TestClient, database: Database) -> None:
    store(database, a_survey(database, a_questionnaire_text()), random_answers(60))
    sign_in(client, database, Role.EVALUATOR)

    page = read(client)

    assert 'class="line" x="60.0"' in page
    assert 'class="line" x="70.0"' in page
    assert "评分规则的结论" in page


def test_it_names_districts_with_too_few_responses_without_figures(
    client: TestClient, database: Database
) -> None:
    survey = a_survey(database, a_questionnaire_text())
    store(database, survey, random_answers(60))
    sign_in(client, database, Role.EVALUATOR)

    page = read(client)

    assert page.count("样本太少") == 9
    assert "邹城市" in page


def test_it_says_when_responses_are_simulated(client: TestClient, database: Database) -> None:
    survey = a_survey(database, a_questionnaire_text())
    store(database, survey, random_answers(12), simulated=True)
    sign_in(client, database, Role.EVALUATOR)

    assert "模拟数据：12 份答卷中有 12 份是程序模拟的" in read(client)


def test_texts_of_the_questionnaire_are_escaped(client: TestClient, database: Database) -> None:
    title = {"zh-CN": "<script>alert(1)</script>", "en": "x"}
    a_survey(database, a_questionnaire_text(title=title))
    sign_in(client, database, Role.EVALUATOR)

    assert "<script>" not in read(client)
