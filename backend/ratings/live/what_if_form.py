"""The what-if form: what the address says, as `Changes`; a field left empty changes nothing.

Nothing is stored: the whole question is in the address, so that it can be passed on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, cast, get_args

from analysis.rating.assessment import (
    Assessment,
    InnovationCase,
    SecurityDeduction,
    SecurityRecord,
    VerifiedLevel,
)
from analysis.rating.standard import LevelName
from analysis.rating.what_if import Changes

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
    errors: Mapping[str, str]

    @property
    def asks(self) -> bool:
        """Whether anything is to be otherwise."""
        return any(self.typed.values())


def read_form(query: Mapping[str, str], assessment: Assessment) -> Filled:
    """Read the form's fields; unknown ones are left alone."""
    reading = _Reading({name: value.strip() for name, value in query.items()}, {})
    standard = assessment.standard
    levels = {
        row.number: cast(VerifiedLevel, value)
        for row in standard.leveled
        if (value := reading.typed.get(f"level_{row.number}", "")) in (*get_args(LevelName), "none")
    }
    changes = Changes(
        satisfaction=reading.share("satisfaction") if standard.survey else "as_it_is",
        levels=levels,
        national_benchmark={"yes": True, "no": False}.get(reading.typed.get("benchmark", "")),
        security=_security(reading, assessment),
        innovations=_innovations(reading, assessment),
    )
    known = {"satisfaction", "benchmark", "points", "major"}
    known |= {f"level_{row.number}" for row in standard.leveled}
    known |= {
        f"cases_{kind}" for kind in (standard.innovation.kinds if standard.innovation else ())
    }
    typed = {name: value for name, value in reading.typed.items() if name in known}
    return Filled(typed, changes, reading.errors)


@dataclass(frozen=True)
class _Reading:
    typed: Mapping[str, str]
    errors: dict[str, str]

    def share(self, name: str) -> "float | Literal['as_it_is']":
        """Read a share in per cent."""
        value = self.typed.get(name, "")
        if not value:
            return "as_it_is"
        number = self._number(value.removesuffix("%"))
        if number is None or not 0.0 <= number <= 100.0:
            self.errors[name] = NOT_A_SHARE
            return "as_it_is"
        return number / 100.0

    def number(self, name: str, most: float, message: str) -> float:
        """Read a number from 0; 0 where nothing was typed."""
        value = self.typed.get(name, "")
        number = self._number(value) if value else 0.0
        if number is None or not 0.0 <= number <= most:
            self.errors[name] = message
            return 0.0
        return number

    @staticmethod
    def _number(value: str) -> float | None:
        try:
            return float(value)
        except ValueError:
            return None


def _security(reading: _Reading, assessment: Assessment) -> SecurityRecord | None:
    if assessment.standard.security is None:
        return None
    points = reading.number("points", MOST_POINTS, NOT_POINTS)
    is_major = reading.typed.get("major") == "yes"
    if not points and not is_major:
        return None
    record = assessment.security
    more = (SecurityDeduction(assessment.as_of, points, ""),) if points else ()
    return replace(
        record,
        deductions=(*record.deductions, *more),
        major_incident=record.major_incident or is_major,
    )


def _innovations(reading: _Reading, assessment: Assessment) -> tuple[InnovationCase, ...] | None:
    row = assessment.standard.innovation
    more = [
        InnovationCase(assessment.as_of, f"{kind} {at}", kind, "what-if")
        for kind in (row.kinds if row else ())
        for at in range(int(reading.number(f"cases_{kind}", MOST_CASES, NOT_A_COUNT)))
    ]
    return (*assessment.innovations, *more) if more else None
