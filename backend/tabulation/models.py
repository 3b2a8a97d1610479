"""The tables of the roll-up: what is counted already, and what changed since.

Triggers on `responses` write the changes; see the migration that makes them.
"""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Model, UtcDateTime


class TabulationRollup(Model):
    """The counts of a survey's responses up to an id."""

    __tablename__ = "tabulation_rollups"

    survey_id: Mapped[int] = mapped_column(
        ForeignKey("surveys.id"), primary_key=True, autoincrement=False
    )
    # Goes up with every refresh: of two that start from one revision, the second is given up.
    revision: Mapped[int] = mapped_column(Integer)
    # Every response up to this id is counted, or is a change that is still in the log.
    watermark_id: Mapped[int] = mapped_column(BigInteger)
    # Of the measures and weighting variables that the counts are by.
    coding_digest: Mapped[str] = mapped_column(String(64))
    # `backend.tabulation.packing` packs them.
    counts: Mapped[bytes] = mapped_column(LargeBinary)
    rolled_up_at: Mapped[datetime] = mapped_column(UtcDateTime)


class TabulationChange(Model):
    """What a changed response was (`sign` -1) or became (+1): the columns that are counted."""

    __tablename__ = "tabulation_changes"
    __table_args__ = (Index(None, "survey_id", "response_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    # No foreign key: the response may be deleted, which is one of the changes.
    response_id: Mapped[int] = mapped_column(BigInteger)
    sign: Mapped[int] = mapped_column(SmallInteger)
    survey_id: Mapped[int] = mapped_column(Integer)
    weighting_cell: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(String(64))
    simulated: Mapped[bool] = mapped_column(Boolean)
    is_flagged: Mapped[bool] = mapped_column(Boolean)
    excluded_reason: Mapped[str | None] = mapped_column(String(64))
    levels: Mapped[str] = mapped_column(Text)
    composite_share_from_4: Mapped[float | None] = mapped_column(Float(53))
    composite_share_from_3: Mapped[float | None] = mapped_column(Float(53))
    composite_score_100_80_60_30_0: Mapped[float | None] = mapped_column(Float(53))
    composite_score_100_75_50_25_0: Mapped[float | None] = mapped_column(Float(53))
