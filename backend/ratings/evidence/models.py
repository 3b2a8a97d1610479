"""Tables of evidence (佐证材料): a file or a link, for a row of a round or an innovation entry."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Model, UtcDateTime


class EvidenceFile(Model):
    """The bytes of a file, once however often it is named; in the database, so that a backup has
    them.
    """

    __tablename__ = "evidence_files"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Evidence(Model):
    """One piece of evidence. Removed evidence stays, marked, for the history.

    Attributes
    ----------
    measure
        The measure or condition that it supports; None for the row as a whole.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("public_id"),
        ForeignKeyConstraint(["round_id", "number"], ["round_rows.round_id", "round_rows.number"]),
        CheckConstraint(
            "(round_id IS NULL) = (number IS NULL)"
            " AND (round_id IS NULL) <> (innovation_id IS NULL)",
            name="one_owner",
        ),
        CheckConstraint("(url IS NULL) <> (sha256 IS NULL)", name="file_or_link"),
        Index(None, "round_id", "number"),
        Index(None, "innovation_id"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16))
    round_id: Mapped[int | None] = mapped_column(Integer)
    number: Mapped[int | None] = mapped_column(Integer)
    innovation_id: Mapped[int | None] = mapped_column(ForeignKey("innovation_entries.id"))
    measure: Mapped[str | None] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    url: Mapped[str | None] = mapped_column(String(2000))
    file_name: Mapped[str | None] = mapped_column(String(200))
    media_type: Mapped[str | None] = mapped_column(String(100))
    size: Mapped[int | None] = mapped_column(Integer)
    sha256: Mapped[str | None] = mapped_column(ForeignKey("evidence_files.sha256"))
    added_by: Mapped[str] = mapped_column(String(254))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_by: Mapped[str | None] = mapped_column(String(254))
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
