"""Rounds for tests of the workbook, without a database."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from analysis.shipped import standard
from backend.ratings.rounds.figures import StoredFigures
from backend.ratings.rounds.round import Round, Row, RowState
from backend.ratings.sheets.export import workbook
from backend.ratings.sheets.workbook.layout import (
    DATA_COLUMNS,
    DATA_SHEET,
    KEY,
    NUMBER,
    TABLE_SHEET,
)
from backend.staff.rights import Role
from backend.staff.service import Staff

NOW = datetime(2024, 11, 1, 2, 0, tzinfo=UTC)
ADMIN = Staff(1, "admin@jining.example", Role.ADMIN, None)


def department_staff(department: str) -> Staff:
    return Staff(2, "department@jining.example", Role.DEPARTMENT, department)


def a_round(
    figures: Mapping[int, StoredFigures] | None = None,
    *,
    standard_id: str = "shandong-2023-city",
    revision: int = 1,
) -> Round:
    """A round in which these figures were entered, by indicator number."""
    of = standard(standard_id)
    entered = figures or {}
    rows = tuple(
        Row(
            indicator=indicator,
            departments=indicator.departments or ("县大数据局",),
            due_on=date(2024, 11, 30),
            state=RowState.DRAFT if indicator.number in entered else RowState.EMPTY,
            revision=revision if indicator.number in entered else 0,
            figures=entered.get(indicator.number, {}),
            note="",
            reason="",
            changed_by=None,
            changed_at=None,
        )
        for indicator in of.leveled
    )
    return Round(
        id=1,
        slug="jining-2024",
        title="2024 年自评",
        standard=of,
        area_name="济宁市",
        division_code="370800",
        parent_code=None,
        opens_on=date(2024, 10, 1),
        due_on=date(2024, 11, 30),
        as_of=date(2024, 10, 31),
        security_from=date(2024, 1, 1),
        survey_slug=None,
        national_benchmark=False,
        revision=1,
        is_demonstration=False,
        created_by="reviewer@jining.example",
        created_at=NOW,
        closed_by=None,
        closed_at=None,
        frozen_rating=None,
        frozen_sha256=None,
        rows=rows,
    )


def with_row(round_: Round, number: int, **changes: object) -> Round:
    """The round with one of its rows changed."""
    rows = tuple(
        replace(row, **changes) if row.number == number else row  # type: ignore[arg-type]
        for row in round_.rows
    )
    return replace(round_, rows=rows)


def exported(round_: Round) -> bytes:
    """The whole workbook of a round, everything to be filled in."""
    numbers = {row.number for row in round_.rows}
    return workbook(round_, numbers, numbers, NOW)


def a_small_workbook(round_: Round, *numbers: int) -> bytes:
    """A workbook that has only the lines of these indicators, and not the official table."""
    book = opened(workbook(round_, numbers, numbers, NOW))
    del book[TABLE_SHEET]
    return saved(book)


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def saved(book: Workbook) -> bytes:
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def line_of(sheet: Worksheet, number: int, key: str) -> int:
    """The row in which a measure or condition stands."""
    columns = [DATA_COLUMNS.index(each) + 1 for each in (NUMBER, KEY)]
    return next(
        at
        for at in range(2, sheet.max_row + 1)
        if [sheet.cell(at, column).value for column in columns] == [number, key]
    )


def filled(content: bytes, number: int, key: str, **cells: object) -> bytes:
    """The workbook with cells of one line overwritten, named by their columns' headings."""
    book = opened(content)
    sheet = book[DATA_SHEET]
    at = line_of(sheet, number, key)
    for heading, value in cells.items():
        sheet.cell(at, DATA_COLUMNS.index(heading) + 1).value = value  # type: ignore[assignment]
    return saved(book)
