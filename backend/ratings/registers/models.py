"""Tables of the registers of a city or county: innovation cases, security incidents, and figures
of a plan's targets, with what happened to each entry.
"""

from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    Float,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Model, UtcDateTime


class InnovationEntry(Model):
    """One innovation demonstration (创新示范) that was reported, and what the review said.

    `evidence_url` is a link; files are in the evidence of the entry.
    """

    __tablename__ = "innovation_entries"
    __table_args__ = (
        UniqueConstraint("public_id"),
        CheckConstraint("state IN ('proposed', 'accepted', 'rejected')", name="state"),
        Index(None, "division_code", "dated_on"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16))
    division_code: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(60))
    dated_on: Mapped[date] = mapped_column(Date)
    title: Mapped[str] = mapped_column(String(300))
    issuer: Mapped[str] = mapped_column(String(200))
    evidence_url: Mapped[str] = mapped_column(String(2000), default="")
    department: Mapped[str] = mapped_column(String(100))
    state: Mapped[str] = mapped_column(String(16), default="proposed")
    reason: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(Integer, default=1)
    changed_by: Mapped[str] = mapped_column(String(254))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SecurityIncident(Model):
    """One network-security notice (网络安全预警通报) with the points it costs.

    What was registered in error is withdrawn, and then costs nothing.
    """

    __tablename__ = "security_incidents"
    __table_args__ = (
        UniqueConstraint("public_id"),
        CheckConstraint("state IN ('reported', 'handling', 'closed', 'withdrawn')", name="state"),
        CheckConstraint("points >= 0", name="points"),
        Index(None, "division_code", "dated_on"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16))
    division_code: Mapped[str] = mapped_column(String(12))
    dated_on: Mapped[date] = mapped_column(Date)
    points: Mapped[float] = mapped_column(Float(53))
    is_major: Mapped[bool] = mapped_column(Boolean, default=False)
    notice: Mapped[str] = mapped_column(Text)
    handling: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(16), default="reported")
    revision: Mapped[int] = mapped_column(Integer, default=1)
    changed_by: Mapped[str] = mapped_column(String(254))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class TargetEntry(Model):
    """A figure of a plan's target at a day. Never changes: a correction is a new entry."""

    __tablename__ = "target_entries"
    __table_args__ = (Index(None, "plan_id", "target"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    plan_id: Mapped[str] = mapped_column(String(64))
    target: Mapped[str] = mapped_column(String(60))
    figure: Mapped[float] = mapped_column(Float(53))
    measured_on: Mapped[date] = mapped_column(Date)
    will_meet_on: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text, default="")
    entered_by: Mapped[str] = mapped_column(String(254))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RegisterEvent(Model):
    """One change of an innovation entry or a security incident. Never changes.

    `before` and `after` are JSON of the entry's fields; `before` is empty for a new one.
    """

    __tablename__ = "register_events"
    __table_args__ = (
        CheckConstraint("register IN ('innovation', 'security')", name="register"),
        Index(None, "register", "entry_id"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    register: Mapped[str] = mapped_column(String(16))
    entry_id: Mapped[int] = mapped_column(Integer)
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    done_by: Mapped[str] = mapped_column(String(254))
    done_at: Mapped[datetime] = mapped_column(UtcDateTime)
