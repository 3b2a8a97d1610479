"""The what-if form: what the address says, as `Changes`; a field left empty changes nothing.

Nothing is stored: the whole question is in the address, so that it can be passed on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, cast, get_args

from analysis.rating.assessment import (
    FIRST_YEAR,
    LAST_YEAR,
    Assessment,
    Figure,
    InnovationCase,
    SecurityDeduction,
    SecurityRecord,
    VerifiedLevel,
)
from analysis.rating.standard import LeveledIndicator, LevelName
from analysis.rating.what_if import Changes
from backend.errors import FieldError
from backend.ratings.rounds.entry import read_entry
from backend.ratings.rounds.figures import to_figures

# Of one figure: `figure.NUMBER.NAME`, as a link from the page of that row has it.
FIGURE = "figure."
NOT_A_DATE = "请填写日期，例如 2024-10-31。"
NOT_A_SHARE = "请填写 0 至 100 之间的百分数。"
NOT_POINTS = "请填写 0 至 1000 之间的分数。"
NOT_A_COUNT = "请填写 0 至 100 之间的整数。"
MOST_CASES = 100
MOST_POINTS = 1000.0


@dataclass(frozen=True)
class Filled:
    """What was typed, the changes that it means, and what is wrong with it by field."""

    typed: Mapping[str, str]
    changes: Changes
    errors: Mapping[str, FieldError]

    @property
    def asks(self) -> bool:
        """Whether anything is to be otherwise."""
        return any(self.typed.values())


def read_form(query: Mapping[str, str], assessment: Assessment) -> Filled:
    """Read the form's fields; unknown ones are left alone."""
    reading = _Reading({name: value.strip() for name, value in query.items()}, {})
    standard = assessment.standard
    as_of = reading.day("as_of")
    levels = {
        row.number: cast(VerifiedLevel, value)
        for row in standard.leveled
        if (value := reading.typed.get(f"level_{row.number}", "")) in (*get_args(LevelName), "none")
    }
    changes = Changes(
        satisfaction=reading.share("satisfaction") if standard.survey else "as_it_is",
        levels=levels,
        figures=_figures(reading, assessment),
        as_of=as_of,
        national_benchmark={"yes": True, "no": False}.get(reading.typed.get("benchmark", "")),
        security=_security(reading, assessment, as_of or assessment.as_of),
        innovations=_innovations(reading, assessment, as_of or assessment.as_of),
    )
    known = {"satisfaction", "benchmark", "points", "major", "as_of"}
    known |= {name for name in reading.typed if name.startswith(FIGURE)}
    known |= {f"level_{row.number}" for row in standard.leveled}
    known |= {
        f"cases_{kind}" for kind in (standard.innovation.kinds if standard.innovation else ())
    }
    typed = {name: value for name, value in reading.typed.items() if name in known}
    return Filled(typed, changes, reading.errors)


@dataclass(frozen=True)
class _Reading:
    typed: Mapping[str, str]
    errors: dict[str, FieldError]

    def refuse(self, name: str, message: str, **arguments: object) -> None:
        """Note what is wrong with a field."""
        self.errors[name] = FieldError(name, message, arguments)

    def share(self, name: str) -> "float | Literal['as_it_is']":
        """Read a share in per cent."""
        value = self.typed.get(name, "")
        if not value:
            return "as_it_is"
        number = self._number(value.removesuffix("%"))
        if number is None or not 0.0 <= number <= 100.0:
            self.refuse(name, NOT_A_SHARE)
            return "as_it_is"
        return number / 100.0

    def number(self, name: str, most: float, message: str) -> float:
        """Read a number from 0; 0 where nothing was typed."""
        value = self.typed.get(name, "")
        number = self._number(value) if value else 0.0
        if number is None or not 0.0 <= number <= most:
            self.refuse(name, message)
            return 0.0
        return number

    def day(self, name: str) -> date | None:
        """Read a date; None where nothing was typed."""
        value = self.typed.get(name, "")
        if not value:
            return None
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = date.min
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
        self.refuse(name, NOT_A_DATE)
        return None

    @staticmethod
    def _number(value: str) -> float | None:
        try:
            return float(value)
        except ValueError:
            return None


def _figures(reading: _Reading, assessment: Assessment) -> dict[int, dict[str, Figure | None]]:
    """Read figures as departments type them; what cannot be is noted as a fault."""
    by_row: dict[int, dict[str, str]] = {}
    for name, value in reading.typed.items():
        _, row_number, key = [*name.split(".", 2), "", ""][:3]
        if name.startswith(FIGURE) and row_number.isdecimal() and value:
            by_row.setdefault(int(row_number), {})[key] = value
    figures: dict[int, dict[str, Figure | None]] = {}
    for number, typed in by_row.items():
        row = assessment.standard.indicator(number)
        if isinstance(row, LeveledIndicator):
            figures[number] = _figures_of(row, typed, reading)
    return figures


def _figures_of(
    row: LeveledIndicator, typed: Mapping[str, str], reading: _Reading
) -> dict[str, Figure | None]:
    form = {
        f"{'condition' if key in row.conditions else 'figure'}.{key}": value
        for key, value in typed.items()
    }
    read = read_entry(row, form)
    for error in read.errors:
        key = error.field.partition(".")[2]
        reading.refuse(f"{FIGURE}{row.number}.{key}", error.message, **error.arguments)
    return dict(to_figures(read.entry.figures))


def _security(reading: _Reading, assessment: Assessment, as_of: date) -> SecurityRecord | None:
    if assessment.standard.security is None:
        return None
    record = assessment.security
    points = reading.number("points", MOST_POINTS, NOT_POINTS)
    more = (SecurityDeduction(as_of, points, ""),) if points else ()
    # On an earlier day, what came later had not happened.
    before = tuple(each for each in record.deductions if each.dated_on <= as_of)
    is_major = reading.typed.get("major") == "yes"
    return replace(
        record,
        deductions=(*before, *more),
        major_incident=record.major_incident or is_major,
    )


def _innovations(
    reading: _Reading, assessment: Assessment, as_of: date
) -> tuple[InnovationCase, ...] | None:
    row = assessment.standard.innovation
    more = [
        InnovationCase(as_of, f"{kind} {at}", kind, "what-if")
        for kind in (row.kinds if row else ())
        for at in range(int(reading.number(f"cases_{kind}", MOST_CASES, NOT_A_COUNT)))
    ]
    return (*assessment.innovations, *more) if more else None
