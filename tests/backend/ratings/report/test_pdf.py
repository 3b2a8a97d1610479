"""The PDF: its text, its bytes, and what hostile text does to it."""

import io
from datetime import timedelta
from functools import cache

import pytest
from pypdf import PageObject, PdfReader

from backend.ratings.live.snapshot import Snapshot
from backend.ratings.report.pdf import write_pdf
from tests.backend.ratings.report.readers import HOSTILE, a_page
from tests.backend.ratings.report.snapshots import CLOSED_AT, a_snapshot, jining


@cache
def jinings_pages() -> tuple[PageObject, ...]:
    return tuple(pdf_of(jining()).pages)


def pdf_of(snapshot: Snapshot) -> PdfReader:
    return PdfReader(io.BytesIO(write_pdf(a_page(snapshot), CLOSED_AT)))


def text_of(snapshot: Snapshot) -> str:
    pages = [page.extract_text() for page in pdf_of(snapshot).pages]
    # Where a line broke is the layout's business.
    return "".join("\n".join(pages).replace("\u200b", "").split())


def test_the_same_snapshot_gives_the_same_bytes() -> None:
    first, second = (write_pdf(a_page(jining()), CLOSED_AT) for _ in range(2))

    assert first == second


def test_the_time_of_the_file_is_the_one_given() -> None:
    page = a_page(jining())

    assert write_pdf(page, CLOSED_AT) != write_pdf(page, CLOSED_AT + timedelta(days=1))


def test_chinese_can_be_read_out_of_it() -> None:
    text = text_of(jining())

    assert "济宁市新型智慧城市评价报告" in text
    assert "政务服务事项在线率达到90%" in text
    assert "填报单位（盖章）" in text


def test_it_is_a4_and_says_which_page_of_how_many() -> None:
    pages = jinings_pages()

    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [595, 842]
    assert f"第1页，共{len(pages)}页" in "".join(pages[0].extract_text().split())


def test_the_head_of_the_table_is_on_each_of_its_pages() -> None:
    pages = jinings_pages()

    across = [page.extract_text() for page in pages if page.mediabox.width > page.mediabox.height]

    assert len(across) > 3
    assert all("对应要求" in text and "佐证材料" in text for text in across)


@pytest.mark.parametrize("is_closed", [True, False])
def test_only_a_preview_says_that_it_is_one(is_closed: bool) -> None:
    assert ("预览／未结束" in text_of(a_snapshot(is_closed=is_closed))) is not is_closed


def test_hostile_text_is_shown_as_it_was_typed() -> None:
    text = text_of(a_snapshot(notes={1: HOSTILE}, area_name=HOSTILE, title=HOSTILE))

    typed = "".join(HOSTILE.replace("\x07", "").split())
    # The title stands in the heading and on top of each page, the note in its row.
    assert text.count(typed) > 3


def test_a_standard_without_points_is_set_as_well() -> None:
    assert "表一数字惠民建设指标" in text_of(a_snapshot(standard_id="shandong-2020-city"))


def test_a_county_without_survey_is_set_as_well() -> None:
    snapshot = a_snapshot(standard_id="shandong-2023-county", satisfaction=None)

    assert "尚未调查公众满意度" in text_of(snapshot)
