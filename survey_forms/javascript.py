"""JavaScript's comparisons and conversions, so that a condition means one thing everywhere.

A condition is evaluated here and, by the same rules, in the browser. The rules are ECMAScript's
(ECMA-262: ToNumber, ToString, IsLooselyEqual, IsStrictlyEqual, IsLessThan), narrowed to the
values that JSON has. Lists and tuples are arrays, mappings are objects.
"""

import math
import re
from collections.abc import Mapping
from decimal import Decimal

_DECIMAL = re.compile(r"[+-]?(\d+\.?\d*([eE][+-]?\d+)?|\.\d+([eE][+-]?\d+)?)", re.ASCII)
_PREFIXED = re.compile(r"0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+", re.ASCII)
_BLANKS = " \t\n\r\v\f\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)


def is_array(value: object) -> bool:
    """Return whether `value` is an array in JavaScript's eyes."""
    return isinstance(value, (list, tuple))


def is_truthy(value: object) -> bool:
    """Return JsonLogic's truth of a value: JavaScript's, but an empty array is false."""
    if value is None or isinstance(value, bool):
        return bool(value)
    if isinstance(value, (int, float)):
        return value != 0 and not math.isnan(value)
    if isinstance(value, str) or is_array(value):
        return len(value) > 0  # type: ignore[arg-type]
    return True


def to_number(value: object) -> float:
    """Return ToNumber(value); NaN where there is no number."""
    if value is None:
        return 0.0
    if isinstance(value, (bool, int, float)):
        return _as_double(value)
    written = to_text(value).strip(_BLANKS)
    if written == "":
        return 0.0
    if _PREFIXED.fullmatch(written):
        return _as_double(int(written, 0))
    if written.lstrip("+-") == "Infinity" and len(written) <= len("+Infinity"):
        return -math.inf if written.startswith("-") else math.inf
    return float(written) if _DECIMAL.fullmatch(written) else math.nan


def to_text(value: object) -> str:
    """Return ToString(value)."""
    if isinstance(value, str):
        return value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return _number_text(_as_double(value))
    if isinstance(value, (list, tuple)):
        return ",".join("" if entry is None else to_text(entry) for entry in value)
    return "[object Object]"


def strictly_equal(left: object, right: object) -> bool:
    """Return left === right: no conversion; arrays and objects equal only themselves."""
    if _is_number(left) and _is_number(right):
        return to_number(left) == to_number(right)
    if _is_container(left) or _is_container(right):
        return left is right
    return type(left) is type(right) and left == right


def loosely_equal(left: object, right: object) -> bool:
    """Return left == right: null equals only itself, other values of two types are converted."""
    if left is None or right is None:
        return left is right
    if _is_container(left) and _is_container(right):
        return left is right
    left, right = _primitive(left), _primitive(right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    return to_number(left) == to_number(right)


def less_than(left: object, right: object) -> bool:
    """Return left < right: two texts by UTF-16 code units, everything else as numbers."""
    left, right = _primitive(left), _primitive(right)
    if isinstance(left, str) and isinstance(right, str):
        return _code_units(left) < _code_units(right)
    return to_number(left) < to_number(right)


def at_most(left: object, right: object) -> bool:
    """Return left <= right; false where a side is not a number (not the reverse of >)."""
    left, right = _primitive(left), _primitive(right)
    if isinstance(left, str) and isinstance(right, str):
        return _code_units(left) <= _code_units(right)
    return to_number(left) <= to_number(right)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_container(value: object) -> bool:
    return is_array(value) or isinstance(value, Mapping)


def _primitive(value: object) -> object:
    return to_text(value) if _is_container(value) else value


def _as_double(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _code_units(value: str) -> bytes:
    return value.encode("utf-16-be", "surrogatepass")


def _number_text(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0:
        return "0"
    if 1e-6 <= abs(value) < 1e21:
        plain = format(Decimal(repr(value)), "f")
        return plain.removesuffix(".0")
    digits, _, exponent = repr(value).partition("e")
    return f"{digits.removesuffix('.0')}e{int(exponent):+d}"
