"""The second sheet: one line for each measure and condition, which departments fill in and send
back.
"""

from collections.abc import Collection

from openpyxl.worksheet.worksheet import Worksheet

from backend.ratings.rounds.figures import StoredFigure
from backend.ratings.rounds.round import Round
from backend.ratings.sheets.workbook.cells import (
    CENTRE,
    ENTRY_FILL,
    UNLOCKED,
    fit_height,
    put_heading,
    put_text,
    set_up_printing,
    set_widths,
)
from backend.ratings.sheets.workbook.layout import (
    DATA_COLUMNS,
    DENOMINATOR,
    NO,
    NUMBER,
    NUMERATOR,
    REVISION,
    VALUE,
    YES,
    DataLine,
    data_lines,
)
from backend.ratings.sheets.workbook.validations import Kind, Validations, kind_of

_WIDTHS = (7.0, 26.0, 40.0, 29.0, 56.0, 13.0, 13.0, 13.0, 9.0)
_PERCENT = "0.00%"


def write_data(
    sheet: Worksheet, round_: Round, readable: Collection[int], editable: Collection[int]
) -> None:
    """Write the figures of the `readable` indicators; the `editable` ones can be filled in."""
    set_widths(sheet, _WIDTHS)
    for at, heading in enumerate(DATA_COLUMNS, start=1):
        put_heading(sheet, 1, at, heading)
    validations = Validations(sheet)
    at = 2
    for row in (each for each in round_.rows if each.number in readable):
        for line in data_lines(row.indicator):
            _write_line(sheet, at, line, row.figures.get(line.key), row.revision)
            fit_height(sheet, at, _WIDTHS)
            if row.number in editable:
                _open_for_entry(sheet, at, line, validations)
            at += 1
    set_up_printing(sheet, head_rows=1)
    sheet.auto_filter.ref = f"A1:I{at - 1}"
    _protect(sheet)


def _write_line(
    sheet: Worksheet, at: int, line: DataLine, figure: StoredFigure | None, revision: int
) -> None:
    texts = (line.indicator.name, line.name, line.key, line.how)
    for column, text in enumerate(texts, start=2):
        put_text(sheet, at, column, text)
    values: dict[str, float | str | None] = {
        NUMBER: line.indicator.number,
        REVISION: revision,
        **_entries(figure),
    }
    for heading, value in values.items():
        cell = put_text(sheet, at, _column(heading), "")
        cell.value, cell.alignment = value, CENTRE
    if line.is_percent:
        sheet.cell(at, _column(VALUE)).number_format = _PERCENT


def _entries(figure: StoredFigure | None) -> dict[str, float | str | None]:
    if isinstance(figure, dict):
        sides = {NUMERATOR: figure["numerator"], DENOMINATOR: figure["denominator"]}
        return {VALUE: None, **sides}
    value = (YES if figure else NO) if isinstance(figure, bool) else figure
    return {VALUE: value, NUMERATOR: None, DENOMINATOR: None}


def _open_for_entry(sheet: Worksheet, at: int, line: DataLine, validations: Validations) -> None:
    kinds: dict[str, Kind] = {VALUE: kind_of(line)}
    if line.has_sides:
        kinds |= {NUMERATOR: "numerator", DENOMINATOR: "denominator"}
    for heading, kind in kinds.items():
        cell = sheet.cell(at, _column(heading))
        cell.protection, cell.fill = UNLOCKED, ENTRY_FILL
        validations.add(kind, cell.coordinate)


def _protect(sheet: Worksheet) -> None:
    """Guard against slips, without a password; an import checks every line all the same."""
    sheet.protection.sheet = True
    # False allows it.
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    sheet.protection.autoFilter = False
    sheet.protection.sort = False


def _column(heading: str) -> int:
    return DATA_COLUMNS.index(heading) + 1
