"""Tables of flags, which each screening brings up to date, and of reviews, which never change.

A database trigger refuses changes of reviews.
"""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Model, UtcDateTime

# SQLite numbers rows by itself only when the type is exactly INTEGER.
BigId = BigInteger().with_variant(Integer, "sqlite")


class ResponseFlag(Model):
    """One rule's finding on a response: what was measured, and the limit."""

    __tablename__ = "response_flags"
    __table_args__ = (
        UniqueConstraint("response_id", "rule"),
        Index(None, "survey_id", "rule"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    response_id: Mapped[int] = mapped_column(BigId, ForeignKey("responses.id", ondelete="CASCADE"))
    rule: Mapped[str] = mapped_column(String(32))
    value: Mapped[float] = mapped_column(Float(53))
    limit: Mapped[float] = mapped_column(Float(53))
    flagged_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ResponseReview(Model):
    """One decision on a response. It outlives the response, so it refers to it by number only."""

    __tablename__ = "response_reviews"
    __table_args__ = (
        CheckConstraint("decision IN ('exclude', 'include', 'keep')", name="decision"),
        Index(None, "survey_id", "response_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    response_id: Mapped[int] = mapped_column(BigInteger)
    decision: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str | None] = mapped_column(String(64))
    decided_by: Mapped[str] = mapped_column(String(254))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
