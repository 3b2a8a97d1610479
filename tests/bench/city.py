"""The demonstration city's survey as material: its questionnaire, answers to it, many rows of them.

Answers come from the demonstration's model with a fixed seed, so every run measures the same.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import numpy as np
from sqlalchemy import Column, Table, Text, cast, func, insert, literal, select
from sqlalchemy.orm import Session

import analysis.shipped
from backend.db import migrate
from backend.db.engine import Database
from backend.demo.answers import draw_answers
from backend.demo.model import draw_people, populate, turnout
from backend.responses.models import Response
from backend.surveys.service import PublishedSurvey, fetch_published, publish
from backend.tabulation.coding import code_response
from survey_forms.answers import Faults, read_answers
from survey_forms.definition import Questionnaire
from survey_forms.loading import parse_questionnaire
from survey_forms.shipped import questionnaire_text

SLUG = "citizen-experience-2023"
SEED = 7
NOW = datetime(2024, 3, 1, 4, 0, tzinfo=UTC)
# So many responses are drawn and coded one by one; more rows are copies of them.
DISTINCT = 5_000


@contextmanager
def published(database_url: str) -> Iterator[tuple[Database, PublishedSurvey]]:
    """Open an empty database, migrate it and publish the questionnaire in it."""
    database = Database(database_url)
    try:
        migrate.upgrade(database)
        with database.write() as session:
            publish(session, SLUG, questionnaire_text(SLUG), "bench", NOW)
            survey = fetch_published(session, SLUG)
        yield database, survey
    finally:
        database.dispose()


def draw(count: int) -> list[dict[str, Any]]:
    """Draw the raw answers of residents, as the JSON interface takes them."""
    return list(_draw(parse_questionnaire(questionnaire_text(SLUG)), count))


def store_many(database: Database, survey: PublishedSurvey, total: int) -> None:
    """Add responses until there are `total`, by far faster than they are accepted."""
    with database.write() as session:
        stored = _count(session)
        if stored == 0:
            rows = _coded_rows(survey, min(total, DISTINCT))
            session.execute(insert(Response), rows)
            stored = len(rows)
        while stored < total:
            stored += _copy(session, min(DISTINCT, total - stored))
    if not database.is_sqlite:
        # What autovacuum does within a minute of such a load.
        with database.write() as session:
            session.connection().exec_driver_sql("ANALYZE responses")


def _draw(questionnaire: Questionnaire, count: int) -> Iterator[dict[str, Any]]:
    generator = np.random.default_rng(SEED)
    population = populate(analysis.shipped.margins("jining-adults-2020"))
    people = draw_people(turnout(population), count, generator)
    return draw_answers(questionnaire, people, generator)


def _coded_rows(survey: PublishedSurvey, count: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for raw in _draw(survey.questionnaire, count):
        answers = read_answers(survey.questionnaire, raw)
        if isinstance(answers, Faults):
            raise ValueError(f"the model draws answers that are none: {answers}")
        coded = code_response(survey.questionnaire, answers)
        rows.append(
            {
                "public_id": f"{len(rows):016d}",
                "survey_id": survey.id,
                "version_id": survey.version_id,
                "channel": "web",
                "language": "zh-CN",
                "submitted_at": NOW,
                "simulated": True,
                "request_hash": "0" * 64,
                "answers": answers.to_json(),
                "weighting_cell": coded.weighting_cell,
                "levels": coded.levels,
                **{f"composite_{method}": value for method, value in coded.composites.items()},
            }
        )
    return rows


def _copy(session: Session, count: int) -> int:
    """Copy the first responses inside the database, each copy with an id of its own."""
    table = Response.__table__
    assert isinstance(table, Table)
    columns = [column for column in table.columns if column.name != "id"]
    first = select(*(_copied(session, column) for column in columns)).order_by(table.c.id)
    session.execute(insert(table).from_select(columns, first.limit(count)))
    return count


def _copied(session: Session, column: Column[Any]) -> Any:
    if column.name != "public_id":
        return column
    if session.get_bind().dialect.name == "sqlite":
        return func.hex(func.randomblob(literal(8)))
    return func.substr(func.md5(cast(func.random(), Text)), 1, 16)


def _count(session: Session) -> int:
    return session.execute(select(func.count()).select_from(Response)).scalar_one()
