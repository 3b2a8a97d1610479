"""Reads what a department typed about one indicator, and says what is wrong in each field.

Fields are `figure.NAME`, or `numerator.NAME` and `denominator.NAME`; `condition.NAME`, which is
`yes`, `no` or empty; and `note`. Nothing is stored here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from analysis.errors import AnalysisError
from analysis.rating.assessment import check_figure
from analysis.rating.standard import LeveledIndicator, Measure, Quantity
from backend.errors import FieldError, Invalid
from backend.ratings.forms.numbers import (
    NOT_A_NUMBER,
    figure_from,
    plain_number,
    read_number,
    typed_figure,
)
from backend.ratings.forms.typed import TypedForm
from backend.ratings.rounds.figures import StoredFigure, StoredFigures, to_figure
from backend.ratings.rounds.wording import (
    BOTH_WAYS,
    DENOMINATOR_ZERO,
    ENTRY_FAULTS,
    NEGATIVE_SIDE,
    NOT_IN_PER_CENT,
    NUMERATOR_ABOVE,
    SIDE_MISSING,
    UNKNOWN_ATTESTATION,
)

LONGEST_NOTE = 2000
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Entry:
    """What is to be stored of a row."""

    figures: StoredFigures
    note: str = ""


@dataclass(frozen=True)
class ReadEntry:
    """What could be read of a form, and what is wrong with it."""

    entry: Entry
    errors: tuple[FieldError, ...] = field(default=())


class _Wrong(Exception):
    def __init__(self, at: str, message: str, **arguments: object) -> None:
        self.error = FieldError(at, message, arguments)


def read_entry(indicator: LeveledIndicator, form: Mapping[str, str]) -> ReadEntry:
    """Read a form to its end, so that all that is wrong is told at once."""
    figures: dict[str, StoredFigure] = {}
    errors = list(_unknown_fields(indicator, form))
    for name in (*indicator.measures, *indicator.conditions):
        try:
            figure = _read(indicator, name, form)
        except _Wrong as wrong:
            errors.append(wrong.error)
        else:
            if figure is not None:
                figures[name] = figure
    note, note_errors = _read_note(form)
    return ReadEntry(Entry(figures, note), (*errors, *note_errors))


def typed_entry(indicator: LeveledIndicator, figures: StoredFigures, note: str) -> dict[str, str]:
    """Return the fields of a form that holds what is stored."""
    typed = {"note": note}
    for name, figure in figures.items():
        if isinstance(figure, bool):
            typed[f"condition.{name}"] = YES if figure else NO
        elif isinstance(figure, int | float):
            typed[f"figure.{name}"] = typed_figure(indicator.measures[name], figure)
        else:
            typed[f"numerator.{name}"] = plain_number(figure["numerator"])
            typed[f"denominator.{name}"] = plain_number(figure["denominator"])
    return typed


def require_possible(indicator: LeveledIndicator, entry: Entry) -> None:
    """Refuse figures that cannot be.

    Raises
    ------
    Invalid
        Naming each field.
    """
    errors = []
    for name, figure in entry.figures.items():
        try:
            _check(indicator, name, figure)
        except _Wrong as wrong:
            errors.append(wrong.error)
    if errors:
        raise Invalid(errors=tuple(errors))


def _read_note(form: Mapping[str, str]) -> tuple[str, tuple[FieldError, ...]]:
    reader = TypedForm(form)
    note = reader.text("note", LONGEST_NOTE)
    try:
        reader.settle()
    except Invalid as invalid:
        return note, invalid.errors
    return note, ()


def _unknown_fields(indicator: LeveledIndicator, form: Mapping[str, str]) -> Iterator[FieldError]:
    for key in form:
        part, dot, name = key.partition(".")
        if not dot:
            continue
        known = indicator.conditions if part == "condition" else indicator.measures
        if part not in ("figure", "numerator", "denominator", "condition") or name not in known:
            yield FieldError(key, ENTRY_FAULTS["unknown_measure"], {"name": name})


def _read(indicator: LeveledIndicator, name: str, form: Mapping[str, str]) -> StoredFigure | None:
    if name in indicator.conditions:
        return _read_attestation(name, form)
    measure = indicator.measures[name]
    direct = form.get(f"figure.{name}", "").strip()
    sides = [form.get(f"{side}.{name}", "").strip() for side in ("numerator", "denominator")]
    if not direct and not any(sides):
        return None
    if direct and any(sides):
        raise _Wrong(f"figure.{name}", BOTH_WAYS)
    figure = _read_direct(name, measure, direct) if direct else _read_sides(name, measure, *sides)
    _check(indicator, name, figure)
    return figure


def _read_attestation(name: str, form: Mapping[str, str]) -> bool | None:
    typed = form.get(f"condition.{name}", "")
    if typed not in (YES, NO, ""):
        raise _Wrong(f"condition.{name}", UNKNOWN_ATTESTATION)
    return typed == YES if typed else None


def _read_direct(name: str, measure: Measure, text: str) -> float:
    number = read_number(text, measure.unit)
    if number is None:
        raise _Wrong(f"figure.{name}", NOT_A_NUMBER, text=text)
    figure = figure_from(measure, number)
    if figure is None:
        raise _Wrong(f"figure.{name}", NOT_IN_PER_CENT, unit=measure.unit or "")
    return figure


def _read_sides(name: str, measure: Measure, numerator: str, denominator: str) -> StoredFigure:
    if measure.numerator is None or measure.denominator is None:
        raise _Wrong(f"figure.{name}", ENTRY_FAULTS["unknown_measure"], name=name)
    above = _read_side(f"numerator.{name}", measure.numerator, numerator)
    below = _read_side(f"denominator.{name}", measure.denominator, denominator)
    return {"numerator": above, "denominator": below}


def _read_side(field_name: str, quantity: Quantity, text: str) -> float:
    if not text:
        raise _Wrong(field_name, SIDE_MISSING, name=quantity.name)
    number = read_number(text, quantity.unit)
    if number is None or number.has_per_cent:
        raise _Wrong(field_name, NOT_A_NUMBER, text=text)
    return float(number.value)


def _check(indicator: LeveledIndicator, name: str, figure: StoredFigure) -> None:
    kind = "condition" if name in indicator.conditions else "figure"
    if not isinstance(figure, bool | int | float):
        kind = "numerator"
        _check_sides(indicator, name, figure["numerator"], figure["denominator"])
    try:
        check_figure(indicator, name, to_figure(figure))
    except AnalysisError as error:
        arguments = {**error.arguments, "name": name}
        raise _Wrong(f"{kind}.{name}", ENTRY_FAULTS[error.code], **arguments) from error


def _check_sides(
    indicator: LeveledIndicator, name: str, numerator: float, denominator: float
) -> None:
    measure = indicator.measures.get(name)
    for side, number in (("numerator", numerator), ("denominator", denominator)):
        if number < 0:
            raise _Wrong(f"{side}.{name}", NEGATIVE_SIDE)
    if denominator == 0:
        raise _Wrong(f"denominator.{name}", DENOMINATOR_ZERO)
    if measure is not None and measure.kind == "share" and numerator > denominator:
        raise _Wrong(f"numerator.{name}", NUMERATOR_ABOVE)
