"""Every query of the roll-up besides the counting itself."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, bindparam, delete, func, select, text, update
from sqlalchemy.orm import Session

from backend.db.insert import insert_unless_taken
from backend.responses.models import Response
from backend.tabulation.models import TabulationChange, TabulationRollup

# The first of the two numbers of the lock; any will do, as long as nothing else locks by it.
REFRESH_LOCK = 20261125


def find_rollup(session: Session, survey_id: int) -> TabulationRollup | None:
    """Find the roll-up of a survey."""
    return session.get(TabulationRollup, survey_id)


def replace_rollup(
    session: Session,
    *,
    survey_id: int,
    seen_revision: int | None,
    watermark_id: int,
    coding_digest: str,
    counts: bytes,
    now: datetime,
) -> bool:
    """Put a roll-up in the place of the revision it was made from (None: of no roll-up at all).

    False, and nothing is changed, when another has taken that place meanwhile.
    """
    values = {
        "watermark_id": watermark_id,
        "coding_digest": coding_digest,
        "counts": counts,
        "rolled_up_at": now,
    }
    if seen_revision is None:
        row = {"survey_id": survey_id, "revision": 1, **values}
        return insert_unless_taken(session, TabulationRollup, row)
    replaced = session.execute(
        update(TabulationRollup)
        .where(TabulationRollup.survey_id == survey_id, TabulationRollup.revision == seen_revision)
        .values(revision=seen_revision + 1, **values)
        .returning(TabulationRollup.revision)
    )
    return replaced.one_or_none() is not None


def fetch_changes(
    session: Session, survey_id: int, up_to: int, limit: int
) -> Sequence[tuple[int, int]]:
    """Fetch (id, response id) of logged changes of responses up to an id, those first."""
    rows = session.execute(
        select(TabulationChange.id, TabulationChange.response_id)
        .where(TabulationChange.survey_id == survey_id, TabulationChange.response_id <= up_to)
        .order_by(TabulationChange.response_id, TabulationChange.id)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in rows]


def delete_changes(session: Session, change_ids: Sequence[int]) -> None:
    """Delete changes that are counted now."""
    # Written into the statement: there are more of them than a statement may have parameters.
    ids = bindparam("ids", type_=BigInteger, expanding=True, literal_execute=True)
    session.execute(
        delete(TabulationChange).where(TabulationChange.id.in_(ids)),
        {"ids": list(change_ids)},
        execution_options={"synchronize_session": False},
    )


def find_last_id(session: Session, survey_id: int, after: int, up_to: int, limit: int) -> int:
    """Find the id of the survey's `limit`-th response after an id; `up_to` when there are fewer."""
    found = session.execute(
        select(Response.id)
        .where(Response.survey_id == survey_id, Response.id > after, Response.id <= up_to)
        .order_by(Response.id)
        .offset(limit - 1)
        .limit(1)
    )
    return found.scalar_one_or_none() or up_to


def find_newest_id(session: Session) -> int:
    """Find the largest id of all responses; 0 when there are none."""
    return session.execute(select(func.max(Response.id))).scalar_one() or 0


def find_last_drawn_id(session: Session) -> int:
    """Find the last id that PostgreSQL's sequence has handed out, committed or not; 0 for none."""
    drawn = text("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM responses_id_seq")
    return int(session.execute(drawn).scalar_one())


def fetch_writers(session: Session) -> frozenset[str]:
    """Fetch PostgreSQL's transactions that have written to `responses` and have not ended."""
    # Every INSERT, UPDATE and DELETE takes this lock before it does anything, and the transaction
    # gives it back after its end is visible to others.
    holders = text(
        "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'relation'"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        " AND relation = 'responses'::regclass AND mode = 'RowExclusiveLock' AND granted"
    )
    return frozenset(session.execute(holders).scalars())


def lift_time_limit(session: Session) -> None:
    """Let the statements of this transaction take as long as they need; no request may do so."""
    if session.get_bind().dialect.name != "sqlite":
        session.execute(text("SET LOCAL statement_timeout = 0"))


def take_turn(session: Session, survey_id: int) -> bool:
    """Ask PostgreSQL whether nobody else is counting this survey, until the transaction ends.

    This only saves work: `replace_rollup` is what keeps two refreshes apart.
    """
    asked = text("SELECT pg_try_advisory_xact_lock(:of, :survey_id)")
    taken = session.execute(asked, {"of": REFRESH_LOCK, "survey_id": survey_id})
    return bool(taken.scalar_one())


def count_new(session: Session, survey_id: int) -> int:
    """Count the responses of a survey above the watermark of its roll-up."""
    new = select(func.count()).select_from(Response).where(*_above_watermark(survey_id))
    return session.execute(new).scalar_one()


def count_waiting(session: Session, survey_id: int, at_most: int) -> int:
    """Count what a pull has to count by itself, new responses and changes, each up to `at_most`."""
    responses = select(Response.id).where(*_above_watermark(survey_id))
    changes = select(TabulationChange.id).where(TabulationChange.survey_id == survey_id)
    waiting = [
        session.execute(select(func.count()).select_from(rows.limit(at_most).subquery()))
        for rows in (responses, changes)
    ]
    return sum(result.scalar_one() for result in waiting)


def _above_watermark(survey_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    watermark = (
        select(TabulationRollup.watermark_id)
        .where(TabulationRollup.survey_id == survey_id)
        .scalar_subquery()
    )
    return Response.survey_id == survey_id, Response.id > func.coalesce(watermark, 0)
