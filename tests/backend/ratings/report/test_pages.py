"""The report's page and files, and closing, as the console serves them."""

import json

import pytest
from fastapi.testclient import TestClient

from backend.ratings.report.freezing import canonical, sha256_of
from backend.ratings.rounds.round import RowState
from backend.ratings.rounds.service import fetch_round
from backend.staff.rights import Role
from tests.backend.ratings.report.readers import HOSTILE
from tests.backend.ratings.report.rounds import SLUG, Rows, a_closed_round, a_round, enter
from tests.backend.ratings.report.snapshots import a_snapshot
from tests.console import sign_in

PATH = f"/staff/ratings/rounds/{SLUG}"
MEDIA = {"pdf": b"%PDF", "docx": b"PK", "xlsx": b"PK", "json": b"{"}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Pages do not differ between databases; `test_service` runs on both."""
    return sqlite_url


@pytest.fixture
def evaluator(client: TestClient) -> TestClient:
    """A client signed in as evaluator, with an open round of which three rows were accepted."""
    sign_in(client, Role.EVALUATOR)
    with client.app.state.database.write() as session:  # type: ignore[attr-defined]
        a_round(session, Rows(RowState.ACCEPTED, (1, 2, 3)), Rows(RowState.SUBMITTED, (5,)))
    return client


def version(client: TestClient) -> str:
    page = client.get(f"{PATH}/close").text
    return page.split('name="version" value="')[1].split('"')[0]


def close(client: TestClient) -> int:
    return client.post(f"{PATH}/close", data={"version": version(client)}).status_code


def test_the_report_of_an_open_round_is_marked_as_a_preview(evaluator: TestClient) -> None:
    page = evaluator.get(f"{PATH}/report").text

    assert "预览：本轮评价尚未结束" in page
    assert "SHA-256 " in page.split("标准文件")[1]
    assert "冻结文件" not in page


def test_the_check_list_names_what_does_not_count(evaluator: TestClient) -> None:
    page = evaluator.get(f"{PATH}/close").text

    assert "39 项指标尚未审核通过，结束后不计分：第 4、5、6、" in page
    assert "没有公众满意度" in page


def test_closing_leads_to_the_frozen_report(evaluator: TestClient) -> None:
    answer = evaluator.post(f"{PATH}/close", data={"version": version(evaluator)})
    page = evaluator.get(answer.headers["location"]).text

    assert (answer.status_code, answer.headers["location"]) == (303, f"{PATH}/report")
    assert "本轮评价已于" in page
    assert "预览" not in page


def test_the_frozen_document_has_the_hash_that_the_report_prints(evaluator: TestClient) -> None:
    close(evaluator)

    document = evaluator.get(f"{PATH}/report.json").text

    assert sha256_of(document) in evaluator.get(f"{PATH}/report").text
    assert json.loads(document)["round"]["closed_by"] == "evaluator@jining.example"


@pytest.mark.parametrize("ending", MEDIA)
def test_a_closed_round_is_handed_out_in_the_same_bytes_each_time(
    evaluator: TestClient, ending: str
) -> None:
    close(evaluator)

    first, second = (evaluator.get(f"{PATH}/report.{ending}") for _ in range(2))

    assert first.content.startswith(MEDIA[ending])
    assert first.content == second.content


def test_a_file_is_named_in_chinese(evaluator: TestClient) -> None:
    answer = evaluator.get(f"{PATH}/report.pdf")

    assert answer.headers["content-disposition"] == (
        f"attachment; filename=\"{SLUG}.pdf\"; filename*=UTF-8''"
        "%E6%B5%8E%E5%AE%81%E5%B8%82%E6%96%B0%E5%9E%8B%E6%99%BA%E6%85%A7%E5%9F%8E%E5%B8%82"
        "%E8%AF%84%E4%BB%B7%E6%8A%A5%E5%91%8A_2024-10-31.pdf"
    )


def test_an_open_round_has_no_frozen_document(evaluator: TestClient) -> None:
    assert evaluator.get(f"{PATH}/report.json").status_code == 404


def test_there_are_no_other_files(evaluator: TestClient) -> None:
    assert evaluator.get(f"{PATH}/report.exe").status_code == 404


def test_who_closes_what_changed_meanwhile_sees_the_check_list_again(
    evaluator: TestClient,
) -> None:
    seen = version(evaluator)
    with evaluator.app.state.database.write() as session:  # type: ignore[attr-defined]
        enter(session, fetch_round(session, SLUG), 6, RowState.ACCEPTED)

    answer = evaluator.post(f"{PATH}/close", data={"version": seen})

    assert answer.status_code == 409
    assert "在您查看期间，本轮评价有改动" in answer.text
    assert "38 项指标尚未审核通过" in answer.text


def test_closing_twice_leads_to_the_report_as_well(evaluator: TestClient) -> None:
    seen = version(evaluator)
    evaluator.post(f"{PATH}/close", data={"version": seen})

    answer = evaluator.post(f"{PATH}/close", data={"version": seen})

    assert (answer.status_code, answer.headers["location"]) == (303, f"{PATH}/report")


def test_charts_are_pictures_of_the_page(evaluator: TestClient) -> None:
    answer = evaluator.get(f"{PATH}/report/headings.svg")

    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.text.startswith("<svg")


def test_there_is_no_chart_of_a_satisfaction_that_nobody_asked_for(evaluator: TestClient) -> None:
    assert evaluator.get(f"{PATH}/report/satisfaction.svg").status_code == 404


def test_who_only_reads_is_offered_no_files(client: TestClient) -> None:
    sign_in(client, Role.REVIEWER)
    with client.app.state.database.write() as session:  # type: ignore[attr-defined]
        a_round(session)

    page = client.get(f"{PATH}/report").text

    assert "report.pdf" not in page
    assert f"{PATH}/close" not in page


def test_hostile_text_is_no_markup(evaluator: TestClient) -> None:
    frozen = canonical(a_snapshot(notes={1: HOSTILE}, title=HOSTILE, area_name=HOSTILE))
    with evaluator.app.state.database.write() as session:  # type: ignore[attr-defined]
        session.add(a_closed_round("hostile", frozen))

    page = evaluator.get("/staff/ratings/rounds/hostile/report").text

    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; {{ 7*7 }}" in page


def test_a_frozen_document_without_its_hash_is_warned_of(evaluator: TestClient) -> None:
    closed = a_closed_round("changed", canonical(a_snapshot()))
    closed.frozen_sha256 = "0" * 64
    with evaluator.app.state.database.write() as session:  # type: ignore[attr-defined]
        session.add(closed)

    page = evaluator.get("/staff/ratings/rounds/changed/report").text

    assert "冻结文件与保存的校验值不符" in page
