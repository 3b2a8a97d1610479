"""Finds rounds, what happened to their rows, and progress."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

import analysis.shipped
from analysis.rating.standard import LeveledIndicator, Standard
from backend.errors import NotFound
from backend.ratings.rounds import repository
from backend.ratings.rounds.departments import JOINED_BY
from backend.ratings.rounds.figures import StoredFigures, read_figures
from backend.ratings.rounds.models import AssessmentRound, RoundRow
from backend.ratings.rounds.round import Round, Row, RowState
from backend.surveys.service import SLUG

NO_ROUND = "没有这一轮评价，请核对地址。"
NO_ROW = "这一轮评价没有第 {number} 项指标，或该项不分星级。"


@dataclass(frozen=True)
class Event:
    """One change of a row, with what it held afterwards; `action` is the table's."""

    number: int
    revision: int
    action: str
    figures: StoredFigures
    note: str
    reason: str
    done_by: str
    done_at: datetime


@dataclass(frozen=True)
class Progress:
    """What was done on an indicator, the figure now (a share from 0 to 1), and when it is met."""

    number: int
    done: str
    measure: str | None
    figure: float | None
    will_meet_on: date | None
    department: str
    entered_by: str
    entered_at: datetime


@dataclass(frozen=True)
class AreaRound:
    """Whose a round is, by which standard, and from which day incidents count in it."""

    division_code: str
    area_name: str
    standard_id: str
    security_from: date


def list_area_rounds(session: Session) -> tuple[AreaRound, ...]:
    """Return every round in short, the newest day of assessment first."""
    return tuple(AreaRound(*each) for each in repository.fetch_area_rounds(session))


def list_rounds(session: Session) -> tuple[Round, ...]:
    """Return every round, the newest day of assessment first."""
    found = repository.fetch_rounds(session)
    rows = defaultdict(list)
    for row in repository.fetch_rows(session, [stored.id for stored, _ in found]):
        rows[row.round_id].append(row)
    return tuple(_round(stored, survey, rows[stored.id]) for stored, survey in found)


def fetch_round(session: Session, slug: str) -> Round:
    """Return the round of an address.

    Raises
    ------
    NotFound
        When there is none.
    """
    # An address that cannot be is not asked for: PostgreSQL takes no NUL in a text.
    found = repository.find_round(session, slug) if SLUG.fullmatch(slug) else None
    if found is None:
        raise NotFound(NO_ROUND)
    return _round(*found, repository.fetch_rows(session, [found[0].id]))


def fetch_round_by_id(session: Session, round_id: int) -> Round:
    """Return the round that something refers to; NotFound when there is none."""
    slug = repository.find_slug(session, round_id)
    if slug is None:
        raise NotFound(NO_ROUND)
    return fetch_round(session, slug)


def row_of(found: Round, number: int) -> Row:
    """Return a row of a round.

    Raises
    ------
    NotFound
        When the standard has no such indicator, or it has no levels.
    """
    row = found.row(number)
    if row is None:
        raise NotFound(NO_ROW, arguments={"number": number})
    return row


def list_events(session: Session, round_id: int, number: int) -> tuple[Event, ...]:
    """Return what happened to a row, oldest first."""
    return tuple(
        Event(
            number=event.number,
            revision=event.revision,
            action=event.action,
            figures=read_figures(event.figures),
            note=event.note,
            reason=event.reason,
            done_by=event.done_by,
            done_at=event.done_at,
        )
        for event in repository.fetch_events(session, round_id, number)
    )


def list_progress(session: Session, round_id: int) -> tuple[Progress, ...]:
    """Return the progress entries of a round, oldest first."""
    return tuple(
        Progress(
            number=entry.number,
            done=entry.done,
            measure=entry.measure,
            figure=entry.figure,
            will_meet_on=entry.will_meet_on,
            department=entry.department,
            entered_by=entry.entered_by,
            entered_at=entry.entered_at,
        )
        for entry in repository.fetch_progress(session, round_id)
    )


def _round(stored: AssessmentRound, survey_slug: str | None, rows: Iterable[RoundRow]) -> Round:
    standard = analysis.shipped.standard(stored.standard_id)
    return Round(
        id=stored.id,
        slug=stored.slug,
        title=stored.title,
        standard=standard,
        area_name=stored.area_name,
        division_code=stored.division_code,
        parent_code=stored.parent_code,
        opens_on=stored.opens_on,
        due_on=stored.due_on,
        as_of=stored.as_of,
        security_from=stored.security_from,
        survey_slug=survey_slug,
        national_benchmark=stored.national_benchmark,
        revision=stored.revision,
        is_demonstration=stored.is_demonstration,
        created_by=stored.created_by,
        created_at=stored.created_at,
        closed_by=stored.closed_by,
        closed_at=stored.closed_at,
        frozen_rating=stored.frozen_rating,
        frozen_sha256=stored.frozen_sha256,
        rows=tuple(_row(standard, row) for row in rows),
    )


def _row(standard: Standard, stored: RoundRow) -> Row:
    indicator = standard.indicator(stored.number)
    assert isinstance(indicator, LeveledIndicator)  # noqa: S101 - rounds have rows for no others
    return Row(
        indicator=indicator,
        departments=tuple(stored.departments.split(JOINED_BY)),
        due_on=stored.due_on,
        state=RowState(stored.state),
        revision=stored.revision,
        figures=read_figures(stored.figures),
        note=stored.note,
        reason=stored.reason,
        changed_by=stored.changed_by,
        changed_at=stored.changed_at,
    )
