"""The console's pages of a round, asked over HTTP."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from backend.db.engine import Database
from backend.ratings.rounds.round import Row
from backend.ratings.rounds.service import assign_row, fetch_round, row_of
from backend.staff.rights import Role
from backend.staff.service import SESSION_COOKIE, Staff, begin_session
from tests.backend.ratings.opened import ADMIN, SLUG, a_round, enter
from tests.backend.ratings.rounds.people import PROOF_FREE, SCHOOLS, SHANDONG_TONG, indicator
from tests.backend.ratings.rounds.test_workflow import at
from tests.console import an_account

# The workflow itself is held on both databases.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ROWS = f"/staff/ratings/rounds/{SLUG}/rows"
ROW = f"{ROWS}/{PROOF_FREE}"
NEW = "/staff/ratings/rounds/new"
DISPATCH = f"/staff/ratings/rounds/{SLUG}/dispatch"
PDF = b"%PDF-1.7\n1 0 obj"


@pytest.fixture(autouse=True)
def opened(database: Database) -> None:
    today = datetime.now(UTC).date()
    with database.write() as session:
        # Due in three days: a day more or less in another zone makes no difference.
        a_round(session, opens_on=date(2024, 1, 1), due_on=today + timedelta(3))


def sign_in(
    client: TestClient, database: Database, role: Role, department: str = "市大数据中心"
) -> Staff:
    staff = an_account(database, role, f"{role.value}.{department}@x.example", department)
    client.cookies.set(SESSION_COOKIE, begin_session(database, staff, datetime.now(UTC)))
    return staff


def stored(database: Database, number: int = PROOF_FREE) -> Row:
    with database.read() as session:
        return row_of(fetch_round(session, SLUG), number)


def errors(page: str) -> list[str]:
    return re.findall(r'class="error"[^>]*>([^<]*)<', page)


def value(page: str, field: str) -> str:
    found = re.search(rf'name="{re.escape(field)}" value="([^"]*)"', page)
    assert found, field
    return found[1]


OPENING = {
    "title": "2025 年自评",
    "slug": "jining-2025",
    "standard_id": "shandong-2023-city",
    "division_code": "370800",
    "opens_on": "2025-01-01",
    "due_on": "2025-02-01",
    "as_of": "2025-02-01",
    "security_from": "2025-01-01",
}


class TestOpening:
    def test_a_round_is_opened_and_its_table_shown(
        self, client: TestClient, database: Database
    ) -> None:
        sign_in(client, database, Role.REVIEWER)

        reply = client.post(NEW, data=OPENING)

        assert reply.headers["location"] == "/staff/ratings/rounds/jining-2025/rows?done=opened"
        assert "无证明城市" in client.get(reply.headers["location"]).text

    def test_bad_fields_are_named_and_everything_typed_is_kept(
        self, client: TestClient, database: Database
    ) -> None:
        sign_in(client, database, Role.ADMIN)
        form = OPENING | {"slug": "Jining 2025", "due_on": "明年", "area_name": "<b>济宁</b>"}

        reply = client.post(NEW, data=form)

        assert reply.status_code == 422
        assert len(errors(reply.text)) == 2
        assert value(reply.text, "slug") == "Jining 2025"
        assert value(reply.text, "due_on") == "明年"
        assert "&lt;b&gt;济宁&lt;/b&gt;" in reply.text

    def test_a_slug_that_is_taken_is_said_beside_it(
        self, client: TestClient, database: Database
    ) -> None:
        sign_in(client, database, Role.ADMIN)

        reply = client.post(NEW, data=OPENING | {"slug": SLUG})

        assert errors(reply.text) == [f"地址“{SLUG}”已被另一轮评价使用，请换一个。"]


class TestTheTable:
    def test_a_department_sees_its_own_rows_first_and_others_when_it_asks(
        self, client: TestClient, database: Database
    ) -> None:
        sign_in(client, database, Role.DEPARTMENT, "市教育局")

        own = client.get(ROWS).text
        every = client.get(f"{ROWS}?department=all").text

        assert f'href="{ROWS}/{SCHOOLS}"' in own
        assert "无证明城市" not in own
        assert "无证明城市" in every
        # It may not open what is another's.
        assert f'href="{ROW}"' not in every

    def test_it_is_filtered_by_state_and_shows_the_level_reached(
        self, client: TestClient, database: Database
    ) -> None:
        figures = {"proof_free_items": 400.0, "certificate_sync_rate": 0.7}
        with database.write() as session:
            enter(session, {PROOF_FREE: figures})
        sign_in(client, database, Role.EVALUATOR)

        page = client.get(f"{ROWS}?state=accepted").text

        assert "无证明城市" in page
        assert "四星级" in page
        assert indicator(SCHOOLS).name not in page

    def test_a_department_is_reminded_of_what_is_due(
        self, client: TestClient, database: Database
    ) -> None:
        sign_in(client, database, Role.DEPARTMENT, "市教育局")

        page = client.get(ROWS).text

        assert "贵部门有 2 项指标需要处理" in page
        assert "7 天内到期" in page


class TestEntering:
    def test_what_is_saved_is_in_its_fields_again_as_it_was_typed(
        self, client: TestClient, database: Database
    ) -> None:
        sign_in(client, database, Role.DEPARTMENT)

        reply = client.post(
            f"{ROW}/save", data={"revision": "0", "figure.proof_free_share": "７１.５％"}
        )

        assert reply.headers["location"] == f"{ROW}?done=save"
        page = client.get(ROW).text
        assert value(page, "figure.proof_free_share") == "71.5"
        assert value(page, "revision") == "1"
        assert stored(database).figures == {"proof_free_share": 0.715}

    def test_bad_fields_are_named_and_everything_typed_is_kept(
        self, client: TestClient, database: Database
    ) -> None:
        sign_in(client, database, Role.DEPARTMENT)
        form = {
            "revision": "0",
            "figure.proof_free_items": "三百",
            "figure.proof_free_share": "101",
            "numerator.certificate_sync_rate": "48",
            "note": "<来自平台>",
        }

        reply = client.post(f"{ROW}/submit", data=form)

        assert reply.status_code == 422
        assert len(errors(reply.text)) == 3
        assert {name: value(reply.text, name) for name in form if "." in name} == {
            name: typed for name, typed in form.items() if "." in name
        }
        assert "&lt;来自平台&gt;" in reply.text
        assert stored(database).revision == 0

    def test_a_conflict_shows_both_versions_and_loses_neither(
        self, client: TestClient, database: Database
    ) -> None:
        sign_in(client, database, Role.DEPARTMENT, "市行政审批服务局")
        client.post(f"{ROW}/save", data={"revision": "0", "figure.proof_free_items": "300"})
        sign_in(client, database, Role.DEPARTMENT)

        reply = client.post(f"{ROW}/save", data={"revision": "0", "figure.proof_free_items": "500"})

        assert reply.status_code == 409
        assert "department.市行政审批服务局@x.example 修改了本项指标" in reply.text
        assert "300 项" in reply.text
        assert value(reply.text, "figure.proof_free_items") == "500"
        assert stored(database).figures == {"proof_free_items": 300.0}
        # Having seen both, the second may decide.
        assert value(reply.text, "revision") == "1"

    def test_a_page_with_a_mistake_does_not_hide_what_another_saved_meanwhile(
        self, client: TestClient, database: Database
    ) -> None:
        sign_in(client, database, Role.DEPARTMENT)
        client.post(f"{ROW}/save", data={"revision": "0", "figure.proof_free_items": "300"})

        mistaken = client.post(
            f"{ROW}/save", data={"revision": "0", "figure.proof_free_items": "x"}
        )

        assert mistaken.status_code == 422
        assert value(mistaken.text, "revision") == "0"

    def test_what_was_typed_into_a_row_accepted_meanwhile_is_still_shown(
        self, client: TestClient, database: Database
    ) -> None:
        with database.write() as session:
            enter(session, {PROOF_FREE: {"proof_free_items": 340.0}})
        sign_in(client, database, Role.DEPARTMENT)

        reply = client.post(f"{ROW}/save", data={"revision": "0", "figure.proof_free_items": "500"})

        assert reply.status_code == 409
        assert "340 项" in reply.text
        assert "500 项" in reply.text

    def test_a_condition_without_evidence_is_not_submitted_but_kept_typed(
        self, client: TestClient, database: Database
    ) -> None:
        sign_in(client, database, Role.DEPARTMENT)
        key, condition = next(iter(indicator(SHANDONG_TONG).conditions.items()))

        reply = client.post(
            f"{ROWS}/{SHANDONG_TONG}/submit", data={"revision": "0", f"condition.{key}": "yes"}
        )

        assert errors(reply.text) == [f"“{condition.name}”选择了“是”，请先添加佐证材料再提交。"]
        assert f'name="condition.{key}" value="yes" checked' in reply.text

    def test_the_page_says_which_data_would_settle_a_higher_level(
        self, client: TestClient, database: Database
    ) -> None:
        sign_in(client, database, Role.DEPARTMENT)
        client.post(
            f"{ROW}/save",
            data={
                "revision": "0",
                "figure.proof_free_items": "340",
                "figure.certificate_sync_rate": "80",
            },
        )

        page = client.get(ROW).text

        assert "更高等级还不能判定" in page
        assert "三星级" in page

    def test_another_department_is_kept_out(self, client: TestClient, database: Database) -> None:
        sign_in(client, database, Role.DEPARTMENT, "市教育局")

        statuses = {
            client.get(ROW).status_code,
            client.post(f"{ROW}/save", data={"revision": "0"}).status_code,
            client.post(f"{ROW}/evidence", data={"link": "https://x.example"}).status_code,
            client.post(f"{ROW}/progress", data={"done": "整改"}).status_code,
        }

        assert statuses == {403}


class TestEvidence:
    def test_a_file_that_is_not_what_it_says_is_named_and_the_rest_kept(
        self, client: TestClient, database: Database
    ) -> None:
        sign_in(client, database, Role.DEPARTMENT)

        reply = client.post(
            f"{ROW}/evidence",
            data={"title": "证照清单", "measure": "certificate_sync_rate"},
            files={"file": ("清单.pdf", b"MZ not a document")},
        )

        assert reply.status_code == 422
        assert errors(reply.text) == [
            "文件“清单.pdf”的内容与它的扩展名 .pdf 不符，请核对后重新上传。"
        ]
        assert value(reply.text, "title") == "证照清单"
        assert 'value="certificate_sync_rate" selected' in reply.text

    def test_a_file_is_added_downloaded_as_an_attachment_and_removed(
        self, client: TestClient, database: Database
    ) -> None:
        sign_in(client, database, Role.DEPARTMENT)
        client.post(f"{ROW}/evidence", files={"file": ("证照 清单.pdf", PDF)})
        path = re.findall(r'href="(/staff/ratings/evidence/\w+)"', client.get(ROW).text)[0]

        download = client.get(path)
        removed = client.post(f"{path}/remove")

        assert download.content == PDF
        assert download.headers["content-type"] == "application/pdf"
        assert download.headers["x-content-type-options"] == "nosniff"
        assert download.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert download.headers["content-disposition"] == (
            'attachment; filename="__ __.pdf"; '
            "filename*=UTF-8''%E8%AF%81%E7%85%A7%20%E6%B8%85%E5%8D%95.pdf"
        )
        assert removed.headers["location"] == f"{ROW}?done=removed"
        assert client.get(path).status_code == 404
        assert "已移除的材料" in client.get(ROW).text

    def test_another_department_downloads_and_removes_nothing(
        self, client: TestClient, database: Database
    ) -> None:
        sign_in(client, database, Role.DEPARTMENT)
        client.post(f"{ROW}/evidence", files={"file": ("清单.pdf", PDF)})
        path = re.findall(r'href="(/staff/ratings/evidence/\w+)"', client.get(ROW).text)[0]
        sign_in(client, database, Role.DEPARTMENT, "市教育局")

        assert client.get(path).status_code == 403
        assert client.post(f"{path}/remove").status_code == 403

    def test_a_form_with_a_file_may_be_larger_than_other_forms(
        self, client: TestClient, database: Database
    ) -> None:
        sign_in(client, database, Role.DEPARTMENT)
        large = PDF + b" " * 300_000

        evidence = client.post(f"{ROW}/evidence", files={"file": ("清单.pdf", large)})
        entry = client.post(f"{ROW}/save", files={"file": ("清单.pdf", large)})

        assert (evidence.status_code, entry.status_code) == (303, 413)


class TestReviewing:
    def test_a_reviewer_returns_a_row_with_a_reason_that_its_department_reads(
        self, client: TestClient, database: Database
    ) -> None:
        with database.write() as session:
            enter(session, {PROOF_FREE: {"proof_free_items": 340.0}}, accepted=False)
        sign_in(client, database, Role.REVIEWER)

        without = client.post(f"{ROW}/return", data={"revision": "1", "reason": ""})
        returned = client.post(f"{ROW}/return", data={"revision": "1", "reason": "请补充材料"})

        assert errors(without.text) == ["请说明原因，不超过 2000 个字。"]
        assert returned.headers["location"] == f"{ROW}?done=return"
        sign_in(client, database, Role.DEPARTMENT)
        assert "请补充材料" in client.get(ROW).text

    def test_what_was_accepted_has_no_fields_any_more(
        self, client: TestClient, database: Database
    ) -> None:
        with database.write() as session:
            enter(session, {PROOF_FREE: {"proof_free_items": 340.0}}, accepted=False)
        sign_in(client, database, Role.REVIEWER)
        client.post(f"{ROW}/accept", data={"revision": "1"})
        sign_in(client, database, Role.DEPARTMENT)

        page = client.get(ROW).text

        assert "340 项" in page
        assert 'name="figure.proof_free_items"' not in page

    def test_a_form_without_its_revision_changes_nothing(
        self, client: TestClient, database: Database
    ) -> None:
        with database.write() as session:
            enter(session, {PROOF_FREE: {"proof_free_items": 340.0}}, accepted=False)
        sign_in(client, database, Role.REVIEWER)

        reply = client.post(f"{ROW}/accept", data={})

        assert reply.status_code == 422
        assert "页面不完整，请重新打开后再提交。" in reply.text

    def test_a_row_is_assigned_to_other_departments(
        self, client: TestClient, database: Database
    ) -> None:
        sign_in(client, database, Role.REVIEWER)
        form = {"revision": "0", "departments": "市教育局，市财政局", "due_on": "2024-12-01"}

        reply = client.post(f"{ROW}/assign", data=form)

        assert reply.headers["location"] == f"{ROW}?done=assign"
        assert stored(database).departments == ("市教育局", "市财政局")


class TestProgressAndDispatch:
    def test_a_promise_after_the_due_date_is_in_the_dispatch_table(
        self, client: TestClient, database: Database
    ) -> None:
        sign_in(client, database, Role.DEPARTMENT)
        later = (datetime.now(UTC).date() + timedelta(60)).isoformat()
        form = {
            "done": "已补充目录",
            "measure": "proof_free_items",
            "figure": "３２０",
            "will_meet_on": later,
        }

        reply = client.post(f"{ROW}/progress", data=form)

        assert reply.headers["location"] == f"{ROW}?done=progress"
        assert "320 项" in client.get(ROW).text
        table = client.get(DISPATCH).text
        assert "承诺日期晚于截止" in table
        assert "已补充目录" in table

    def test_progress_that_cannot_be_is_named_and_kept(
        self, client: TestClient, database: Database
    ) -> None:
        sign_in(client, database, Role.DEPARTMENT)
        form = {
            "done": "整改",
            "measure": "proof_free_share",
            "figure": "120",
            "will_meet_on": "2020-01-01",
        }

        reply = client.post(f"{ROW}/progress", data=form)

        assert reply.status_code == 422
        assert len(errors(reply.text)) == 2
        assert value(reply.text, "figure") == "120"
        assert value(reply.text, "will_meet_on") == "2020-01-01"

    def test_late_rows_are_counted_by_department(
        self, client: TestClient, database: Database
    ) -> None:
        with database.write() as session:
            late = date(2024, 6, 1)
            assign_row(session, at(0, SCHOOLS), ("市教育局",), late, ADMIN, datetime.now(UTC))
        sign_in(client, database, Role.PUBLISHER)

        table = client.get(DISPATCH).text

        assert "逾期 1 项" in table
        assert "系统不发送邮件" in table
