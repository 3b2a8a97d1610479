"""The pages on plans and their targets, asked over HTTP."""

from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient

import analysis.shipped
from backend.db.engine import Database
from backend.ratings.registers.plan_service import follow
from backend.staff.rights import Role
from backend.staff.service import SESSION_COOKIE, begin_session
from tests.backend.ratings.registers.entries import TODAY
from tests.console import an_account, sign_in
from tests.forms import read_page

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

PLANS = "/staff/ratings/plans"
PLAN = f"{PLANS}/weihai-2021"
STATIONS = f"{PLAN}/all_5g_stations"
USERS = f"{PLAN}/app_users_ratio"


def sign_in_as_department(client: TestClient, database: Database, department: str) -> None:
    staff = an_account(database, Role.DEPARTMENT, department=department)
    client.cookies.set(SESSION_COOKIE, begin_session(database, staff, datetime.now(UTC)))


def test_every_plan_that_ships_is_listed_and_opens_with_each_target(client: TestClient) -> None:
    sign_in(client, Role.EVALUATOR)
    listed = read_page(client.get(PLANS).text).links

    for plan_id in analysis.shipped.plan_ids():
        links = read_page(client.get(f"{PLANS}/{plan_id}").text).links

        assert f"{PLANS}/{plan_id}" in listed
        for target in analysis.shipped.plan(plan_id).targets:
            assert f"{PLANS}/{plan_id}/{target.key}" in links


def test_a_department_reports_a_figure_of_its_target(
    client: TestClient, database: Database
) -> None:
    sign_in_as_department(client, database, "市工业和信息化局")

    reply = client.post(STATIONS, data={"figure": "3,600 个", "measured_on": "2021-12-30"})

    assert reply.status_code == 303
    page = client.get(STATIONS).text
    assert "3,600 个" in page
    assert "已达到" in page


def test_a_share_is_typed_in_per_cent_and_kept_as_a_share(
    client: TestClient, database: Database
) -> None:
    sign_in(client, Role.REVIEWER)

    client.post(USERS, data={"figure": "79.9％", "measured_on": "2021-12-30"})

    with database.read() as session:
        followed = follow(session, analysis.shipped.plan("weihai-2021"), TODAY)
    (reported,) = [each.progress.latest for each in followed if each.progress.latest]
    assert reported.figure == 0.799


def test_the_last_figure_of_a_day_corrects_those_before(
    client: TestClient, database: Database
) -> None:
    sign_in(client, Role.REVIEWER)
    for figure in ("9999", "999"):
        client.post(STATIONS, data={"figure": figure, "measured_on": "2021-10-01"})

    with database.read() as session:
        followed = follow(session, analysis.shipped.plan("weihai-2021"), TODAY)

    (target,) = [each for each in followed if each.figures]
    assert [each.reported.figure for each in target.figures] == [9999.0, 999.0]
    assert (target.progress.latest, target.progress.status) == (target.figures[1].entry, "late")


def test_another_department_sees_no_form_and_is_refused(
    client: TestClient, database: Database
) -> None:
    sign_in_as_department(client, database, "市教育局")

    assert "figure" not in read_page(client.get(STATIONS).text).names
    assert (
        client.post(STATIONS, data={"figure": "1", "measured_on": "2021-10-01"}).status_code == 403
    )


def test_bad_fields_are_marked_and_nothing_typed_is_lost(client: TestClient) -> None:
    sign_in(client, Role.REVIEWER)

    reply = client.post(STATIONS, data={"figure": "很多", "measured_on": "2999-01-01"})

    page = read_page(reply.text)
    assert reply.status_code == 422
    assert page.invalid == ["figure", "measured_on"]
    assert (page.typed["figure"], page.typed["measured_on"]) == (["很多"], ["2999-01-01"])


def test_targets_are_filtered_by_department_and_status(client: TestClient) -> None:
    sign_in(client, Role.REVIEWER)
    client.post(STATIONS, data={"figure": "3600", "measured_on": "2021-12-30"})

    filters = {"department": "市工业和信息化局", "status": "met"}
    links = read_page(client.get(PLAN, params=filters).text).links

    assert [link for link in links if link.startswith(f"{PLAN}/")] == [STATIONS]


@pytest.mark.parametrize("path", [f"{PLANS}/no-such-plan", f"{PLAN}/no_such_target"])
def test_what_no_plan_has_is_not_found(client: TestClient, path: str) -> None:
    sign_in(client, Role.EVALUATOR)

    assert client.get(path).status_code == 404
