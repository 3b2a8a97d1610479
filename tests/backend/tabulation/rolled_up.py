"""What tests of the roll-up share: a survey to count, and counts that can be compared."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.db.engine import Database
from backend.responses.models import Response
from backend.surveys.service import PublishedSurvey
from backend.tabulation.groups import GroupedCounts
from backend.tabulation.models import TabulationChange, TabulationRollup
from backend.tabulation.rollup import read_counts, refresh
from backend.tabulation.sql import count_responses
from backend.tabulation.verification import verify
from tests.backend.answering import a_survey, random_answers, store
from tests.builders import a_questionnaire_text

LATER = datetime(2024, 3, 2, 4, 0, tzinfo=UTC)


def a_survey_with(database: Database, responses: int) -> PublishedSurvey:
    """Publish the example and store so many random responses."""
    survey = a_survey(database, a_questionnaire_text())
    store(database, survey, random_answers(responses))
    return survey


def roll_up(database: Database, survey: PublishedSurvey) -> None:
    refresh(database, survey.id, survey.questionnaire, LATER)


def read(database: Database, survey: PublishedSurvey) -> GroupedCounts:
    """What a pull reads."""
    with database.read() as session:
        return read_counts(session, survey.id, survey.questionnaire)


def rescan(database: Database, survey: PublishedSurvey) -> GroupedCounts:
    """What counting every response gives."""
    with database.read() as session:
        return count_responses(session, survey.id, len(survey.questionnaire.measures))


def is_exact(database: Database, survey: PublishedSurvey) -> bool:
    """Whether the roll-up leads to what counting every response gives."""
    with database.read() as session:
        return not verify(session, survey.id, survey.questionnaire).differences


def change(database: Database, survey: PublishedSurvey, place: int, **values: Any) -> None:
    """Change columns of the survey's response at a place (from 0, in the order of ids)."""
    with database.write() as session:
        set_columns(session, survey, place, **values)


def set_columns(session: Session, survey: PublishedSurvey, place: int, **values: Any) -> None:
    for name, value in values.items():
        setattr(nth(session, survey, place), name, value)


def delete(database: Database, survey: PublishedSurvey, place: int) -> None:
    with database.write() as session:
        session.delete(nth(session, survey, place))


def nth(session: Session, survey: PublishedSurvey, place: int) -> Response:
    ordered = select(Response).where(Response.survey_id == survey.id).order_by(Response.id)
    return session.scalars(ordered.offset(place).limit(1)).one()


def stored_rollup(database: Database, survey: PublishedSurvey) -> TabulationRollup | None:
    with database.read() as session:
        return session.get(TabulationRollup, survey.id)


def logged_changes(database: Database) -> list[tuple[int, int]]:
    """(response id, sign) of each change in the log."""
    with database.read() as session:
        rows = session.execute(
            select(TabulationChange.response_id, TabulationChange.sign).order_by(
                TabulationChange.id
            )
        )
        return [(row[0], row[1]) for row in rows]
