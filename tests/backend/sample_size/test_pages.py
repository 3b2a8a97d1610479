"""The sample-size page, asked over HTTP."""

from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient

from backend.db.engine import Database
from backend.staff.service import Role, add_account

# The page reads no table of its own.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

PATH = "/staff/sample-size"
PASSWORD = "a long enough password"


def sign_in(client: TestClient, database: Database, role: Role = Role.EVALUATOR) -> None:
    with database.write() as session:
        add_account(session, f"{role.value}@example.org", role, PASSWORD, datetime.now(UTC))
    fields = {"email": f"{role.value}@example.org", "password": PASSWORD}
    assert client.post("/staff/login", data=fields).status_code == 303


def test_a_visitor_is_sent_to_sign_in(client: TestClient) -> None:
    reply = client.get(PATH)

    assert (reply.status_code, reply.headers["location"].split("?")[0]) == (303, "/staff/login")


def test_handlers_may_not_read_it(client: TestClient, database: Database) -> None:
    sign_in(client, database, Role.HANDLER)

    assert client.get(PATH).status_code == 403


def test_without_an_address_to_go_by_it_answers_for_every_district(
    client: TestClient, database: Database
) -> None:
    sign_in(client, database)

    page = client.get(PATH).text

    assert "邹城市" in page
    assert "各县（市、区）都达到目标" in page


def test_the_answer_follows_what_was_typed(client: TestClient, database: Database) -> None:
    sign_in(client, database)

    page = client.get(
        PATH,
        params={
            "margins": "",
            "population": "1000",
            "share": "50",
            "half_width": "5",
            "deff": "1",
            "participation": "20",
        },
    ).text

    assert 'id="city-respondents">278<' in page
    assert "需邀请 1,390 人" in page
    assert "需邀请的人数超过总人口，目标达不到。" in page
    assert "各县（市、区）都达到目标" not in page


def test_a_fault_stands_beside_its_field_and_what_was_typed_is_kept(
    client: TestClient, database: Database
) -> None:
    sign_in(client, database)

    reply = client.get(PATH, params={"share": "很多"})

    assert reply.status_code == 422
    assert '<p class="error" id="share-error">预计满意度应填写数字。</p>' in reply.text
    assert 'value="很多"' in reply.text


def test_the_list_of_surveys_leads_to_it(client: TestClient, database: Database) -> None:
    sign_in(client, database)

    assert f'href="{PATH}"' in client.get("/staff/surveys").text
