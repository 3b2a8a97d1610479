"""The pages on innovation cases, asked over HTTP."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from backend.db.engine import Database
from backend.ratings.registers.innovation_case import CaseState
from backend.ratings.registers.innovation_service import edit, fetch_case, list_cases, review
from backend.staff.rights import Role
from tests.backend.ratings.registers.entries import (
    JINING,
    NOW,
    REVIEWER,
    TODAY,
    a_case,
    case_fields,
)
from tests.console import sign_in
from tests.forms import read_page

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

LIST = "/staff/ratings/innovation"
NEW = f"{LIST}/new?area={JINING.code}"
TYPED = {
    "kind": "award",
    "dated_on": "2024-03-01",
    "title": "智慧停车入选省级优秀应用场景",
    "issuer": "省大数据局",
    "evidence_url": "https://example.cn/parking",
}


def accept(database: Database, public_id: str) -> None:
    with database.write() as session:
        review(session, public_id, 1, CaseState.ACCEPTED, "", REVIEWER, NOW)


def test_a_department_registers_a_case_in_its_own_name(
    client: TestClient, database: Database
) -> None:
    sign_in(client, Role.DEPARTMENT)

    reply = client.post(NEW, data={**TYPED, "department": "市公安局"})

    assert reply.status_code == 303
    with database.read() as session:
        (case,) = list_cases(session, JINING.code)
    assert reply.headers["location"] == f"{LIST}/{case.public_id}?done=proposed"
    assert (case.department, case.state) == ("市大数据中心", CaseState.PROPOSED)


def test_every_bad_field_has_its_own_message_and_nothing_typed_is_lost(client: TestClient) -> None:
    sign_in(client, Role.REVIEWER)
    typed = {
        "kind": "unknown",
        "dated_on": "2999-01-01",
        "title": "",
        "issuer": "发" * 201,
        "evidence_url": "ftp://example.cn",
        "department": "",
    }

    reply = client.post(NEW, data=typed)

    page = read_page(reply.text)
    assert reply.status_code == 422
    assert {name for name in page.ids if name.endswith("-error")} == {
        f"{name}-error" for name in typed
    }
    assert "日期不能晚于今天" in page.text_by_id["dated_on-error"]
    assert page.typed["issuer"] == [typed["issuer"]]
    assert page.typed["evidence_url"] == [typed["evidence_url"]]
    assert page.typed["dated_on"] == ["2999-01-01"]


def test_a_duplicate_is_named_and_saved_only_when_that_is_confirmed(
    client: TestClient, database: Database
) -> None:
    registered = a_case(database)
    sign_in(client, Role.DEPARTMENT)

    warned = client.post(NEW, data=TYPED)
    saved = client.post(NEW, data={**TYPED, "confirm_duplicate": "yes"})

    assert warned.status_code == 422
    assert f"{LIST}/{registered.public_id}" in read_page(warned.text).links
    assert "confirm_duplicate" in read_page(warned.text).names
    assert saved.status_code == 303


def test_whoever_is_too_late_is_shown_both_versions_and_keeps_what_was_typed(
    client: TestClient, database: Database
) -> None:
    case = a_case(database)
    with database.write() as session:
        edit(session, case.public_id, 1, case_fields(issuer="国家数据局"), REVIEWER, NOW)
    sign_in(client, Role.DEPARTMENT)

    reply = client.post(f"{LIST}/{case.public_id}", data={**TYPED, "issuer": "省委", "revision": 1})

    page = read_page(reply.text)
    assert reply.status_code == 409
    assert "国家数据局" in reply.text
    assert page.typed["issuer"] == ["省委"]
    assert page.hidden["revision"] == "2"
    with database.read() as session:
        assert fetch_case(session, case.public_id).issuer == "国家数据局"


def test_a_reviewer_rejects_with_a_reason(client: TestClient, database: Database) -> None:
    case = a_case(database)
    sign_in(client, Role.REVIEWER)
    path = f"{LIST}/{case.public_id}/review"

    without = client.post(path, data={"revision": 1, "action": "reject", "reason": " "})
    rejected = client.post(path, data={"revision": 1, "action": "reject", "reason": "证书不清"})

    assert (without.status_code, rejected.status_code) == (422, 303)
    assert read_page(without.text).text_by_id["reason-error"] == "请填写不予通过的理由。"
    assert "证书不清" in client.get(f"{LIST}/{case.public_id}").text


def test_a_file_that_is_not_what_it_says_is_refused_beside_its_field(
    client: TestClient, database: Database
) -> None:
    case = a_case(database)
    sign_in(client, Role.DEPARTMENT)
    files = {"file": ("证书.pdf", b"no PDF at all", "application/pdf")}

    reply = client.post(f"{LIST}/{case.public_id}/evidence", files=files)

    assert reply.status_code == 422
    assert "证书.pdf" in read_page(reply.text).text_by_id["file-error"]


def test_a_file_is_added_to_a_case(client: TestClient, database: Database) -> None:
    case = a_case(database)
    sign_in(client, Role.DEPARTMENT)
    files = {"file": ("报道.txt", "报道全文".encode(), "text/plain")}

    reply = client.post(f"{LIST}/{case.public_id}/evidence", files=files)

    assert reply.status_code == 303
    assert "报道.txt" in client.get(reply.headers["location"]).text


def test_the_list_says_what_each_case_gives_and_what_one_more_would(
    client: TestClient, database: Database
) -> None:
    for number in range(7):
        accept(database, a_case(database, title=f"获奖 {number}").public_id)
    a_case(database, title="再一项获奖")
    sign_in(client, Role.EVALUATOR)

    page = client.get(LIST, params={"area": JINING.code, "as_of": TODAY.isoformat()}).text

    assert page.count("计 0.5 分") == 6
    # The seventh, and the proposed one.
    assert page.count("该类已达上限，不计分") == 2


def test_a_case_leaves_the_window_two_years_on(client: TestClient, database: Database) -> None:
    accept(database, a_case(database, dated_on=TODAY).public_id)
    sign_in(client, Role.EVALUATOR)
    last = TODAY.replace(year=2026) - timedelta(days=1)

    counted = client.get(LIST, params={"area": JINING.code, "as_of": last.isoformat()}).text
    left = client.get(LIST, params={"area": JINING.code, "as_of": "2026-10-31"}).text

    assert "2026-10-31 起不再计分" in counted
    assert "已过计分期，不计分" in left


@pytest.mark.parametrize(
    ("params", "status_code"), [({"as_of": "soon"}, 422), ({"area": "1\x00"}, 404)]
)
def test_an_address_that_cannot_be_is_answered_clearly(
    client: TestClient, params: dict[str, str], status_code: int
) -> None:
    sign_in(client, Role.EVALUATOR)

    assert client.get(LIST, params=params).status_code == status_code


def test_a_case_that_is_not_there_is_not_found(client: TestClient) -> None:
    sign_in(client, Role.EVALUATOR)

    assert client.get(f"{LIST}/%00").status_code == 404
    assert client.get(f"{LIST}/0123456789abcdef").status_code == 404
