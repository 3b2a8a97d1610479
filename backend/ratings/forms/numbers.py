"""Reads numbers as people type them, and writes them back: full width, thousands apart, per cent.

Shares, ratios and changes are entered and shown in per cent and stored as fractions.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from analysis.rating.standard import Measure

NOT_A_NUMBER = "“{text}”不是数字，请填写如 93.5 或 1,200 这样的数字。"
IN_PER_CENT = frozenset({"share", "ratio", "change"})
LONGEST = 40
_NUMBER = re.compile(r"[+-]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)", re.ASCII)


@dataclass(frozen=True)
class TypedNumber:
    """A number as typed, and whether a per-cent sign followed it."""

    value: Decimal
    has_per_cent: bool


def read_number(text: str, unit: str | None = None) -> TypedNumber | None:
    """Return the number in a text, which may end in the unit or in %; None when it is none."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).replace("\u2212", "-")
    if unit:
        plain = plain.removesuffix(unicodedata.normalize("NFKC", unit))
    number = plain.removesuffix("%")
    if len(number) > LONGEST or not _NUMBER.fullmatch(number):
        return None
    return TypedNumber(Decimal(number.replace(",", "")), number != plain)


def is_in_per_cent(measure: Measure) -> bool:
    """Whether a measure is entered and shown in per cent."""
    return measure.kind in IN_PER_CENT


def unit_of(measure: Measure) -> str:
    """Return the unit in which a measure is entered; empty where it has none."""
    return "%" if is_in_per_cent(measure) else measure.unit or ""


def figure_from(measure: Measure, typed: TypedNumber) -> float | None:
    """Return what is stored for a typed figure; None for per cent where that has no meaning."""
    if is_in_per_cent(measure):
        return float(typed.value.scaleb(-2))
    return None if typed.has_per_cent else float(typed.value)


def typed_figure(measure: Measure, figure: float) -> str:
    """Write a stored figure as its field has it, without unit."""
    return plain_number(figure, shift=2 if is_in_per_cent(measure) else 0)


def shown_figure(measure: Measure, figure: float) -> str:
    """Write a stored figure as a reader sees it, with its unit."""
    if is_in_per_cent(measure):
        # Twelve digits: what a division leaves beyond them says nothing.
        return f"{100.0 * figure:,.12g}%"
    number = f"{figure:,.12g}"
    return f"{number} {measure.unit}" if measure.unit else number


def plain_number(figure: float, shift: int = 0) -> str:
    """Write a number by its shortest digits, moved by `shift` decimal places."""
    return f"{Decimal(repr(float(figure))).scaleb(shift).normalize():f}"
