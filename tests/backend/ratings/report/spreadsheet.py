"""Computes a workbook's formulas anew, as far as ours go: for tests that change cells.

openpyxl takes a formula apart; here its tokens become an expression over the few functions that
the reports use. A function that is not here is a KeyError, never a guess.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from typing import Any

import numpy as np
from openpyxl import Workbook
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

REFERENCE = re.compile(r"(?:(?:'(?P<quoted>[^']+)'|(?P<plain>[^!']+))!)?(?P<cells>[$A-Z0-9:]+)")
OPERATORS = {"=": "==", "<>": "!="}


def flat(*values: Any) -> Iterator[Any]:
    for value in values:
        yield from np.ravel(value) if isinstance(value, np.ndarray) else (value,)


def numbers(*values: Any) -> list[float]:
    return [float(each) for each in flat(*values) if is_number(each)]


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "IF": lambda holds, then, other: then if holds else other,
    "AND": lambda *parts: all(parts),
    "OR": lambda *parts: any(parts),
    "N": lambda value: value if is_number(value) else 0,
    "ISNUMBER": is_number,
    "SUM": lambda *parts: sum(numbers(*parts)),
    "MIN": lambda *parts: min(numbers(*parts)),
    "MAX": lambda *parts: max(numbers(*parts)),
    # Excel reads a cell that is no number as 0 in arithmetic.
    "ROUND": lambda value, digits: round(value, int(digits)) if is_number(value) else 0,
    "COUNTIF": lambda cells, wanted: sum(each == wanted for each in flat(cells)),
    "SUMPRODUCT": lambda *factors: float(
        np.sum(reduce(np.multiply, (np.asarray(each, dtype=float) for each in factors)))
    ),
}


class Spreadsheet:
    """A workbook with some cells changed; `value` computes what a cell then shows."""

    def __init__(self, book: Workbook, changes: Mapping[tuple[str, str], Any]) -> None:
        self._book = book
        self._known: dict[tuple[str, str], Any] = dict(changes)

    def value(self, sheet: str, address: str) -> Any:
        """Return the value of a cell; an empty one is None."""
        key = sheet, address
        if key not in self._known:
            written = self._book[sheet][address]
            is_formula = written.data_type == "f"
            self._known[key] = self._compute(sheet, written.value) if is_formula else written.value
        return self._known[key]

    def _compute(self, sheet: str, formula: str) -> Any:
        parts = [self._part(sheet, token) for token in Tokenizer(formula).items]
        known = {"cells": self._cells, **{f"f_{name}": each for name, each in FUNCTIONS.items()}}
        return eval("".join(parts), {"__builtins__": {}}, known)  # noqa: S307 - formulas of ours

    def _part(self, sheet: str, token: Token) -> str:
        if token.type == Token.FUNC:
            return f"f_{token.value}" if token.subtype == Token.OPEN else ")"
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            return f"cells({sheet!r}, {token.value!r})"
        if token.type == Token.OPERAND and token.subtype == Token.TEXT:
            return repr(token.value[1:-1].replace('""', '"'))
        if token.type == Token.WSPACE:
            return ""
        return OPERATORS.get(token.value, token.value)

    def _cells(self, sheet: str, reference: str) -> Any:
        """Return the value of one cell, or an array of several."""
        found = REFERENCE.fullmatch(reference)
        assert found is not None, reference
        sheet = found["quoted"] or found["plain"] or sheet
        place = found["cells"].replace("$", "")
        if ":" not in place:
            return self.value(sheet, place)
        rows = self._book[sheet][place]
        return np.array(
            [[self.value(sheet, cell.coordinate) for cell in row] for row in rows], dtype=object
        )
