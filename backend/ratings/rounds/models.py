"""Tables of assessment rounds: the round, its rows, what happened to each, and progress.

A row holds what is entered now; `RoundEvent` and `ProgressEntry` keep all that was entered before,
and a database trigger refuses changes of them.
"""

from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Model, UtcDateTime


class AssessmentRound(Model):
    """One self-assessment of a city or county by one standard, as of one day.

    Attributes
    ----------
    slug
        Its address, such as `jining-2024`.
    parent_code
        For a county, the division code of its city.
    security_from
        First day whose security incidents count; the documents give no window for them.
    revision
        Counts changes of the round itself, so that nobody overwrites another's unawares.
    frozen
        JSON of a closed round: all inputs and figures, with versions. Never changes. It is large,
        so that it is read only where it is asked for; `frozen_rating` is its rating alone.
    """

    __tablename__ = "assessment_rounds"
    __table_args__ = (
        UniqueConstraint("slug"),
        CheckConstraint("state IN ('open', 'closed')", name="state"),
        CheckConstraint("(state = 'closed') = (frozen IS NOT NULL)", name="closed_is_frozen"),
        Index(None, "division_code", "as_of"),
        Index(None, "parent_code"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    slug: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(200))
    standard_id: Mapped[str] = mapped_column(String(64))
    area_name: Mapped[str] = mapped_column(String(100))
    division_code: Mapped[str] = mapped_column(String(12))
    parent_code: Mapped[str | None] = mapped_column(String(12))
    opens_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    as_of: Mapped[date] = mapped_column(Date)
    security_from: Mapped[date] = mapped_column(Date)
    survey_id: Mapped[int | None] = mapped_column(ForeignKey("surveys.id"))
    national_benchmark: Mapped[bool] = mapped_column(Boolean, default=False)
    state: Mapped[str] = mapped_column(String(16))
    revision: Mapped[int] = mapped_column(Integer, default=1)
    is_demonstration: Mapped[bool] = mapped_column(Boolean, default=False)
    created_by: Mapped[str] = mapped_column(String(254))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_by: Mapped[str | None] = mapped_column(String(254))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    frozen: Mapped[str | None] = mapped_column(Text, deferred=True)
    frozen_rating: Mapped[str | None] = mapped_column(Text)
    frozen_sha256: Mapped[str | None] = mapped_column(String(64))


class RoundRow(Model):
    """One indicator in a round: what its departments entered, and how far the review is.

    Attributes
    ----------
    departments
        Joined by 、; the first leads.
    figures
        JSON by measure or condition: a number (shares from 0 to 1), a truth value, or
        `{"numerator": …, "denominator": …}`.
    reason
        Why it was returned; cleared when it is submitted anew.
    """

    __tablename__ = "round_rows"
    __table_args__ = (
        CheckConstraint(
            "state IN ('empty', 'draft', 'submitted', 'accepted', 'returned')", name="state"
        ),
    )

    round_id: Mapped[int] = mapped_column(
        ForeignKey("assessment_rounds.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    departments: Mapped[str] = mapped_column(String(400))
    due_on: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(16), default="empty")
    revision: Mapped[int] = mapped_column(Integer, default=0)
    figures: Mapped[str] = mapped_column(Text, default="{}")
    note: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    changed_by: Mapped[str | None] = mapped_column(String(254))
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RoundEvent(Model):
    """One change of a row, with what it held afterwards. Never changes."""

    __tablename__ = "round_events"
    __table_args__ = (
        ForeignKeyConstraint(["round_id", "number"], ["round_rows.round_id", "round_rows.number"]),
        Index(None, "round_id", "number"),
        CheckConstraint(
            "action IN ('save', 'submit', 'accept', 'return', 'reopen', 'assign', 'import')",
            name="action",
        ),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    round_id: Mapped[int] = mapped_column(Integer)
    number: Mapped[int] = mapped_column(Integer)
    revision: Mapped[int] = mapped_column(Integer)
    action: Mapped[str] = mapped_column(String(16))
    figures: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    done_by: Mapped[str] = mapped_column(String(254))
    done_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ProgressEntry(Model):
    """What was done on an indicator, the figure now, and when it will be met. Never changes."""

    __tablename__ = "progress_entries"
    __table_args__ = (
        ForeignKeyConstraint(["round_id", "number"], ["round_rows.round_id", "round_rows.number"]),
        Index(None, "round_id", "number"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    round_id: Mapped[int] = mapped_column(Integer)
    number: Mapped[int] = mapped_column(Integer)
    done: Mapped[str] = mapped_column(Text)
    measure: Mapped[str | None] = mapped_column(String(60))
    figure: Mapped[float | None] = mapped_column(Float(53))
    will_meet_on: Mapped[date | None] = mapped_column(Date)
    department: Mapped[str] = mapped_column(String(100))
    entered_by: Mapped[str] = mapped_column(String(254))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
