"""The queries of the results besides the tabulation: how the responses came in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.responses.models import Response


@dataclass(frozen=True)
class CollectedGroup:
    """The responses of one channel and one reason for exclusion (None for none)."""

    channel: str
    excluded_reason: str | None
    simulated: bool
    count: int
    first_at: datetime
    last_at: datetime


def fetch_collected(session: Session, survey_id: int) -> tuple[CollectedGroup, ...]:
    """Count every stored response of a survey, excluded ones too, with the first and last time."""
    groups = (Response.channel, Response.excluded_reason, Response.simulated)
    rows = session.execute(
        select(
            *groups,
            func.count(),
            func.min(Response.submitted_at),
            func.max(Response.submitted_at),
        )
        .where(Response.survey_id == survey_id)
        .group_by(*groups)
        .order_by(Response.channel)
    )
    return tuple(CollectedGroup(*row) for row in rows)
