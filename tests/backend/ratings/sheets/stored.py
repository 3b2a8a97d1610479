"""A round in the database, opened and filled in as people do."""

from datetime import date

from sqlalchemy.orm import Session

from backend.ratings.rounds.entry import Entry
from backend.ratings.rounds.figures import StoredFigures
from backend.ratings.rounds.round import Round, Row
from backend.ratings.rounds.service import (
    NewRound,
    RowAt,
    fetch_round,
    open_round,
    row_of,
    save_row,
)
from backend.staff.service import Staff
from tests.backend.ratings.sheets.rounds import ADMIN, NOW

SLUG = "jining-2024"


def open_jining(session: Session) -> Round:
    """Open a round of Jining."""
    new = NewRound(
        slug=SLUG,
        title="2024 年自评",
        standard_id="shandong-2023-city",
        division_code="370800",
        area_name="济宁市",
        opens_on=date(2024, 10, 1),
        due_on=date(2024, 11, 30),
        as_of=date(2024, 10, 31),
        security_from=date(2024, 1, 1),
    )
    return open_round(session, new, ADMIN, NOW)


def enter(session: Session, number: int, figures: StoredFigures, staff: Staff = ADMIN) -> Row:
    """Save a row as it is now."""
    row = row_of(fetch_round(session, SLUG), number)
    return save_row(session, RowAt(SLUG, number, row.revision), Entry(figures), staff, NOW)
