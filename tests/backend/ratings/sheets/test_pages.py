"""The page of export and import, asked over HTTP."""

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from backend.db.engine import Database
from backend.ratings.rounds.service import fetch_round, row_of
from backend.ratings.sheets.container import MAX_BYTES
from backend.ratings.sheets.pages import MEDIA_TYPE
from backend.staff.rights import Role
from tests.backend.ratings.sheets.rounds import a_small_workbook, filled, opened
from tests.backend.ratings.sheets.stored import SLUG, enter, open_jining
from tests.console import sign_in

# The service is tested on both databases.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

PATH = f"/staff/ratings/rounds/{SLUG}"


@pytest.fixture
def workbook(client: TestClient, database: Database) -> bytes:
    """The workbook of a new round, exported by an administrator who stays signed in."""
    sign_in(client, Role.ADMIN)
    with database.write() as session:
        return a_small_workbook(open_jining(session), 1, 2)


def upload(client: TestClient, content: bytes, name: str = "table.xlsx") -> Response:
    return client.post(f"{PATH}/import", files={"file": (name, content, MEDIA_TYPE)})


def confirm(client: TestClient, preview: str, *rows: int) -> Response:
    found = re.search(r'name="kept" value="([^"]*)"', preview)
    assert found is not None
    form = {"kept": unescape(found[1]), "row": [str(row) for row in rows]}
    return client.post(f"{PATH}/import/confirm", data=form)


def figures_of(database: Database, number: int) -> object:
    with database.read() as session:
        return row_of(fetch_round(session, SLUG), number).figures


def test_the_export_is_a_workbook_to_be_saved(client: TestClient, workbook: bytes) -> None:
    reply = client.get(f"{PATH}/table.xlsx")

    assert reply.headers["content-type"] == MEDIA_TYPE
    assert reply.headers["content-disposition"].startswith(f"attachment; filename*=UTF-8''{SLUG}-")
    assert opened(reply.content).sheetnames == ["指标任务分工", "指标数据", "填写说明"]


def test_a_department_exports_its_own_figures(client: TestClient, database: Database) -> None:
    with database.write() as session:
        open_jining(session)
    sign_in(client, Role.DEPARTMENT)

    sheet = opened(client.get(f"{PATH}/table.xlsx").content)["指标数据"]

    numbers = {row[0] for row in sheet.iter_rows(min_row=2, values_only=True)}
    with database.read() as session:
        rows = fetch_round(session, SLUG).rows
    assert numbers == {row.number for row in rows if "市大数据中心" in row.departments}


def test_a_preview_stores_nothing(client: TestClient, database: Database, workbook: bytes) -> None:
    reply = upload(client, filled(workbook, 1, "online_rate", 数值=0.95))

    assert reply.status_code == 200
    assert "<strong>95%</strong>" in reply.text
    assert figures_of(database, 1) == {}


def test_what_is_confirmed_is_stored(
    client: TestClient, database: Database, workbook: bytes
) -> None:
    preview = upload(client, filled(workbook, 1, "online_rate", 数值=0.95)).text

    reply = confirm(client, preview, 1)

    assert (reply.status_code, reply.headers["location"]) == (303, f"{PATH}/import?done=1")
    assert figures_of(database, 1) == {"online_rate": 0.95}


def test_every_fault_is_listed_with_its_place(client: TestClient, workbook: bytes) -> None:
    content = filled(workbook, 1, "online_rate", 数值="很多")
    content = filled(content, 2, "cross_level_rate", 分母=0, 分子=1)

    reply = upload(client, content)

    assert reply.status_code == 422
    assert "文件中有 2 处问题，没有导入任何内容" in reply.text
    places = re.findall(r'data-label="(?:行|列)">(\w*)', reply.text)
    assert places == ["2", "F", "3", "H"]


def test_an_unchanged_workbook_has_nothing_to_import(client: TestClient, workbook: bytes) -> None:
    reply = upload(client, workbook)

    assert "文件中的数据与系统中的一致，没有需要导入的改动。" in reply.text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("", b"", "请选择要导入的文件。"),
        ("table.csv", b"1,2", "只能导入 .xlsx 文件。"),
        ("table.xlsx", b"1,2", "这个文件不是可以读取的 .xlsx 工作簿"),
        ("table.xlsx", b"x" * (MAX_BYTES + 1), "这个文件过大。"),
    ],
    ids=["none", "another kind", "not what it says", "large"],
)
def test_a_bad_file_is_said_beside_its_field(
    client: TestClient, workbook: bytes, name: str, content: bytes, words: str
) -> None:
    reply = upload(client, content, name)

    assert reply.status_code == 422
    assert f'<p class="error" id="file-error">{words}' in reply.text


def test_a_conflict_shows_both_and_is_not_ticked(
    client: TestClient, database: Database, workbook: bytes
) -> None:
    with database.write() as session:
        enter(session, 1, {"online_rate": 0.9})

    page = upload(client, filled(workbook, 1, "online_rate", 数值=0.95)).text

    assert '<input type="checkbox" name="row" value="1">' in page
    assert ">90%<" in page
    assert ">95%<" in page


def test_who_ticks_a_conflict_overwrites_it(
    client: TestClient, database: Database, workbook: bytes
) -> None:
    with database.write() as session:
        enter(session, 1, {"online_rate": 0.9})
    preview = upload(client, filled(workbook, 1, "online_rate", 数值=0.95)).text

    confirm(client, preview, 1)

    assert figures_of(database, 1) == {"online_rate": 0.95}


def test_what_changed_after_the_preview_is_shown_anew(
    client: TestClient, database: Database, workbook: bytes
) -> None:
    preview = upload(client, filled(workbook, 1, "online_rate", 数值=0.95)).text
    with database.write() as session:
        enter(session, 1, {"online_rate": 0.9})

    reply = confirm(client, preview, 1)

    assert reply.status_code == 409
    assert '<input type="checkbox" name="row" value="1">' in reply.text
    assert figures_of(database, 1) == {"online_rate": 0.9}


def test_nothing_ticked_keeps_the_preview(client: TestClient, workbook: bytes) -> None:
    preview = upload(client, filled(workbook, 1, "online_rate", 数值=0.95)).text

    reply = confirm(client, preview)

    assert reply.status_code == 422
    assert "请至少勾选一项指标。" in reply.text
    assert 'name="kept"' in reply.text


def test_a_preview_of_somebody_else_is_not_taken(
    client: TestClient, database: Database, workbook: bytes
) -> None:
    preview = upload(client, filled(workbook, 1, "online_rate", 数值=0.95)).text
    sign_in(client, Role.DEPARTMENT)

    reply = confirm(client, preview, 1)

    assert reply.status_code == 422
    assert "这次预览已失效，请重新选择文件导入。" in reply.text
    assert figures_of(database, 1) == {}


def test_who_reviews_may_export_and_not_import(client: TestClient, database: Database) -> None:
    with database.write() as session:
        open_jining(session)
    sign_in(client, Role.REVIEWER)

    page = client.get(f"{PATH}/import").text

    assert f'href="{PATH}/table.xlsx"' in page
    assert 'type="file"' not in page
