"""The workbook: its bytes, its texts, and that its formulas give what the rating gave.

The formulas are computed anew with levels, shares and cases changed as somebody would in Excel; the
rules of the rating say what has to come out.
"""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from analysis.rating.assessment import InnovationCase, SecurityDeduction
from backend.ratings.live.snapshot import Snapshot
from backend.ratings.report.present import report_page
from backend.ratings.report.workbook import write_workbook
from backend.web.catalogue import catalogue
from tests.backend.ratings.report.readers import HOSTILE, READER, a_page
from tests.backend.ratings.report.snapshots import CASES, CLOSED_AT, a_snapshot, jining
from tests.backend.ratings.report.spreadsheet import Spreadsheet

SCORES, FIGURES, INNOVATION, SECURITY = "评分表", "指标数据", "创新示范", "网络安全事件"
# Six awards where six fill the cap, four reports where three do.
MANY_CASES = tuple(
    InnovationCase(date(2024, 1, day), f"{kind} {day}", kind, "link")
    for kind, days in (("award", 7), ("provincial_media", 4), ("central_media", 3))
    for day in range(1, days + 1)
)


def bytes_of(snapshot: Snapshot) -> bytes:
    return write_workbook(snapshot, a_page(snapshot), READER, CLOSED_AT)


def book_of(snapshot: Snapshot, *, values: bool = False) -> Workbook:
    return load_workbook(io.BytesIO(bytes_of(snapshot)), data_only=values)


@cache
def jinings_book() -> Workbook:
    return book_of(jining())


def named(sheet: Worksheet, name: str) -> str:
    """The cell of points in the row that begins with a name."""
    row = next(row for row in sheet.iter_rows() if row[0].value == name)
    return next(cell.coordinate for cell in reversed(row[:11]) if cell.value is not None)


class Recomputed:
    """A workbook whose formulas are computed anew with some cells changed."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._book = book_of(snapshot)
        self._sheet = self._book[SCORES]

    def outcome(self, changes: Mapping[tuple[str, str], Any]) -> tuple[float, str]:
        """Total and star with cells, by sheet and address, changed."""
        changed = Spreadsheet(self._book, changes)
        total, star = (changed.value(SCORES, named(self._sheet, name)) for name in ("总分", "星级"))
        return float(total), str(star)

    def cell(self, name: str) -> tuple[str, str]:
        """The address of a named line of the sum."""
        return SCORES, named(self._sheet, name)


@pytest.fixture(scope="module")
def recomputed() -> Recomputed:
    """The workbook of a city with every indicator but one at its highest level."""
    return Recomputed(a_snapshot(cases=MANY_CASES))


def outcome_of(snapshot: Snapshot) -> tuple[float, str]:
    page = a_page(snapshot)
    return float(page.total), page.star


def test_the_formulas_give_the_rating(recomputed: Recomputed) -> None:
    assert recomputed.outcome({}) == outcome_of(a_snapshot(cases=MANY_CASES))


@pytest.mark.parametrize("share", [0.7, 0.6999, 0.6, 0.5999, 0.95])
def test_a_changed_satisfaction_costs_what_the_rules_say(
    recomputed: Recomputed, share: float
) -> None:
    outcome = recomputed.outcome({recomputed.cell("公众满意度"): share})

    assert outcome == outcome_of(a_snapshot(cases=MANY_CASES, satisfaction=share))


@pytest.mark.parametrize(("points", "is_void"), [(20.0, False), (20.5, True)])
def test_changed_incidents_cost_their_points_and_more_than_20_void(
    recomputed: Recomputed, points: float, is_void: bool
) -> None:
    outcome = recomputed.outcome({(SECURITY, "D3"): points})

    deductions = [SecurityDeduction(date(2024, 3, 1), points, "…")]
    assert outcome == outcome_of(a_snapshot(cases=MANY_CASES, deductions=deductions))
    assert (outcome[0] == 0.0) is is_void


def test_a_major_incident_voids(recomputed: Recomputed) -> None:
    assert recomputed.outcome({(SECURITY, "E3"): "是"}) == (0.0, "未达到三星级")


def test_a_changed_level_gives_its_points(recomputed: Recomputed) -> None:
    before, _ = recomputed.outcome({})

    after, _ = recomputed.outcome({(SCORES, "J5"): "五星级"})

    # The first indicator was at four stars: 1 point; five give 1.5.
    assert after == before + 0.5


def test_a_level_that_is_none_gives_nothing(recomputed: Recomputed) -> None:
    before, _ = recomputed.outcome({})

    after, _ = recomputed.outcome({(SCORES, "J5"): "未达到"})

    assert after == before - 1.0


def test_a_case_taken_out_leaves_what_the_caps_leave(recomputed: Recomputed) -> None:
    # Seven awards are capped at six, and with all other cases at ten points.
    without_award = recomputed.outcome({(INNOVATION, "F3"): "否"})
    without_central = recomputed.outcome({(INNOVATION, f"F{at}"): "否" for at in (14, 15, 16)})

    assert without_award == outcome_of(a_snapshot(cases=MANY_CASES[1:]))
    assert without_central == outcome_of(a_snapshot(cases=MANY_CASES[:-3]))


def test_a_previewer_that_computes_nothing_shows_the_rating() -> None:
    snapshot = jining()
    sheet = book_of(snapshot, values=True)[SCORES]

    assert float(sheet[named(sheet, "总分")].value) == snapshot.rating.total
    assert sheet[named(sheet, "星级")].value == "三星级"


def test_the_same_snapshot_gives_the_same_bytes() -> None:
    assert bytes_of(jining()) == bytes_of(jining())


def test_nothing_in_the_file_tells_when_it_was_written() -> None:
    content = bytes_of(jining())

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        times = {entry.date_time for entry in archive.infolist()}
    properties = load_workbook(io.BytesIO(content)).properties
    assert times == {(1980, 1, 1, 0, 0, 0)}
    assert properties.created == properties.modified == CLOSED_AT.replace(tzinfo=None)


def test_the_table_has_the_columns_of_the_document() -> None:
    sheet = jinings_book()[SCORES]

    assert [cell.value for cell in sheet[4][:11]] == [
        "一级指标",
        "二级指标",
        "序号",
        "三级指标",
        "指标释义",
        "三星级要求",
        "四星级要求",
        "五星级要求",
        "牵头部门",
        "核定等级",
        "得分",
    ]


def test_a_level_can_only_be_one_that_the_indicator_has() -> None:
    sheet = jinings_book()[SCORES]

    rule = next(each for each in sheet.data_validations.dataValidation if "J5" in each.sqref)

    assert rule.formula1 == '"三星级,四星级,五星级,未达到,尚不能判定"'


def test_shares_are_numbers_in_per_cent() -> None:
    cell = jinings_book()[FIGURES]["D3"]

    assert (cell.value, cell.number_format) == (0.9, "0.00%")


def test_text_that_looks_like_a_formula_stays_text() -> None:
    texts = ["=1+1", "+1", "-1", "@SUM(A1)", "#N/A", HOSTILE]
    cases = [InnovationCase(CASES[0].dated_on, text, "award", "link") for text in texts]

    sheet = book_of(a_snapshot(cases=cases))[INNOVATION]

    cells = [sheet.cell(at, 3) for at in range(3, 3 + len(texts))]
    assert [cell.value for cell in cells] == [text.replace("\x07", "") for text in texts]
    assert {cell.data_type for cell in cells} == {"s"}


def test_only_cells_of_ours_are_formulas() -> None:
    formula = '=HYPERLINK("https://evil.example")'
    snapshot = a_snapshot(notes={1: formula}, title=formula, area_name=formula)

    cells = [cell for sheet in book_of(snapshot) for row in sheet.iter_rows() for cell in row]

    ours = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert not any("HYPERLINK" in each for each in ours)


@pytest.mark.parametrize("standard_id", ["shandong-2023-county", "shandong-2020-city"])
def test_other_standards_have_their_own_columns(standard_id: str) -> None:
    sheet = book_of(a_snapshot(standard_id=standard_id, satisfaction=None, cases=[]))[SCORES]

    names = [cell.value for cell in sheet[4]]
    assert ("三星级要求" in names) is (standard_id == "shandong-2023-county")
    assert ("得分" in names) is (standard_id == "shandong-2023-county")


def test_sheets_have_names_that_excel_takes_in_english_too() -> None:
    reader = replace(READER, language="en", translate=catalogue("en").gettext)
    snapshot = jining()

    content = write_workbook(snapshot, report_page(snapshot, reader), reader, CLOSED_AT)

    names = load_workbook(io.BytesIO(content)).sheetnames
    assert len(names) == len(set(names)) == 5
    assert all(len(name) <= 31 for name in names)
