"""The engine that counts inside the database: one grouped statement, on SQLite and PostgreSQL.

No response reaches Python; what comes back is one row for each weighting cell that occurs. What
the counts mean is `counts.py`'s and `analysis`'s business.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Row, Select, func, literal_column, select
from sqlalchemy.orm import Session

from analysis.scoring import METHODS
from analysis.tabulation import Tabulation
from backend.responses.models import Response
from backend.tabulation.coding import CELL_SEPARATOR
from backend.tabulation.counts import MARKS, CellCounts, Floats, to_tabulation
from survey_forms.definition import Questionnaire


def tabulate(session: Session, survey_id: int, questionnaire: Questionnaire) -> Tabulation:
    """Tabulate the responses of a survey that are not excluded."""
    return to_tabulation(count_cells(session, survey_id, questionnaire))


def count_cells(session: Session, survey_id: int, questionnaire: Questionnaire) -> CellCounts:
    """Count the responses of a survey that are not excluded, by weighting cell.

    The questionnaire may be any version of the survey: versions share measures and weighting.
    """
    measures = tuple(measure.key for measure in questionnaire.measures)
    weighting = questionnaire.weighting
    variables = weighting.variables if weighting else ()
    rows = session.execute(counting_statement(survey_id, len(measures))).all()
    marks_end = 2 + len(measures) * len(MARKS)
    return CellCounts(
        variables=variables,
        cells=tuple(_categories(row, len(variables)) for row in rows),
        measures=measures,
        n=_array(rows, 1, 2).reshape(len(rows)),
        marks=_array(rows, 2, marks_end).reshape(len(rows), len(measures), len(MARKS)),
        composites=_array(rows, marks_end, None).reshape(len(rows), len(METHODS), 3),
    )


def counting_statement(survey_id: int, measure_count: int) -> Select[Any]:
    """Return the statement: cell, n, the marks of each measure, the moments of each composite."""
    return (
        select(
            Response.weighting_cell,
            func.count(),
            *(column for j in range(measure_count) for column in _marks(j)),
            *(column for method_id in METHODS for column in _moments(method_id)),
        )
        .where(Response.survey_id == survey_id, Response.excluded_reason.is_(None))
        .group_by(Response.weighting_cell)
        .order_by(Response.weighting_cell)
    )


def _marks(position: int) -> list[ColumnElement[Any]]:
    """Count each mark of the measure at a position (from 0)."""
    # Written out rather than bound: our own constants, and 7 a measure would be hundreds of
    # parameters that keep the database from seeing one and the same expression.
    mark = func.substr(Response.levels, literal_column(str(position + 1)), literal_column("1"))
    return [func.count().filter(mark == literal_column(f"'{character}'")) for character in MARKS]


def _moments(method_id: str) -> list[ColumnElement[Any]]:
    """Count, sum and sum of squares of a stored composite."""
    composite = getattr(Response, f"composite_{method_id}")
    return [
        func.count(composite),
        func.coalesce(func.sum(composite), 0.0),
        func.coalesce(func.sum(composite * composite), 0.0),
    ]


def _categories(row: Row[Any], count: int) -> tuple[str, ...]:
    return tuple(str(row[0]).split(CELL_SEPARATOR)) if count else ()


def _array(rows: Sequence[Row[Any]], start: int, end: int | None) -> Floats:
    return np.array([tuple(row)[start:end] for row in rows], dtype=np.float64)
