"""The table of responses: one row per submission, with what the statistics group and sum by."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Model, UtcDateTime


class Response(Model):
    """One resident's submission. The two unique constraints are what makes a retry harmless."""

    __tablename__ = "responses"
    __table_args__ = (
        UniqueConstraint("public_id"),
        UniqueConstraint("survey_id", "idempotency_key"),
        UniqueConstraint("survey_id", "respondent_hash"),
        # What is new since a roll-up, and when the first and the last came.
        Index(None, "survey_id", "id"),
        Index(None, "survey_id", "submitted_at"),
        Index(None, "version_id"),
        # The roll-up counts what has a larger id than it has seen: no id may come twice.
        {"sqlite_autoincrement": True},
    )

    # SQLite numbers rows by itself only when the type is exactly INTEGER.
    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    # 16 digits, which a resident can read out on the telephone.
    public_id: Mapped[str] = mapped_column(String(16))
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_versions.id"))
    channel: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(16))
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    simulated: Mapped[bool] = mapped_column(Boolean, server_default=false())
    idempotency_key: Mapped[str | None] = mapped_column(String(255))
    request_hash: Mapped[str | None] = mapped_column(String(64))
    respondent_hash: Mapped[str | None] = mapped_column(String(64))
    order_seed: Mapped[int | None] = mapped_column(BigInteger)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON().with_variant(JSONB(), "postgresql"))
    # The categories of the weighting variables joined by "|", and one character per measure: see
    # `survey_forms.coding`.
    weighting_cell: Mapped[str] = mapped_column(Text)
    levels: Mapped[str] = mapped_column(Text)
    # The respondent's composite satisfaction by each method of `analysis.scoring`, 0 to 1.
    composite_share_from_4: Mapped[float | None] = mapped_column(Float(53))
    composite_share_from_3: Mapped[float | None] = mapped_column(Float(53))
    composite_score_100_80_60_30_0: Mapped[float | None] = mapped_column(Float(53))
    composite_score_100_75_50_25_0: Mapped[float | None] = mapped_column(Float(53))
    excluded_reason: Mapped[str | None] = mapped_column(String(64))
    # Keys of the answer checks that failed, joined by blanks; None when none did.
    failed_checks: Mapped[str | None] = mapped_column(Text)
    # Keyed hashes of where it came from: they tell that two are the same, never whose they are.
    device_hash: Mapped[str | None] = mapped_column(String(64))
    identity_hash: Mapped[str | None] = mapped_column(String(64))
    network_hash: Mapped[str | None] = mapped_column(String(64))
    # Whether the screening found something in it; a flag is no exclusion.
    is_flagged: Mapped[bool] = mapped_column(Boolean, server_default=false())
