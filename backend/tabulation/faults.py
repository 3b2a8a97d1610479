"""Finds the first respondent whose row is wrong, and says what is wrong with it.

Slow and exact: engines count faults in the pass that tabulates, and come here only when there are
some. Finding the rows of a file is left to the engine.
"""

from collections.abc import Iterable, Sequence
from typing import NoReturn

from analysis.errors import AnalysisError
from backend.tabulation.codes import fits, is_empty, is_no_answer, number
from backend.tabulation.request import TabulationRequest

# The data of a file without line numbers begin under a header that counts as row 1.
FIRST_DATA_ROW = 2


class Faulty(Exception):
    """Raised by an engine that has counted faults, before the first of them is looked for."""

    def __init__(self) -> None:
        super().__init__("some values are not what they are to be")


def check_rows(rows: Iterable[tuple[int, Sequence[object]]], request: TabulationRequest) -> None:
    """Check every row: pairs of its number in the file and its values of `request.columns`.

    Raises
    ------
    AnalysisError
        The first fault, with `row`, `column` and `value`: `not_a_number`, `score_out_of_range`,
        `weight_missing`, `weight_not_a_number`, `weight_negative`, `population_not_positive`.
    """
    items = dict.fromkeys(name for measure in request.measures for name in measure.columns)
    item_at = [(name, request.columns.index(name)) for name in items]
    has_no_answer = is_no_answer(request.missing)
    for row, values in rows:
        for name, at in item_at:
            if has_no_answer(values[at]):
                continue
            code = number(values[at])
            if code is None:
                _refuse("not_a_number", row, name, values[at])
            if not fits(request.metric, code):
                _refuse("score_out_of_range", row, name, values[at])
        if request.base_weight is not None:
            _check_weight(
                row, request.base_weight, values[request.columns.index(request.base_weight)]
            )
        if request.population is not None:
            value = values[request.columns.index(request.population)]
            population = number(value)
            if population is None or population <= 0:
                _refuse("population_not_positive", row, request.population, value)


def _check_weight(row: int, column: str, value: object) -> None:
    if is_empty(value):
        _refuse("weight_missing", row, column, value)
    weight = number(value)
    if weight is None:
        _refuse("weight_not_a_number", row, column, value)
    if weight < 0:
        _refuse("weight_negative", row, column, value)


def _refuse(code: str, row: int, column: str, value: object) -> NoReturn:
    raise AnalysisError(code, row=row, column=column, value="" if is_empty(value) else str(value))
