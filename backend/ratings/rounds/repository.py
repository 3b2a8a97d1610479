"""Every query on assessment rounds, their rows, what happened to these, and progress."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from backend.db.insert import insert_unless_taken
from backend.ratings.rounds.models import AssessmentRound, ProgressEntry, RoundEvent, RoundRow
from backend.surveys.models import Survey

WithSurvey = tuple[AssessmentRound, str | None]
_NEWEST_FIRST = (AssessmentRound.as_of.desc(), AssessmentRound.id.desc())


def add_round(session: Session, **values: Any) -> int | None:
    """Store a round and return its id; None when its slug is taken."""
    if not insert_unless_taken(session, AssessmentRound, values):
        return None
    return session.execute(
        select(AssessmentRound.id).where(AssessmentRound.slug == values["slug"])
    ).scalar_one()


def add_rows(session: Session, rows: Sequence[RoundRow]) -> None:
    """Store the rows of a new round."""
    session.add_all(rows)
    session.flush()


def find_round(session: Session, slug: str) -> WithSurvey | None:
    """Return a round with the slug of its survey, or None."""
    found = session.execute(_rounds().where(AssessmentRound.slug == slug)).one_or_none()
    return None if found is None else (found[0], found[1])


def find_slug(session: Session, round_id: int) -> str | None:
    """Return the slug of a round, or None."""
    return session.execute(
        select(AssessmentRound.slug).where(AssessmentRound.id == round_id)
    ).scalar_one_or_none()


def fetch_rounds(session: Session) -> Sequence[WithSurvey]:
    """Return every round with the slug of its survey, the newest day first."""
    return [(row[0], row[1]) for row in session.execute(_rounds().order_by(*_NEWEST_FIRST))]


def fetch_area_rounds(session: Session) -> Sequence[tuple[str, str, str, date]]:
    """Return code and name of each round's area, its standard and the first day of incidents.

    The newest day comes first.
    """
    statement = select(
        AssessmentRound.division_code,
        AssessmentRound.area_name,
        AssessmentRound.standard_id,
        AssessmentRound.security_from,
    ).order_by(*_NEWEST_FIRST)
    return session.execute(statement).all()


def _rounds() -> Select[AssessmentRound, str | None]:
    return (
        select(AssessmentRound, Survey.slug)
        .outerjoin(Survey, Survey.id == AssessmentRound.survey_id)
        .execution_options(populate_existing=True)
    )


def fetch_rows(session: Session, round_ids: Sequence[int]) -> Sequence[RoundRow]:
    """Return the rows of rounds, by round and indicator number, as they are stored now."""
    return session.scalars(
        select(RoundRow)
        .where(RoundRow.round_id.in_(round_ids))
        .order_by(RoundRow.round_id, RoundRow.number)
        .execution_options(populate_existing=True)
    ).all()


def lock_round(session: Session, slug: str) -> int | None:
    """Keep a round from being closed until the end, and return its id; None when there is none."""
    return session.execute(
        select(AssessmentRound.id)
        .where(AssessmentRound.slug == slug)
        .with_for_update(read=True, of=AssessmentRound)
    ).scalar_one_or_none()


def update_round(session: Session, round_id: int, revision: int, **values: Any) -> bool:
    """Change a round and count it, if it still is of that revision; return whether it was."""
    changed = session.execute(
        update(AssessmentRound)
        .where(AssessmentRound.id == round_id, AssessmentRound.revision == revision)
        .values(revision=revision + 1, **values)
        .execution_options(synchronize_session=False)
        .returning(AssessmentRound.id)
    )
    return changed.one_or_none() is not None


def move_due(session: Session, round_id: int, before: date, due_on: date) -> None:
    """Make the rows that were due on one day due on another."""
    session.execute(
        update(RoundRow)
        .where(RoundRow.round_id == round_id, RoundRow.due_on == before)
        .values(due_on=due_on)
        .execution_options(synchronize_session=False)
    )


def lock_row(session: Session, round_id: int, number: int) -> bool:
    """Make others who change a row wait until the end; return whether there is one."""
    found = session.execute(
        select(RoundRow.number)
        .where(RoundRow.round_id == round_id, RoundRow.number == number)
        .with_for_update()
    )
    return found.one_or_none() is not None


def update_row(session: Session, round_id: int, number: int, revision: int, **values: Any) -> bool:
    """Change a row and count it, if it still is of that revision; return whether it was."""
    changed = session.execute(
        update(RoundRow)
        .where(
            RoundRow.round_id == round_id,
            RoundRow.number == number,
            RoundRow.revision == revision,
        )
        .values(revision=revision + 1, **values)
        .execution_options(synchronize_session=False)
        .returning(RoundRow.number)
    )
    return changed.one_or_none() is not None


def add_event(session: Session, event: RoundEvent) -> None:
    """Record what happened to a row."""
    session.add(event)
    session.flush()


def fetch_events(session: Session, round_id: int, number: int) -> Sequence[RoundEvent]:
    """Return what happened to a row, oldest first."""
    return session.scalars(
        select(RoundEvent)
        .where(RoundEvent.round_id == round_id, RoundEvent.number == number)
        .order_by(RoundEvent.id)
    ).all()


def add_progress(session: Session, entry: ProgressEntry) -> None:
    """Store a progress entry."""
    session.add(entry)
    session.flush()


def fetch_progress(session: Session, round_id: int) -> Sequence[ProgressEntry]:
    """Return the progress entries of a round, oldest first."""
    return session.scalars(
        select(ProgressEntry).where(ProgressEntry.round_id == round_id).order_by(ProgressEntry.id)
    ).all()
