"""An assessment round as a value: its header, and a row for each indicator that has levels."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from analysis.rating.standard import LeveledIndicator, Standard
from backend.ratings.rounds.figures import StoredFigures


class RowState(StrEnum):
    """How far a row is: entered by its department, submitted, and reviewed."""

    EMPTY = "empty"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"


@dataclass(frozen=True)
class Row:
    """One indicator in a round.

    Attributes
    ----------
    departments
        Who fills it in; the first leads.
    revision
        Counts changes; who saves says which revision was read.
    reason
        Why it was returned.
    """

    indicator: LeveledIndicator
    departments: tuple[str, ...]
    due_on: date
    state: RowState
    revision: int
    figures: StoredFigures
    note: str
    reason: str
    changed_by: str | None
    changed_at: datetime | None

    @property
    def number(self) -> int:
        """The indicator's number in the standard."""
        return self.indicator.number


@dataclass(frozen=True)
class Round:
    """One self-assessment of a city or county; see `models.AssessmentRound` for the fields."""

    id: int
    slug: str
    title: str
    standard: Standard
    area_name: str
    division_code: str
    parent_code: str | None
    opens_on: date
    due_on: date
    as_of: date
    security_from: date
    survey_slug: str | None
    national_benchmark: bool
    revision: int
    is_demonstration: bool
    created_by: str
    created_at: datetime
    closed_by: str | None
    closed_at: datetime | None
    frozen_rating: str | None
    frozen_sha256: str | None
    rows: tuple[Row, ...]

    @property
    def is_closed(self) -> bool:
        """Whether nothing in it changes any more."""
        return self.closed_at is not None

    def row(self, number: int) -> Row | None:
        """The row of that indicator, or None."""
        return next((each for each in self.rows if each.number == number), None)
