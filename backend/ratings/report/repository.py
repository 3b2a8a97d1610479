"""Closes a round in the database, and reads what was frozen."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from backend.ratings.rounds.models import AssessmentRound


def fetch_frozen(session: Session, round_id: int) -> str | None:
    """Return the frozen document of a round; None while it is open."""
    return session.scalar(select(AssessmentRound.frozen).where(AssessmentRound.id == round_id))


def lock_for_closing(session: Session, round_id: int) -> None:
    """Wait for those who change rows of the round, and keep others from it until the end."""
    session.execute(
        select(AssessmentRound.id).where(AssessmentRound.id == round_id).with_for_update()
    )


def close_round(
    session: Session,
    round_id: int,
    revision: int,
    *,
    frozen: str,
    frozen_rating: str,
    frozen_sha256: str,
    closed_by: str,
    closed_at: datetime,
) -> bool:
    """Close an open round of that revision, once and for all; return whether it was one."""
    closed = session.execute(
        update(AssessmentRound)
        .where(
            AssessmentRound.id == round_id,
            AssessmentRound.revision == revision,
            AssessmentRound.state == "open",
        )
        .values(
            state="closed",
            frozen=frozen,
            frozen_rating=frozen_rating,
            frozen_sha256=frozen_sha256,
            closed_by=closed_by,
            closed_at=closed_at,
        )
        .execution_options(synchronize_session=False)
        .returning(AssessmentRound.id)
    )
    return closed.one_or_none() is not None
