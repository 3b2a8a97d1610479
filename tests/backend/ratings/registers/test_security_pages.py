"""The pages on network-security incidents, asked over HTTP."""

from datetime import date

import pytest
from fastapi.testclient import TestClient

from backend.db.engine import Database
from backend.ratings.registers.incident import IncidentState
from backend.ratings.registers.security_service import change, list_incidents
from backend.staff.rights import Role
from tests.backend.ratings.registers.entries import (
    JINING,
    NOW,
    REVIEWER,
    an_incident,
    incident_fields,
)
from tests.console import sign_in
from tests.forms import read_page

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

LIST = "/staff/ratings/security"
NEW = f"{LIST}/new?area={JINING.code}"
PERIOD = {"area": JINING.code, "first": "2024-01-01", "last": "2024-12-31"}
TYPED = {"dated_on": "2024-05-06", "points": "２", "notice": "第 3 号通报", "state": "reported"}


def test_a_reviewer_registers_an_incident(client: TestClient, database: Database) -> None:
    sign_in(client, Role.REVIEWER)

    reply = client.post(NEW, data=TYPED)

    assert reply.status_code == 303
    with database.read() as session:
        (incident,) = list_incidents(session, JINING.code)
    assert incident.fields == incident_fields(notice="第 3 号通报")


def test_bad_fields_are_marked_and_nothing_typed_is_lost(client: TestClient) -> None:
    sign_in(client, Role.REVIEWER)

    reply = client.post(NEW, data={**TYPED, "points": "两分", "dated_on": "2999-01-01"})

    page = read_page(reply.text)
    assert reply.status_code == 422
    assert page.invalid == ["dated_on", "points"]
    assert (page.typed["points"], page.typed["notice"]) == (["两分"], [TYPED["notice"]])


def test_a_major_incident_may_cost_no_points_and_voids_the_whole(client: TestClient) -> None:
    sign_in(client, Role.REVIEWER)

    reply = client.post(NEW, data={**TYPED, "points": "0", "is_major": "yes"})

    assert reply.status_code == 303
    assert "出现重大网络安全事件，整体不得分。" in client.get(LIST, params=PERIOD).text


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        (19.5, "距整体不得分还有 0.5 分"),
        (20.0, "距整体不得分还有 0 分"),
        (20.5, "累计扣分已超过 20 分，整体不得分。"),
    ],
)
def test_the_page_says_how_far_the_veto_is(
    client: TestClient, database: Database, points: float, sentence: str
) -> None:
    an_incident(database, points=points)
    sign_in(client, Role.EVALUATOR)

    assert sentence in client.get(LIST, params=PERIOD).text


def test_what_lies_outside_the_period_is_not_added_up(
    client: TestClient, database: Database
) -> None:
    an_incident(database, dated_on=date(2023, 12, 31))
    sign_in(client, Role.EVALUATOR)

    assert "距整体不得分还有 20 分" in client.get(LIST, params=PERIOD).text


def test_a_period_that_ends_before_it_begins_is_refused(client: TestClient) -> None:
    sign_in(client, Role.EVALUATOR)

    reply = client.get(LIST, params={**PERIOD, "last": "2023-01-01"})

    assert reply.status_code == 422
    assert "起始日期不能晚于截止日期。" in reply.text


def test_whoever_is_too_late_is_shown_both_versions(client: TestClient, database: Database) -> None:
    incident = an_incident(database)
    handled = incident_fields(state=IncidentState.HANDLING, handling="已下线整改")
    with database.write() as session:
        change(session, incident.public_id, 1, handled, REVIEWER, NOW)
    sign_in(client, Role.REVIEWER)
    typed = {**TYPED, "handling": "联系厂商", "revision": 1}

    reply = client.post(f"{LIST}/{incident.public_id}", data=typed)

    page = read_page(reply.text)
    assert reply.status_code == 409
    assert "已下线整改" in reply.text
    assert page.typed["handling"] == ["联系厂商"]
    assert page.hidden["revision"] == "2"


def test_another_department_may_read_but_not_register(client: TestClient) -> None:
    sign_in(client, Role.DEPARTMENT)

    assert client.get(LIST, params=PERIOD).status_code == 200
    assert client.post(NEW, data=TYPED).status_code == 403
