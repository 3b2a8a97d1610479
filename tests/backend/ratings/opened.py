"""Rounds in a database, opened and filled in as staff do it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from backend.ratings.evidence.new import NewEvidence
from backend.ratings.rounds.entry import Entry
from backend.ratings.rounds.figures import StoredFigures
from backend.ratings.rounds.round import Round
from backend.ratings.rounds.service import (
    NewRound,
    RowAt,
    accept_row,
    attach,
    fetch_round,
    open_round,
    submit_row,
)
from backend.staff.rights import Role
from backend.staff.service import Staff

NOW = datetime(2024, 11, 1, 2, 0, tzinfo=UTC)
ADMIN = Staff(1, "admin@jining.example", Role.ADMIN)
SLUG = "jining-2024"


def a_round(session: Session, slug: str = SLUG, **changes: object) -> Round:
    """Open a round of the city by the table of 2023."""
    new = NewRound(
        **{
            "slug": slug,
            "title": "2024 年自评",
            "standard_id": "shandong-2023-city",
            "division_code": "370800",
            "opens_on": date(2024, 10, 1),
            "due_on": date(2024, 11, 30),
            "as_of": date(2024, 10, 31),
            "security_from": date(2024, 1, 1),
            "default_department": "市大数据中心",
            **changes,
        }  # type: ignore[arg-type]
    )
    return open_round(session, new, ADMIN, NOW)


def enter(
    session: Session, figures: Mapping[int, StoredFigures], slug: str = SLUG, accepted: bool = True
) -> Round:
    """Submit figures by indicator number, and accept them unless told not to."""
    for number, stored in figures.items():
        if any(figure is True for figure in stored.values()):
            link = NewEvidence("佐证", link=f"https://example.org/{number}")
            attach(session, slug, number, link, ADMIN, NOW)
        row = submit_row(session, RowAt(slug, number, 0), Entry(stored), ADMIN, NOW)
        if accepted:
            accept_row(session, RowAt(slug, number, row.revision), ADMIN, NOW)
    return fetch_round(session, slug)
