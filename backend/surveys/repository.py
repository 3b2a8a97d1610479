"""Every query on surveys and their published questionnaires."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Row, Select, func, select, update
from sqlalchemy.orm import Session, aliased

from backend.db.insert import insert_unless_taken
from backend.responses.models import Response
from backend.surveys.models import QuestionnaireVersion, Survey


@dataclass(frozen=True)
class CurrentVersion:
    """What is known of a survey's newest version without its text."""

    id: int
    number: int
    digest: str
    published_at: datetime


def fetch_surveys(session: Session) -> Sequence[tuple[Survey, CurrentVersion]]:
    """Return every survey with its newest version, by slug."""
    rows = session.execute(_with_current_version().order_by(Survey.slug))
    return [_pair(row) for row in rows]


def find_survey(session: Session, slug: str) -> tuple[Survey, CurrentVersion] | None:
    """Return a survey with its newest version, or None."""
    row = session.execute(_with_current_version().where(Survey.slug == slug)).one_or_none()
    return None if row is None else _pair(row)


def _pair(row: Row[Survey, int, int, str, datetime]) -> tuple[Survey, CurrentVersion]:
    survey, version_id, number, digest, published_at = row
    return survey, CurrentVersion(version_id, number, digest, published_at)


@cache
def _with_current_version() -> Select[Survey, int, int, str, datetime]:
    versions = aliased(QuestionnaireVersion)
    newest = (
        select(func.max(versions.number)).where(versions.survey_id == Survey.id).scalar_subquery()
    )
    return select(
        Survey,
        QuestionnaireVersion.id,
        QuestionnaireVersion.number,
        QuestionnaireVersion.digest,
        QuestionnaireVersion.published_at,
    ).join(
        QuestionnaireVersion,
        (QuestionnaireVersion.survey_id == Survey.id) & (QuestionnaireVersion.number == newest),
    )


def fetch_definition(session: Session, version_id: int) -> str:
    """Return the text of a published version."""
    return session.execute(
        select(QuestionnaireVersion.definition).where(QuestionnaireVersion.id == version_id)
    ).scalar_one()


def lock_or_add_survey(session: Session, slug: str, now: datetime) -> Survey:
    """Return the survey of this slug, made when there is none, locked until the end.

    The lock waits for submissions under way, whose foreign key holds the row.
    """
    insert_unless_taken(session, Survey, {"slug": slug, "status": "open", "created_at": now})
    return session.execute(select(Survey).where(Survey.slug == slug).with_for_update()).scalar_one()


def count_responses(session: Session, survey_id: int) -> int:
    """Count every stored response, as the quota does."""
    return session.execute(
        select(func.count()).select_from(Response).where(Response.survey_id == survey_id)
    ).scalar_one()


def set_status(session: Session, slug: str, status: str) -> bool:
    """Set the status unless the survey is closed already; return whether it was set."""
    found = session.execute(
        update(Survey)
        .where(Survey.slug == slug, Survey.status != "closed")
        .values(status=status)
        .returning(Survey.id)
    )
    return found.one_or_none() is not None


def mark_as_demonstration(session: Session, slug: str) -> None:
    """Set the label of demonstration surveys."""
    session.execute(update(Survey).where(Survey.slug == slug).values(is_demonstration=True))


def fetch_versions(session: Session, survey_id: int) -> Sequence[QuestionnaireVersion]:
    """Return every version published in a survey, newest first."""
    return session.scalars(
        select(QuestionnaireVersion)
        .where(QuestionnaireVersion.survey_id == survey_id)
        .order_by(QuestionnaireVersion.number.desc())
    ).all()


def count_responses_by_survey(session: Session) -> dict[int, int]:
    """Return the number of stored responses of each survey that has any."""
    rows = session.execute(select(Response.survey_id, func.count()).group_by(Response.survey_id))
    return {row[0]: row[1] for row in rows}
