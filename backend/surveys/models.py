"""Tables of surveys and of the questionnaires published in them.

A published questionnaire never changes: a database trigger of the first migration refuses it.
"""

from datetime import datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Integer,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Model, UtcDateTime


class Survey(Model):
    """A survey under one address; its questionnaire is that of the newest version."""

    __tablename__ = "surveys"
    __table_args__ = (
        UniqueConstraint("slug"),
        CheckConstraint("status IN ('open', 'paused', 'closed')", name="status"),
        CheckConstraint("one_response_per IN ('none', 'device')", name="one_response_per"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    slug: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(16))
    opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    max_responses: Mapped[int | None] = mapped_column(Integer)
    # Kept only while `max_responses` is set: without a quota this row is never written by a
    # submission, so submissions do not queue for it.
    accepted_count: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    one_response_per: Mapped[str] = mapped_column(String(16), server_default="none")
    is_demonstration: Mapped[bool] = mapped_column(Boolean, server_default=false())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class QuestionnaireVersion(Model):
    """One published definition, word for word."""

    __tablename__ = "questionnaire_versions"
    __table_args__ = (UniqueConstraint("survey_id", "number"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    number: Mapped[int] = mapped_column(Integer)
    definition: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by: Mapped[str] = mapped_column(String(254))
