"""The one way in which a row changes: as somebody read it, once, and on record.

Two people who change a row wait for one another, and the later one is told what the earlier one
saved. A round that is being closed waits too, so that nothing slips in behind its back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from backend.errors import NotFound
from backend.ratings.rounds import repository
from backend.ratings.rounds.figures import write_figures
from backend.ratings.rounds.models import RoundEvent
from backend.ratings.rounds.refusals import RoundClosed, RowChanged
from backend.ratings.rounds.round import Round, Row
from backend.ratings.rounds.service.reading import NO_ROUND, fetch_round, row_of
from backend.staff.service import Staff
from backend.surveys.service import SLUG


@dataclass(frozen=True)
class RowAt:
    """A row as somebody read it: the round's slug, the indicator's number, and the revision."""

    slug: str
    number: int
    revision: int


@dataclass(frozen=True)
class Locked:
    """A row that nobody else changes until the transaction ends, and its round."""

    round: Round
    row: Row


def lock(session: Session, slug: str, number: int) -> Locked:
    """Return a row to be changed.

    Raises
    ------
    NotFound
        When there is no such round or row.
    """
    round_id = repository.lock_round(session, slug) if SLUG.fullmatch(slug) else None
    if round_id is None:
        raise NotFound(NO_ROUND)
    repository.lock_row(session, round_id, number)
    found = fetch_round(session, slug)
    return Locked(found, row_of(found, number))


def require_open(locked: Locked) -> None:
    """Refuse changes of a closed round with RoundClosed."""
    if locked.round.is_closed:
        raise RoundClosed


def require_unchanged(locked: Locked, at: RowAt) -> None:
    """Refuse to change what is not as it was read, with RowChanged."""
    if locked.row.revision != at.revision:
        raise RowChanged(locked.row)


def change(
    session: Session,
    locked: Locked,
    action: str,
    values: Mapping[str, object],
    staff: Staff,
    now: datetime,
    reason: str = "",
) -> Row:
    """Change a row, put it on record, and return it as it is now.

    Raises
    ------
    RowChanged
        When somebody else was faster after all.
    """
    before = locked.row
    changed = {**values, "changed_by": staff.email, "changed_at": now}
    if not repository.update_row(
        session, locked.round.id, before.number, before.revision, **changed
    ):
        raise RowChanged(row_of(fetch_round(session, locked.round.slug), before.number))
    row = row_of(fetch_round(session, locked.round.slug), before.number)
    repository.add_event(
        session,
        RoundEvent(
            round_id=locked.round.id,
            number=row.number,
            revision=row.revision,
            action=action,
            figures=write_figures(row.figures),
            note=row.note,
            reason=reason,
            done_by=staff.email,
            done_at=now,
        ),
    )
    return row
