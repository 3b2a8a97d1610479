"""A worksheet under way: texts that stay texts, numbers, and formulas with their value.

Excel computes formulas when it opens a file; previews do not. So a formula is written together
with what it gives now, which openpyxl by itself cannot do.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from backend.ratings.report.office_file import AUTHOR, without_times
from backend.ratings.report.plain_text import printable

FONT = "SimSun"
HEAD, EDITABLE = (PatternFill("solid", fgColor=color) for color in ("E6EBF1", "FFF7D6"))
PERCENT, PLAIN = "0.00%", "General"
_SIDE = Side(style="thin", color="B8C2CE")
_BORDER = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
# What a spreadsheet would take for a formula, if it were typed.
_LIKE_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

Value = float | str


class Sheet:
    """One worksheet; rows and columns count from 1."""

    def __init__(self, worksheet: Worksheet, widths: Sequence[float]) -> None:
        self.worksheet = worksheet
        self.values: dict[str, Value] = {}
        for at, width in enumerate(widths, 1):
            worksheet.column_dimensions[get_column_letter(at)].width = width

    @property
    def name(self) -> str:
        """Its name, quoted for formulas of other sheets."""
        return "'" + self.worksheet.title.replace("'", "''") + "'"

    def text(self, row: int, column: int, text: str, *, bold: bool = False) -> Cell:
        """Write a text, which is never a formula."""
        cell = self._cell(row, column, bold)
        cell.value = printable(text)
        # Not what openpyxl makes of `=…` and `#N/A`.
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_LIKE_FORMULAS)
        return cell

    def number(
        self, row: int, column: int, value: float | None, number_format: str = PLAIN
    ) -> Cell:
        """Write a number, or leave the cell empty."""
        cell = self._cell(row, column, bold=False)
        cell.value, cell.number_format = value, number_format
        return cell

    def formula(
        self, row: int, column: int, formula: str, value: Value, *, bold: bool = False
    ) -> Cell:
        """Write a formula, and what it gives with what the sheet holds now."""
        cell = self._cell(row, column, bold)
        cell.value = f"={formula}"
        self.values[cell.coordinate] = value
        return cell

    def head(self, row: int, names: Iterable[str]) -> None:
        """Write the head of a table, which stays in sight and is printed on each page."""
        for column, name in enumerate(names, 1):
            self.text(row, column, name, bold=True).fill = HEAD
        self.worksheet.freeze_panes = f"A{row + 1}"
        self.worksheet.print_title_rows = f"{row}:{row}"

    def choice(self, cell: Cell, choices: Sequence[str]) -> None:
        """Let a cell be changed to one of these words."""
        rule = DataValidation("list", formula1=f'"{",".join(choices)}"', allow_blank=True)
        rule.add(cell)
        self.worksheet.add_data_validation(rule)
        cell.fill = EDITABLE

    def title(self, row: int, text: str, columns: int, size: float = 10) -> None:
        """Write a line over so many columns."""
        cell = self.text(row, 1, text, bold=size > 10)
        cell.font = Font(name=FONT, size=size, bold=size > 10)
        cell.border = Border()
        self.worksheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)

    def _cell(self, row: int, column: int, bold: bool) -> Cell:
        cell = self.worksheet.cell(row, column)
        if not isinstance(cell, Cell):
            raise TypeError(f"{cell.coordinate} is inside a merged cell")
        cell.font = Font(name=FONT, size=10, bold=bold)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.border = _BORDER
        return cell


class Book:
    """A workbook under way."""

    def __init__(self, title: str, made_at: datetime) -> None:
        self._workbook = Workbook()
        self._workbook.remove(self._workbook.worksheets[0])
        self._sheets: list[Sheet] = []
        properties = self._workbook.properties
        properties.creator = properties.lastModifiedBy = AUTHOR
        properties.title = printable(title)
        self._made_at = made_at.astimezone(UTC).replace(tzinfo=None)
        properties.created = self._made_at
        self._workbook.calculation.fullCalcOnLoad = True

    def sheet(self, name: str, widths: Sequence[float]) -> Sheet:
        """Add a sheet, printed across on A3, one page wide."""
        worksheet = self._workbook.create_sheet(name)
        worksheet.page_setup.orientation = "landscape"
        worksheet.page_setup.paperSize = worksheet.PAPERSIZE_A3
        worksheet.page_setup.fitToHeight = 0
        worksheet.sheet_properties.pageSetUpPr.fitToPage = True
        self._sheets.append(Sheet(worksheet, widths))
        return self._sheets[-1]

    def content(self) -> bytes:
        """Return the file, the same bytes for the same sheets."""
        written = io.BytesIO()
        self._workbook.save(written)
        parts = {
            f"xl/worksheets/sheet{at}.xml": sheet.values for at, sheet in enumerate(self._sheets, 1)
        }
        return without_times(_with_values(written.getvalue(), parts, self._made_at))


def _with_values(content: bytes, parts: dict[str, dict[str, Value]], made_at: datetime) -> bytes:
    """Put the values of formulas in, and the time that openpyxl takes from the clock."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as found, zipfile.ZipFile(written, "w") as filled:
        for entry in found.infolist():
            data = found.read(entry)
            if entry.filename in parts:
                data = _fill(data, parts[entry.filename])
            if entry.filename == "docProps/core.xml":
                data = _set_modified(data, made_at)
            filled.writestr(entry, data)
    return written.getvalue()


def _fill(xml: bytes, values: dict[str, Value]) -> bytes:
    root = ElementTree.fromstring(xml)  # noqa: S314 - what openpyxl wrote a moment ago
    for cell in root.iter(f"{{{_MAIN}}}c"):
        value, kept = values.get(cell.get("r", "")), cell.find(f"{{{_MAIN}}}v")
        if value is None or kept is None:
            continue
        kept.text = value if isinstance(value, str) else f"{value:.10g}"
        if isinstance(value, str):
            cell.set("t", "str")
    ElementTree.register_namespace("", _MAIN)
    written: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def _set_modified(xml: bytes, made_at: datetime) -> bytes:
    fixed = f"{made_at:%Y-%m-%dT%H:%M:%SZ}".encode()
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + fixed, xml)
