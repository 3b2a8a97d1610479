"""What an uploaded workbook says, and every way in which it can be wrong."""

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest

from backend.ratings.rounds.figures import StoredFigure
from backend.ratings.sheets import wording
from backend.ratings.sheets.container import BadFile
from backend.ratings.sheets.importing import MAX_ROWS, read_workbook
from backend.ratings.sheets.uploaded import Faulty, SheetFault
from backend.ratings.sheets.workbook.layout import DATA_SHEET, GUIDE_SHEET
from tests.backend.ratings.sheets.rounds import (
    a_round,
    a_small_workbook,
    filled,
    opened,
    saved,
    with_row,
)

ROUND = a_round({1: {"online_rate": 0.934}})
WORKBOOK = a_small_workbook(ROUND, 1, 3, 4)


def figure(content: bytes, number: int, key: str) -> StoredFigure | None:
    rows = {row.number: row for row in read_workbook("t.xlsx", content, ROUND)}
    return rows[number].figures[key]


def faults(content: bytes) -> tuple[SheetFault, ...]:
    with pytest.raises(Faulty) as caught:
        read_workbook("t.xlsx", content, ROUND)
    return caught.value.faults


@pytest.mark.parametrize(
    ("number", "key", "cells", "expected"),
    [
        (1, "online_rate", {"数值": 0.95}, 0.95),
        (1, "online_rate", {"数值": "９５．５％"}, 0.955),
        (1, "online_rate", {"数值": " 0.95 "}, 0.95),
        (1, "online_rate", {"数值": None}, None),
        (1, "online_rate", {"数值": None, "分子": "1,200项", "分母": 1500}, (1200.0, 1500.0)),
        (1, "online_rate", {"数值": 0.93, "分子": 14, "分母": 15}, (14.0, 15.0)),
        (3, "proof_free_items", {"数值": "1,200"}, 1200.0),
        (4, "all_staff_use_shandong_tong", {"数值": "是"}, True),
        (4, "all_staff_use_shandong_tong", {"数值": " 否 "}, False),
        (4, "all_staff_use_shandong_tong", {"数值": True}, True),
    ],
)
def test_figures_are_taken_as_people_type_them(
    number: int, key: str, cells: dict[str, object], expected: object
) -> None:
    read = figure(filled(WORKBOOK, number, key, **cells), number, key)

    assert (tuple(read.values()) if isinstance(read, dict) else read) == expected


@pytest.mark.parametrize(
    ("number", "key", "cells", "column", "message"),
    [
        (1, "online_rate", {"数值": "很多"}, "F", wording.NOT_A_NUMBER),
        (1, "online_rate", {"数值": "#DIV/0!"}, "F", wording.NOT_A_NUMBER),
        (1, "online_rate", {"数值": 93}, "F", "比例应在 0% 至 100% 之间。"),
        (1, "online_rate", {"分子": 5}, "H", wording.OTHER_SIDE_MISSING),
        (1, "online_rate", {"分母": 5}, "G", wording.OTHER_SIDE_MISSING),
        (1, "online_rate", {"分子": 1, "分母": 2}, "F", wording.CONTRADICTS_SIDES),
        (1, "online_rate", {"分子": 1, "分母": 0}, "H", "分母不能为 0。"),
        (1, "online_rate", {"分子": "5%", "分母": 9}, "G", wording.NOT_A_NUMBER),
        (3, "proof_free_items", {"数值": 1.5}, "F", "数量应为不小于 0 的整数。"),
        (3, "proof_free_items", {"数值": "50%"}, "F", wording.NOT_A_NUMBER),
        (3, "proof_free_items", {"数值": 3, "分子": 3}, "G", wording.NO_SIDES_HERE),
        (4, "all_staff_use_shandong_tong", {"数值": "也许"}, "F", wording.YES_OR_NO),
        (4, "all_staff_use_shandong_tong", {"数值": 1}, "F", wording.YES_OR_NO),
        (1, "online_rate", {"数值": "=45/50"}, "F", wording.NO_RESULT),
        (1, "online_rate", {"修订号": 2}, "I", wording.BAD_REVISION),
        (1, "online_rate", {"修订号": "x"}, "I", wording.BAD_REVISION),
        (1, "online_rate", {"序号": "9" * 5000}, "A", wording.UNKNOWN_INDICATOR),
        (1, "online_rate", {"序号": 45}, "A", wording.UNKNOWN_INDICATOR),
        (1, "online_rate", {"序号": 2}, "D", wording.UNKNOWN_KEY),
        (1, "online_rate", {"代码": None}, "D", wording.UNKNOWN_KEY),
    ],
)
def test_a_fault_names_sheet_row_and_column(
    number: int, key: str, cells: dict[str, object], column: str, message: str
) -> None:
    (fault,) = faults(filled(WORKBOOK, number, key, **cells))

    assert fault.sheet == DATA_SHEET
    assert fault.row is not None
    assert (fault.column, fault.message) == (column, message)


def test_all_faults_are_reported_together_in_their_order() -> None:
    content = filled(WORKBOOK, 3, "proof_free_items", 数值="许多")
    content = filled(content, 1, "online_rate", 数值=2)

    found = faults(content)

    assert [(fault.row, fault.column) for fault in found] == [(2, "F"), (3, "F")]


def test_a_line_that_comes_twice_is_a_fault() -> None:
    content = filled(WORKBOOK, 3, "proof_free_share", 代码="proof_free_items")

    (fault,) = faults(content)

    assert (fault.message, fault.arguments) == (wording.REPEATED_LINE, {"number": 3})


def test_revisions_of_one_indicator_are_the_same() -> None:
    round_ = with_row(ROUND, 3, revision=5)
    content = filled(a_small_workbook(round_, 3), 3, "proof_free_share", 修订号=4)

    with pytest.raises(Faulty) as caught:
        read_workbook("t.xlsx", content, round_)

    assert [fault.message for fault in caught.value.faults] == [wording.REVISIONS_DIFFER]


def test_lines_may_be_sorted_left_out_and_blank() -> None:
    book = opened(WORKBOOK)
    sheet = book[DATA_SHEET]
    sheet.delete_rows(3, sheet.max_row)
    sheet.insert_rows(2)

    rows = read_workbook("t.xlsx", saved(book), ROUND)

    assert [(row.number, dict(row.figures)) for row in rows] == [(1, {"online_rate": 0.934})]


def test_the_result_of_a_formula_is_taken() -> None:
    content = filled(WORKBOOK, 1, "online_rate", 数值="=45/50")

    computed = with_result(content, "45/50", "0.9")

    assert figure(computed, 1, "online_rate") == 0.9


def test_the_workbook_of_another_round_is_refused() -> None:
    (fault,) = faults(filled_guide("weihai-2024"))

    assert (fault.sheet, fault.message) == (GUIDE_SHEET, wording.OTHER_ROUND)


@pytest.mark.parametrize("sheet", [DATA_SHEET, GUIDE_SHEET])
def test_a_missing_sheet_is_named(sheet: str) -> None:
    book = opened(WORKBOOK)
    del book[sheet]

    (fault,) = faults(saved(book))

    assert (fault.sheet, fault.message) == (sheet, wording.SHEET_MISSING)


def test_missing_headings_are_named() -> None:
    book = opened(WORKBOOK)
    book[DATA_SHEET]["F1"] = "结果"

    (fault,) = faults(saved(book))

    assert (fault.row, fault.arguments) == (1, {"headings": "数值"})


def test_a_sheet_without_end_is_refused() -> None:
    book = opened(WORKBOOK)
    book[DATA_SHEET].cell(MAX_ROWS + 5, 1).value = 1

    with pytest.raises(BadFile) as caught:
        read_workbook("t.xlsx", saved(book), ROUND)

    assert caught.value.code == "too_many_rows"


def test_a_sheet_without_rows_is_missing_its_headings() -> None:
    content = replaced(WORKBOOK, "xl/worksheets/sheet1.xml", lambda _: "<x/>")

    (fault,) = faults(content)

    assert fault.message == wording.HEADINGS_MISSING


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml"])
def test_xml_that_is_no_workbook_is_refused(part: str) -> None:
    content = replaced(WORKBOOK, part, lambda text: text.replace(">", ' count="x">', 2))

    with pytest.raises(BadFile):
        read_workbook("t.xlsx", content, ROUND)


def filled_guide(slug: str) -> bytes:
    book = opened(WORKBOOK)
    book[GUIDE_SHEET]["B3"] = slug
    return saved(book)


def with_result(content: bytes, formula: str, result: str) -> bytes:
    """The workbook as a spreadsheet program saves it: with the result beside the formula."""
    pattern = rf"<f>{re.escape(formula)}</f><v\s*/?>(</v>)?"
    return replaced(
        content,
        "xl/worksheets/sheet1.xml",
        lambda text: re.sub(pattern, f"<f>{formula}</f><v>{result}</v>", text),
    )


def replaced(content: bytes, name: str, change: Callable[[str], str]) -> bytes:
    packed = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(packed, "w") as new:
        for member in old.infolist():
            text = old.read(member)
            is_it = member.filename == name
            new.writestr(member.filename, change(text.decode()).encode() if is_it else text)
    return packed.getvalue()
