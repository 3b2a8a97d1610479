"""Every query on responses that the accepting path needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from backend.db.insert import insert_unless_taken
from backend.responses.models import Response
from backend.surveys.models import Survey


@dataclass(frozen=True)
class StoredKey:
    """What is kept with an idempotency key."""

    public_id: str
    submitted_at: datetime
    request_hash: str | None


def find_by_key(session: Session, survey_id: int, idempotency_key: str) -> StoredKey | None:
    """Return the response stored with a key, or None."""
    row = session.execute(
        select(Response.public_id, Response.submitted_at, Response.request_hash).where(
            Response.survey_id == survey_id, Response.idempotency_key == idempotency_key
        )
    ).one_or_none()
    return None if row is None else StoredKey(*row)


def has_answered(session: Session, survey_id: int, respondent_hash: str) -> bool:
    """Whether a response of this respondent is stored."""
    found = session.execute(
        select(Response.id).where(
            Response.survey_id == survey_id, Response.respondent_hash == respondent_hash
        )
    )
    return found.one_or_none() is not None


def add(session: Session, row: Mapping[str, Any]) -> bool:
    """Insert a response; False when its key or its respondent is stored already."""
    return insert_unless_taken(session, Response, row)


def take_place(session: Session, survey_id: int) -> bool:
    """Count one more response against the survey's quota; False when none is left.

    Called after the insert: its foreign key holds the survey's row, so that a quota which is set
    at the same time is either seen here or counts this response.
    """
    quota = session.execute(select(Survey.max_responses).where(Survey.id == survey_id)).scalar_one()
    if quota is None:
        return True
    taken = session.execute(
        update(Survey)
        .where(Survey.id == survey_id, Survey.accepted_count < Survey.max_responses)
        .values(accepted_count=Survey.accepted_count + 1)
        .returning(Survey.id)
    )
    return taken.one_or_none() is not None


def count(session: Session, survey_id: int) -> int:
    """Count the stored responses of a survey."""
    return session.execute(
        select(func.count()).select_from(Response).where(Response.survey_id == survey_id)
    ).scalar_one()
