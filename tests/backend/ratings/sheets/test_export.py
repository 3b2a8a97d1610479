"""The workbook as departments open it."""

from datetime import datetime

import pytest
from openpyxl import Workbook

from backend.ratings.sheets.export import workbook
from backend.ratings.sheets.workbook.cells import put_text
from backend.ratings.sheets.workbook.layout import DATA_SHEET, GUIDE_SHEET, TABLE_SHEET
from tests.backend.ratings.sheets.rounds import (
    NOW,
    a_round,
    exported,
    line_of,
    opened,
    saved,
    with_row,
)

OFFICIAL = (
    "一级指标",
    "二级指标",
    "序号",
    "三级指标",
    "指标释义",
    "三星级要求",
    "四星级要求",
    "五星级要求",
    "牵头部门",
)


@pytest.fixture(scope="module")
def book() -> Workbook:
    """A round in which one figure was entered."""
    return opened(exported(a_round({1: {"online_rate": 0.934}})))


def test_the_table_has_the_columns_of_the_official_one_and_then_its_state(book: Workbook) -> None:
    sheet = book[TABLE_SHEET]

    headings = tuple(cell.value for cell in sheet[3])

    assert headings == (*OFFICIAL, "现有等级", "状态", "截止日期", "填报说明")


def test_the_table_of_2020_has_no_third_level_and_two_stars() -> None:
    sheet = opened(exported(a_round(standard_id="shandong-2020-city")))[TABLE_SHEET]

    headings = tuple(cell.value for cell in sheet[3])[:7]

    assert headings == (
        "一级指标",
        "二级指标",
        "序号",
        "指标释义",
        "四星要求",
        "五星要求",
        "牵头部门",
    )


def test_a_row_reads_as_in_the_document(book: Workbook) -> None:
    sheet = book[TABLE_SHEET]

    row = [cell.value for cell in sheet[4]]

    assert row[:4] == ["优政", "政务服务", 1, "政务服务事项在线运行情况"]
    assert row[4].startswith("政务服务事项在线率=依托“爱山东”政务服务平台运行的")
    assert row[4].split("\n")[1] == "注:"
    assert row[5:9] == [
        "政务服务事项在线率达到80%(0.5分)",
        "政务服务事项在线率达到90%(1分)",
        "政务服务事项在线率达到95%(1.5分)",
        "市行政审批服务局",
    ]


def test_equal_headings_are_joined(book: Workbook) -> None:
    sheet = book[TABLE_SHEET]

    joined = {str(each) for each in sheet.merged_cells.ranges}

    # 政务服务 are the first three rows; the sentence of row 45 stands across three columns.
    assert "B4:B6" in joined
    assert "F48:H48" in joined


def test_the_level_and_state_follow_from_what_was_entered(book: Workbook) -> None:
    sheet = book[TABLE_SHEET]

    row = [cell.value for cell in sheet[4]]

    assert row[9:12] == ["四星级", "填报中", datetime(2024, 11, 30)]  # noqa: DTZ001


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://example.org")', "+1", "@x", "#N/A"])
def test_a_text_never_becomes_a_formula_or_an_error(text: str) -> None:
    small = Workbook()
    put_text(small.worksheets[0], 1, 1, text)

    cell = opened(saved(small)).worksheets[0]["A1"]

    assert (cell.value, cell.data_type) == (text, "s")


def test_control_characters_are_left_out() -> None:
    cell = put_text(Workbook().worksheets[0], 1, 1, "一\x00二")

    assert cell.value == "一二"


def test_a_share_is_a_number_shown_in_per_cent(book: Workbook) -> None:
    sheet = book[DATA_SHEET]

    cell = sheet.cell(line_of(sheet, 1, "online_rate"), 6)

    assert (cell.value, cell.number_format) == (0.934, "0.00%")


def test_only_what_may_be_entered_is_unlocked() -> None:
    round_ = a_round()

    sheet = opened(workbook(round_, {1, 2}, {2}, NOW))[DATA_SHEET]

    unlocked = {
        cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked
    }
    assert sheet.protection.sheet
    assert unlocked == {"F3", "G3", "H3"}


def test_figures_and_notes_of_others_are_left_out() -> None:
    round_ = with_row(
        a_round({1: {"online_rate": 0.9}, 2: {"cross_level_rate": 0.8}}), 1, note="内部"
    )

    book = opened(workbook(round_, {2}, {2}, NOW))

    numbers = {row[0] for row in book[DATA_SHEET].iter_rows(min_row=2, values_only=True)}
    assert numbers == {2}
    assert book[TABLE_SHEET]["M4"].value is None


def test_excel_itself_refuses_an_impossible_share_and_offers_yes_and_no(book: Workbook) -> None:
    sheet = book[DATA_SHEET]

    rules = {
        (rule.type, rule.formula1, rule.formula2): rule
        for rule in sheet.data_validations.dataValidation
    }

    assert "F2" in rules["decimal", "0", "1"].sqref
    assert ("list", '"是,否"', None) in rules


def test_it_prints_on_a3_one_page_wide_with_its_headings(book: Workbook) -> None:
    sheet = book[TABLE_SHEET]

    setup = sheet.page_setup

    assert (setup.paperSize, setup.orientation, setup.fitToWidth) == (8, "landscape", 1)
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$1:$3"


def test_the_guide_names_the_round(book: Workbook) -> None:
    sheet = book[GUIDE_SHEET]

    named = dict(sheet.iter_rows(values_only=True))

    assert named["评价轮次编号"] == "jining-2024"
