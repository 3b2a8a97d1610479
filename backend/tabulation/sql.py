"""The engine that counts inside the database: one grouped statement, on SQLite and PostgreSQL.

No response reaches Python; what comes back is one row for each group that occurs. What the counts
mean is the business of `groups.py`, `counts.py` and `analysis`.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Row,
    Select,
    Subquery,
    bindparam,
    func,
    literal_column,
    select,
)
from sqlalchemy.orm import Session

from analysis.scoring import METHODS
from analysis.tabulation import Tabulation
from backend.responses.models import Response
from backend.tabulation.counts import included, to_cells, to_tabulation
from backend.tabulation.groups import MARKS, Group, GroupedCounts, add_up
from backend.tabulation.models import TabulationChange
from survey_forms.definition import Questionnaire

GROUPED_BY = ("weighting_cell", "channel", "simulated", "is_flagged", "excluded_reason")
COMPOSITES = tuple(f"composite_{method_id}" for method_id in METHODS)
LARGEST_ID = 2**63 - 1


def tabulate(session: Session, survey_id: int, questionnaire: Questionnaire) -> Tabulation:
    """Tabulate the responses of a survey that are not excluded, by reading all of them.

    The questionnaire may be any version of the survey: versions share measures and weighting.
    """
    counts = count_responses(session, survey_id, len(questionnaire.measures))
    return to_tabulation(to_cells(included(counts), questionnaire))


def count_responses(
    session: Session, survey_id: int, measure_count: int, after: int = 0, up_to: int = LARGEST_ID
) -> GroupedCounts:
    """Count the responses of a survey with ids above `after` and not above `up_to`."""
    statement = responses_statement(measure_count, _is_sqlite(session))
    parameters = {"survey_id": survey_id, "after": after, "up_to": up_to}
    rows = session.execute(statement, parameters).all()
    # Sorted by adding: databases sort text, and NULL, each in its own way.
    return add_up([(1, _grouped(rows, measure_count))])


def count_changes(
    session: Session, survey_id: int, measure_count: int, up_to: int
) -> list[tuple[int, GroupedCounts]]:
    """Count the logged changes of responses with ids not above `up_to`, by their sign."""
    statement = changes_statement(measure_count, _is_sqlite(session))
    parameters = {"survey_id": survey_id, "up_to": up_to}
    return _by_sign(session.execute(statement, parameters).all(), measure_count)


def count_these_changes(
    session: Session, measure_count: int, change_ids: Sequence[int]
) -> list[tuple[int, GroupedCounts]]:
    """Count the logged changes of these ids, by their sign."""
    statement = these_changes_statement(measure_count, _is_sqlite(session))
    return _by_sign(session.execute(statement, {"ids": list(change_ids)}).all(), measure_count)


@cache
def responses_statement(measure_count: int, is_sqlite: bool) -> Select[Any]:
    """Return the statement that counts responses: of `survey_id`, `after` an id and `up_to` one.

    Its columns: what is grouped by, the number of responses, of each measure the number of each
    mark, of each method the number of composites, and their sums and sums of squares.
    """
    rows = select(*_counted(Response, is_sqlite, measure_count)).where(
        Response.survey_id == _number("survey_id"),
        Response.id > _number("after"),
        Response.id <= _number("up_to"),
    )
    return _grouping(rows, GROUPED_BY, measure_count, is_sqlite)


@cache
def changes_statement(measure_count: int, is_sqlite: bool) -> Select[Any]:
    """Return the statement that counts changes of `survey_id` `up_to` a response; sign first."""
    rows = select(
        TabulationChange.sign, *_counted(TabulationChange, is_sqlite, measure_count)
    ).where(
        TabulationChange.survey_id == _number("survey_id"),
        TabulationChange.response_id <= _number("up_to"),
    )
    return _grouping(rows, ("sign", *GROUPED_BY), measure_count, is_sqlite)


@cache
def these_changes_statement(measure_count: int, is_sqlite: bool) -> Select[Any]:
    """Return the statement that counts the changes with `ids`; sign first."""
    rows = select(
        TabulationChange.sign, *_counted(TabulationChange, is_sqlite, measure_count)
    ).where(TabulationChange.id.in_(_number("ids", is_list=True)))
    return _grouping(rows, ("sign", *GROUPED_BY), measure_count, is_sqlite)


def _number(name: str, is_list: bool = False) -> BindParameter[int]:
    """A whole number (or several) that is written into the statement when it is sent.

    The driver for PostgreSQL searches a statement with parameters character by character, and
    these are long.
    """
    return bindparam(name, type_=BigInteger, expanding=is_list, literal_execute=True)


def _counted(
    source: type[Response] | type[TabulationChange], is_sqlite: bool, measure_count: int
) -> list[ColumnElement[Any]]:
    """Return the columns to group and count by, with the levels taken apart once for each row."""
    columns = [getattr(source, name) for name in (*GROUPED_BY, *COMPOSITES)]
    if is_sqlite:
        levels = [
            func.substr(source.levels, literal_column(str(j + 1)), literal_column("1")).label(
                _level(j)
            )
            for j in range(measure_count)
        ]
        return [*columns, *levels]
    # Taking a byte of bytes costs PostgreSQL far less than a character of a text, but one that is
    # not there is an error: what a row lacks was not shown.
    padded = func.rpad(source.levels, literal_column(str(measure_count)), literal_column("'.'"))
    return [*columns, func.convert_to(padded, literal_column("'UTF8'")).label("levels")]


def _grouping(
    rows: Select[Any], names: Sequence[str], measure_count: int, is_sqlite: bool
) -> Select[Any]:
    # An offset keeps both databases from merging the two selects, which would take the levels
    # apart anew for each of the hundred counts.
    one = rows.offset(literal_column("0")).subquery("one")
    by = [one.c[name] for name in names]
    composites = [one.c[name] for name in COMPOSITES]
    return select(
        *by,
        func.count(),
        *(column for j in range(measure_count) for column in _marks(one, j, is_sqlite)),
        *(func.count(composite) for composite in composites),
        *(column for composite in composites for column in _sums(composite)),
    ).group_by(*by)


def _marks(one: Subquery, position: int, is_sqlite: bool) -> list[ColumnElement[Any]]:
    """Count each mark of the measure at a position (from 0)."""
    # Written out rather than bound: our own constants, and 7 a measure would be hundreds of
    # parameters that keep the database from seeing one and the same expression.
    if is_sqlite:
        level = one.c[_level(position)]
        return [func.count().filter(level == literal_column(f"'{mark}'")) for mark in MARKS]
    byte = func.get_byte(one.c.levels, literal_column(str(position)))
    return [func.count().filter(byte == literal_column(str(ord(mark)))) for mark in MARKS]


def _sums(composite: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    zero: ColumnElement[float] = literal_column("0.0")
    return [
        func.coalesce(func.sum(composite), zero),
        func.coalesce(func.sum(composite * composite), zero),
    ]


def _level(position: int) -> str:
    return f"level_{position}"


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _by_sign(rows: Sequence[Row[Any]], measure_count: int) -> list[tuple[int, GroupedCounts]]:
    return [
        (sign, _grouped([row[1:] for row in rows if row[0] == sign], measure_count))
        for sign in (1, -1)
    ]


def _grouped(rows: Sequence[Any], measure_count: int) -> GroupedCounts:
    """Read rows as `_grouping` has them, without a sign."""
    empty = GroupedCounts.empty(measure_count)
    begin, end = len(GROUPED_BY), len(GROUPED_BY) + empty.counts.shape[1]
    return GroupedCounts(
        tuple(_group(*row[:begin]) for row in rows),
        np.array([row[begin:end] for row in rows], dtype=np.int64).reshape(-1, end - begin),
        np.array([row[end:] for row in rows], dtype=np.float64).reshape(-1, empty.sums.shape[1]),
    )


def _group(
    cell: str, channel: str, simulated: bool, is_flagged: bool, excluded_reason: str | None
) -> Group:
    # Through a subselect SQLite's truth values stay numbers.
    return Group(cell, channel, bool(simulated), bool(is_flagged), excluded_reason or "")
