"""Writes single cells: their look, and texts that are never taken for formulas."""

from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

_LINE = Side(style="thin", color="808080")
BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
BODY = Font(name="宋体", size=10)
BOLD = Font(name="宋体", size=10, bold=True)
TITLE = Font(name="黑体", size=16)
HEAD_FILL = PatternFill("solid", fgColor="DCE6F1")
ENTRY_FILL = PatternFill("solid", fgColor="FFF9DB")
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
UNLOCKED = Protection(locked=False)
# Excel allows rows no higher than 409 points.
_MAX_HEIGHT = 400.0
_LINE_HEIGHT = 14.0
A3 = 8


def put_text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write a text, with box and wrapping; "=1+1" stays these four characters."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)  # noqa: S101 - cells are joined only after they are written
    if text:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
        # openpyxl takes a text that begins with "=" for a formula, and "#N/A" for an error.
        cell.data_type = "s"
        # So that it stays a text when somebody edits it.
        cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    cell.font, cell.border, cell.alignment = BODY, BOX, LEFT
    return cell


def put_heading(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Write the heading of a column."""
    cell = put_text(sheet, row, column, text)
    cell.font, cell.fill, cell.alignment = BOLD, HEAD_FILL, CENTRE


def set_widths(sheet: Worksheet, widths: tuple[float, ...]) -> None:
    """Set the columns' widths, in characters of the Latin alphabet."""
    for at, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width


def fit_height(sheet: Worksheet, row: int, widths: tuple[float, ...]) -> None:
    """Make a row high enough for its texts; a Chinese character is as wide as two Latin ones.

    Excel does so by itself only for rows that somebody edits.
    """
    lines = max(
        _count_lines(str(cell.value or ""), width)
        for cell, width in zip(sheet[row], widths, strict=True)
    )
    sheet.row_dimensions[row].height = min(_MAX_HEIGHT, lines * _LINE_HEIGHT + 4)


def set_up_printing(sheet: Worksheet, *, head_rows: int) -> None:
    """Print on A3 landscape, one page wide, the headings on every page; freeze the headings."""
    sheet.freeze_panes = f"A{head_rows + 1}"
    sheet.print_title_rows = f"1:{head_rows}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "第 &P 页，共 &N 页"


def _count_lines(text: str, width: float) -> int:
    # One character of slack: Chinese text breaks a little before the edge.
    room = max(width - 2, 2)
    return sum(max(1, -(-_units(line) // int(room))) for line in text.split("\n"))


def _units(line: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in line)
