"""The counting statement as it would be without the stored codes: levels from the answers' JSON.

Two ways of writing it, since it is not obvious which one a database likes better. Both return
what `backend.tabulation.sql.responses_statement` returns, but that an item which was not shown
cannot be told from one that was left out.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Executable, func, literal_column, select

from analysis.scoring import METHODS
from backend.responses.models import Response
from backend.tabulation.groups import MARKS, NO_ANSWER, NOT_APPLICABLE
from survey_forms.definition import Measure, Questionnaire

Columns = list[ColumnElement[Any]]


def extracting_at_each_count(
    survey_id: int, questionnaire: Questionnaire, is_sqlite: bool
) -> Executable:
    """Return our statement with `substr(levels, …)` replaced by an extraction."""
    levels = [_level(measure, is_sqlite) for measure in questionnaire.measures]
    composites = _moments([getattr(Response, f"composite_{method_id}") for method_id in METHODS])
    return (
        select(Response.weighting_cell, func.count(), *_marks(levels, is_sqlite), *composites)
        .where(Response.survey_id == survey_id, Response.excluded_reason.is_(None))
        .group_by(Response.weighting_cell)
        .order_by(Response.weighting_cell)
    )


def extracting_once(survey_id: int, questionnaire: Questionnaire, is_sqlite: bool) -> Executable:
    """Return a statement that extracts every level of a row once, and counts around that."""
    levels = [_level(measure, is_sqlite) for measure in questionnaire.measures]
    stored = [getattr(Response, f"composite_{method_id}") for method_id in METHODS]
    extracted = (
        select(
            Response.weighting_cell,
            *(level.label(f"level_{number}") for number, level in enumerate(levels)),
            *stored,
        )
        .where(Response.survey_id == survey_id, Response.excluded_reason.is_(None))
        # Keeps both databases from folding the inner query into the outer one.
        .offset(0)
        .subquery()
    )
    cell, *columns = extracted.columns
    marks = _marks(columns[: len(levels)], is_sqlite)
    composites = _moments(columns[len(levels) :])
    return select(cell, func.count(), *marks, *composites).group_by(cell).order_by(cell)


def _level(measure: Measure, is_sqlite: bool) -> ColumnElement[Any]:
    path = [measure.item, *([measure.row] if measure.row else [])]
    if is_sqlite:
        return literal_column(f"json_extract(answers, '$.{'.'.join(path)}')")
    return literal_column(f"(answers #>> '{{{','.join(path)}}}')")


def _marks(levels: Sequence[ColumnElement[Any]], is_sqlite: bool) -> Columns:
    return [
        func.count().filter(_is_marked(level, mark, is_sqlite))
        for level in levels
        for mark in MARKS
    ]


def _is_marked(level: ColumnElement[Any], mark: str, is_sqlite: bool) -> ColumnElement[bool]:
    if mark == NO_ANSWER:
        return level.is_(None)
    if mark == NOT_APPLICABLE:
        return level == literal_column("'na'")
    # SQLite extracts a number as a number, PostgreSQL as text.
    return level == literal_column(mark if is_sqlite else f"'{mark}'")


def _moments(composites: Sequence[ColumnElement[Any]]) -> Columns:
    return [
        column
        for each in composites
        for column in (func.count(each), func.sum(each), func.sum(each * each))
    ]
