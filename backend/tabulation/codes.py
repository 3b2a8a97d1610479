"""What one value of a file means: a number, no answer, or a category; the same in every engine.

The engines apply this to distinct values or, in SQL, say the same in `statement.py`.
"""

import math
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import numpy as np

from analysis.metrics import SCORED_CODES, Metric, Scored, TopBox


def category(value: object) -> str:
    """The category that a value of any type stands for; "" for an empty one.

    Whole numbers are written without a fraction, so that 4, 4.0 and "4" are one category; truth
    values are `true` and `false`; surrounding white space does not count.
    """
    if is_empty(value):
        return ""
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if isinstance(value, float | np.floating | Decimal):
        number = float(value)
        return str(int(number)) if number.is_integer() else repr(number)
    if isinstance(value, datetime | date):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    return str(value).strip()


def is_empty(value: object) -> bool:
    """Whether a value is none at all: NULL, NaN, NaT, or nothing but white space."""
    if isinstance(value, str):
        return not value.strip()
    # Only NaN, NaT and their like differ from themselves; pandas' NA has no truth value at all.
    return value is None or type(value).__name__ == "NAType" or bool(value != value)


def number(value: object) -> float | None:
    """The finite number that a value stands for, or None.

    Text is read as `float` reads it, but only ASCII: no full-width digits, no `nan`, no `inf`.
    """
    if isinstance(value, str):
        text = value.strip()
        if not text.isascii():
            return None
        try:
            found = float(text)
        except ValueError:
            return None
    elif isinstance(value, bool | np.bool_ | int | float | np.number | Decimal):
        found = float(value)
    else:
        return None
    return found if math.isfinite(found) else None


def missing_numbers(missing: frozenset[str]) -> tuple[float, ...]:
    """Those missing codes that are numbers: they match by value, so that "9" also finds 9.0."""
    found = (number(code) for code in missing)
    return tuple(sorted({value for value in found if value is not None}))


def missing_texts(missing: frozenset[str]) -> tuple[str, ...]:
    """Those missing codes that are not numbers: they match as text."""
    return tuple(sorted(code.strip() for code in missing if number(code) is None))


def is_no_answer(missing: frozenset[str]) -> Callable[[object], bool]:
    """A test of whether a value is item nonresponse: empty, or a missing code."""
    numbers, texts = missing_numbers(missing), missing_texts(missing)

    def test(value: object) -> bool:
        if is_empty(value):
            return True
        found = number(value)
        return category(value) in texts if found is None else found in numbers

    return test


def fits(metric: Metric, code: float) -> bool:
    """Whether the metric has a value for a code."""
    return not isinstance(metric, Scored) or code in SCORED_CODES


def is_zero_or_one(metric: Metric) -> bool:
    """Whether every value is 0 or 1, and so its own square."""
    return isinstance(metric, TopBox)
