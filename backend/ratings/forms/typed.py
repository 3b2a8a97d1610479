"""Reads what was typed into a form; each bad field gets a message of its own.

Which fields there are, and what they mean together, is left to the forms.
"""

import unicodedata
from collections.abc import Mapping
from datetime import date

from analysis.rating.assessment import LARGEST
from analysis.rating.standard import Measure
from backend.errors import FieldError, Invalid
from backend.ratings.forms.links import BAD_LINK, is_link
from backend.ratings.forms.numbers import NOT_A_NUMBER, TypedNumber, figure_from, read_number

NOT_A_DATE = "请填写日期，例如 2024-10-31。"
IN_THE_FUTURE = "日期不能晚于今天（{today}）。"
TOO_LONG = "最多 {maximum} 个字，请删减。"
BAD_CHARACTERS = "含有不允许的字符。"


class TypedForm:
    """One form as typed.

    Its readers return a value also where they refuse one, so that a form is read to its end and
    all faults are told at once; `settle` then raises them.
    """

    def __init__(self, typed: Mapping[str, str]) -> None:
        self._typed = typed
        self._errors: dict[str, FieldError] = {}

    def refuse(self, name: str, message: str, /, **arguments: object) -> None:
        """Note a fault; the first of a field stays."""
        self._errors.setdefault(name, FieldError(name, message, arguments))

    @property
    def faults(self) -> tuple[FieldError, ...]:
        """What was refused so far."""
        return tuple(self._errors.values())

    def settle(self) -> None:
        """Raise Invalid with every fault, if there is one."""
        if self._errors:
            raise Invalid(errors=self.faults)

    def raw(self, name: str) -> str:
        """Return a field without the spaces around it; empty where it was not sent."""
        return self._typed.get(name, "").strip()

    def is_checked(self, name: str) -> bool:
        """Return whether a box is ticked."""
        return bool(self.raw(name))

    def line(self, name: str, longest: int, missing: str | None = None) -> str:
        """Return a text of one line; `missing` is the message where it must not be empty."""
        text = self.raw(name)
        if not text.isprintable():
            self.refuse(name, BAD_CHARACTERS)
        return self._measured(name, text, longest, missing)

    def text(self, name: str, longest: int, missing: str | None = None) -> str:
        """Return a text that may have several lines."""
        text = self.raw(name).replace("\r\n", "\n")
        if not text.replace("\n", "").replace("\t", "").isprintable():
            self.refuse(name, BAD_CHARACTERS)
        return self._measured(name, text, longest, missing)

    def link(self, name: str, longest: int) -> str:
        """Return a web address, or an empty text where none was typed."""
        text = self.line(name, longest)
        if text and not is_link(text):
            self.refuse(name, BAD_LINK)
        return text

    def day(self, name: str, today: date) -> date:
        """Return a day that is not after today."""
        day = self.optional_day(name)
        if day is None:
            self.refuse(name, NOT_A_DATE)
            return today
        if day > today:
            self.refuse(name, IN_THE_FUTURE, today=today)
        return day

    def optional_day(self, name: str) -> date | None:
        """Return any day, or None where none was typed."""
        text = self.raw(name)
        if not text:
            return None
        day = to_day(text)
        if day is None:
            self.refuse(name, NOT_A_DATE)
        return day

    def number(self, name: str, missing: str, measure: Measure | None = None) -> float:
        """Return a number as people type it, of shares, ratios and changes in per cent.

        It may be followed by its unit.
        """
        text = self.raw(name)
        if not text:
            self.refuse(name, missing)
            return 0.0
        typed = read_number(text, measure.unit if measure else None)
        number = _number(typed, measure) if typed else None
        if number is None or abs(number) > LARGEST:
            self.refuse(name, NOT_A_NUMBER, text=text[:40])
            return 0.0
        return number

    def _measured(self, name: str, text: str, longest: int, missing: str | None) -> str:
        if not text and missing is not None:
            self.refuse(name, missing)
        if len(text) > longest:
            self.refuse(name, TOO_LONG, maximum=longest)
        return text


def to_day(text: str) -> date | None:
    """Return the day that a date field holds, or None when it is none."""
    try:
        return date.fromisoformat(unicodedata.normalize("NFKC", text).strip())
    except ValueError:
        return None


def revision_of(typed: Mapping[str, str]) -> int:
    """Return the revision that the form was made from; 0, which no entry has, where it is none."""
    text = typed.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _number(typed: TypedNumber, measure: Measure | None) -> float | None:
    if measure is not None:
        return figure_from(measure, typed)
    return None if typed.has_per_cent else float(typed.value)
