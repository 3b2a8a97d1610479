"""Turns the three cells of a line (value, numerator, denominator) into a figure as we store it."""

import math
from collections.abc import Mapping

from backend.errors import Invalid
from backend.ratings.forms.numbers import read_number
from backend.ratings.rounds.entry import Entry, require_possible
from backend.ratings.rounds.figures import Sides, StoredFigure
from backend.ratings.sheets import wording
from backend.ratings.sheets.workbook.layout import DENOMINATOR, NO, NUMERATOR, VALUE, YES, DataLine

# What a spreadsheet hands out: numbers, texts, truth values, dates, or nothing.
CellValue = object
# A value that was typed beside numerator and denominator may be rounded: 93% beside 14 and 15.
_ROUNDED = 0.005
_HEADINGS = {
    "figure": VALUE,
    "condition": VALUE,
    "numerator": NUMERATOR,
    "denominator": DENOMINATOR,
}


class CellFault(Exception):
    """One cell is wrong: its column's heading, and a message id with its arguments."""

    def __init__(
        self, heading: str, message: str, arguments: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(message)
        self.heading = heading
        self.message = message
        self.arguments = arguments or {}


def read_figure(line: DataLine, cells: Mapping[str, CellValue]) -> StoredFigure | None:
    """Return the figure of a line, None when its cells are blank.

    Raises
    ------
    CellFault
        When it is no number, cannot be, or its parts contradict one another.
    """
    for heading in (NUMERATOR, DENOMINATOR):
        if not line.has_sides and not _is_blank(cells[heading]):
            raise CellFault(heading, wording.NO_SIDES_HERE)
    figure = _figure(line, cells)
    if figure is not None:
        _require_possible(line, figure)
    if isinstance(figure, dict):
        _require_agreement(line, figure, cells)
    return figure


def _figure(line: DataLine, cells: Mapping[str, CellValue]) -> StoredFigure | None:
    if line.measure is None:
        return _attestation(cells[VALUE])
    sides = {heading: _side(line, cells, heading) for heading in (NUMERATOR, DENOMINATOR)}
    numerator, denominator = sides.values()
    if numerator is not None and denominator is not None:
        return Sides(numerator=numerator, denominator=denominator)
    for heading, side in sides.items():
        if side is None and (numerator, denominator) != (None, None):
            raise CellFault(heading, wording.OTHER_SIDE_MISSING)
    return _value(line, cells)


def _attestation(value: CellValue) -> bool | None:
    if _is_blank(value):
        return None
    if isinstance(value, bool):
        return value
    answers = {YES: True, NO: False}
    if not isinstance(value, str) or value.strip() not in answers:
        raise CellFault(VALUE, wording.YES_OR_NO)
    return answers[value.strip()]


def _value(line: DataLine, cells: Mapping[str, CellValue]) -> float | None:
    unit = line.measure.unit if line.measure else None
    return _number(cells[VALUE], VALUE, unit, may_be_percent=line.is_percent)


def _side(line: DataLine, cells: Mapping[str, CellValue], heading: str) -> float | None:
    if line.measure is None or line.measure.numerator is None or line.measure.denominator is None:
        return None
    quantity = line.measure.numerator if heading == NUMERATOR else line.measure.denominator
    return _number(cells[heading], heading, quantity.unit, may_be_percent=False)


def _number(
    value: CellValue, heading: str, unit: str | None, *, may_be_percent: bool
) -> float | None:
    if _is_blank(value):
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    typed = read_number(value, unit) if isinstance(value, str) else None
    if typed is None or (typed.has_per_cent and not may_be_percent):
        raise CellFault(heading, wording.NOT_A_NUMBER)
    # Without a sign a text means what the same number in the cell would: 0.93 is 93%.
    return float(typed.value.scaleb(-2) if typed.has_per_cent else typed.value)


def _require_possible(line: DataLine, figure: StoredFigure) -> None:
    try:
        require_possible(line.indicator, Entry({line.key: figure}))
    except Invalid as error:
        found = error.errors[0]
        heading = _HEADINGS[found.field.partition(".")[0]]
        raise CellFault(heading, found.message, found.arguments) from error


def _require_agreement(line: DataLine, sides: Sides, cells: Mapping[str, CellValue]) -> None:
    value = _value(line, cells)
    quotient = sides["numerator"] / sides["denominator"]
    if value is not None and not math.isclose(value, quotient, rel_tol=_ROUNDED):
        raise CellFault(VALUE, wording.CONTRADICTS_SIDES)


def _is_blank(value: CellValue) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
