"""The data of answer fields, as templates read them; `bodies` makes them from items."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey_forms.items import FormFields


@dataclass(frozen=True)
class Typing:
    """The state of a form: language, seed of the order, typed fields, and error texts by field."""

    language: str
    seed: int
    fields: FormFields
    errors: Mapping[str, str]

    def first(self, name: str) -> str:
        """Return what was typed into a field, "" for nothing."""
        return next(iter(self.fields.get(name, ())), "")


@dataclass(frozen=True)
class Option:
    """One radio button, checkbox or entry of a list."""

    value: str
    label: str
    is_chosen: bool
    is_exclusive: bool = False
    is_other: bool = False


@dataclass(frozen=True, kw_only=True)
class OtherText:
    """The field that says what "other" is."""

    field: str
    value: str
    error: str
    maximum: int


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Single and multiple choice, the scale, and the recommendation."""

    options: tuple[Option, ...]
    is_paired: bool = False
    minimum: int | None = None
    maximum: int | None = None
    other: OtherText | None = None
    low_label: str = ""
    high_label: str = ""


@dataclass(frozen=True)
class MatrixRow:
    """One row of a matrix: its levels, and "not applicable" apart."""

    field: str
    label: str
    error: str
    levels: tuple[Option, ...]
    not_applicable: Option | None


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """A satisfaction matrix, one card a row."""

    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, kw_only=True)
class Input:
    """Number, date, short and long text. Bounds are "" where there are none."""

    value: str
    minimum: str = ""
    maximum: str = ""
    unit: str = ""
    is_whole: bool = False
    max_length: int = 0
    range_error: str = ""


@dataclass(frozen=True)
class DivisionGroup:
    """Divisions under the name of the one they belong to; "" where there is one group only."""

    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, kw_only=True)
class DivisionPicker:
    """A division picker."""

    groups: tuple[DivisionGroup, ...]


Body = Choices | Matrix | Input | DivisionPicker
