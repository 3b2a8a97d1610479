"""Reads an uploaded workbook: every line is checked, and all faults are reported together."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from backend.ratings.rounds.figures import StoredFigure
from backend.ratings.rounds.round import Round
from backend.ratings.sheets import wording
from backend.ratings.sheets.container import BadFile, check_container
from backend.ratings.sheets.line_figures import CellFault, CellValue, read_figure
from backend.ratings.sheets.uploaded import Faulty, FileRow, SheetFault
from backend.ratings.sheets.workbook.layout import (
    DATA_COLUMNS,
    DATA_SHEET,
    GUIDE_SHEET,
    KEY,
    NUMBER,
    REVISION,
    ROUND_LABEL,
    DataLine,
    data_lines,
)

MAX_ROWS = 2000
_MAX_COLUMNS = 30
_WHOLE = re.compile(r"[0-9]{1,9}")
_MAX_GUIDE_ROWS = 50
# Stands for a formula whose result the file has not.
_UNCOMPUTED = object()


@dataclass(frozen=True)
class _Cells:
    """The cells of one line by heading, and where they stand."""

    row: int
    columns: Mapping[str, str]
    values: Mapping[str, CellValue]

    def fault(self, heading: str, message: str, **arguments: object) -> SheetFault:
        column = self.columns[heading]
        return SheetFault(DATA_SHEET, self.row, column, message, arguments, heading)


def read_workbook(name: str, content: bytes, round_: Round) -> tuple[FileRow, ...]:
    """Return what the data sheet of an uploaded file says, by indicator in ascending order.

    Raises
    ------
    BadFile
        When it is not an ordinary .xlsx; see `container`.
    Faulty
        With every fault of the sheets.
    """
    check_container(name, content)
    try:
        # Twice: a formula whose result was never stored must not be taken for a blank cell.
        results = _open(content, data_only=True)
        formulas = _open(content, data_only=False)
        _check_round(results, round_)
        lines = list(_read_lines(results, formulas))
    # What openpyxl raises over files that are valid XML and no workbook.
    except (
        InvalidFileException,
        BadZipFile,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        ArithmeticError,
        SyntaxError,
    ) as error:
        raise BadFile("not_xlsx") from error
    return _Reader(round_).read(lines)


def _open(content: bytes, *, data_only: bool) -> Workbook:
    # keep_links: what the file says of other files is not followed.
    return load_workbook(BytesIO(content), read_only=True, data_only=data_only, keep_links=False)


def _check_round(book: Workbook, round_: Round) -> None:
    """Refuse the file of another round: its revisions say nothing about this one."""
    if GUIDE_SHEET not in book.sheetnames:
        raise Faulty((SheetFault(GUIDE_SHEET, None, None, wording.SHEET_MISSING),))
    rows = book[GUIDE_SHEET].iter_rows(max_row=_MAX_GUIDE_ROWS, max_col=2, values_only=True)
    named = {label: value for label, value, *_ in rows}
    if named.get(ROUND_LABEL) != round_.slug:
        arguments = {"label": ROUND_LABEL, "slug": round_.slug}
        raise Faulty((SheetFault(GUIDE_SHEET, None, None, wording.OTHER_ROUND, arguments),))


def _read_lines(results: Workbook, formulas: Workbook) -> Iterator[_Cells]:
    if DATA_SHEET not in results.sheetnames:
        raise Faulty((SheetFault(DATA_SHEET, None, None, wording.SHEET_MISSING),))
    both = zip(_rows(results), _rows(formulas), strict=True)
    columns: dict[str, int] = {}
    for at, (values, written) in enumerate(both, start=1):
        if at > MAX_ROWS:
            raise BadFile("too_many_rows")
        if at == 1:
            columns = _columns(values)
        elif any(value is not None for value in values):
            cells = {
                heading: _UNCOMPUTED
                if values[column] is None and written[column] is not None
                else values[column]
                for heading, column in columns.items()
            }
            letters = {heading: get_column_letter(each + 1) for heading, each in columns.items()}
            yield _Cells(at, letters, cells)
    if not columns:
        # A sheet without a single row.
        _columns(())


def _rows(book: Workbook) -> Iterator[tuple[CellValue, ...]]:
    sheet = book[DATA_SHEET]
    rows: Iterator[tuple[CellValue, ...]] = sheet.iter_rows(
        min_row=1, max_row=MAX_ROWS + 1, max_col=_MAX_COLUMNS, values_only=True
    )
    return rows


def _columns(headings: tuple[CellValue, ...]) -> dict[str, int]:
    found = {heading.strip(): at for at, heading in enumerate(headings) if isinstance(heading, str)}
    missing = [heading for heading in DATA_COLUMNS if heading not in found]
    if missing:
        arguments = {"headings": "、".join(missing)}
        raise Faulty((SheetFault(DATA_SHEET, 1, None, wording.HEADINGS_MISSING, arguments),))
    return {heading: found[heading] for heading in DATA_COLUMNS}


class _Reader:
    """Checks line after line and keeps the faults of all."""

    def __init__(self, round_: Round) -> None:
        self._rows = {row.number: row for row in round_.rows}
        self._lines = {
            (row.number, line.key): line
            for row in round_.rows
            for line in data_lines(row.indicator)
        }
        self._revisions: dict[int, int] = {}
        self._figures: dict[int, dict[str, StoredFigure | None]] = {}
        self._faults: list[SheetFault] = []

    def read(self, lines: list[_Cells]) -> tuple[FileRow, ...]:
        for cells in lines:
            line = self._line(cells)
            if line is not None:
                self._read_revision(cells, line)
                self._read_figure(cells, line)
        if self._faults:
            raise Faulty(tuple(self._faults))
        return tuple(
            FileRow(number, self._revisions[number], figures)
            for number, figures in sorted(self._figures.items())
        )

    def _line(self, cells: _Cells) -> DataLine | None:
        number, key = _whole(cells.values[NUMBER]), cells.values[KEY]
        if number not in self._rows:
            self._faults.append(cells.fault(NUMBER, wording.UNKNOWN_INDICATOR))
            return None
        line = self._lines.get((number, key.strip())) if isinstance(key, str) else None
        if line is None:
            self._faults.append(cells.fault(KEY, wording.UNKNOWN_KEY, number=number))
        elif line.key in self._figures.setdefault(number, {}):
            self._faults.append(cells.fault(KEY, wording.REPEATED_LINE, number=number))
        else:
            return line
        return None

    def _read_revision(self, cells: _Cells, line: DataLine) -> None:
        number = line.indicator.number
        revision = _whole(cells.values[REVISION])
        stored = self._rows[number].revision
        if revision is None or not 0 <= revision <= stored:
            self._faults.append(cells.fault(REVISION, wording.BAD_REVISION))
        elif self._revisions.setdefault(number, revision) != revision:
            self._faults.append(cells.fault(REVISION, wording.REVISIONS_DIFFER, number=number))

    def _read_figure(self, cells: _Cells, line: DataLine) -> None:
        figures = self._figures[line.indicator.number]
        figures[line.key] = None
        uncomputed = [each for each, value in cells.values.items() if value is _UNCOMPUTED]
        if uncomputed:
            self._faults += [cells.fault(each, wording.NO_RESULT) for each in uncomputed]
            return
        try:
            figures[line.key] = read_figure(line, cells.values)
        except CellFault as fault:
            self._faults.append(cells.fault(fault.heading, fault.message, **fault.arguments))


def _whole(value: CellValue) -> int | None:
    """Return a whole number as spreadsheets hold it, 3 or 3.0 or the text 3; None for others."""
    if isinstance(value, str) and _WHOLE.fullmatch(value.strip()):
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if float(value).is_integer() else None
