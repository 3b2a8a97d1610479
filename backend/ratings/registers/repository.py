"""Every query on the registers' entries, what happened to them, and the areas that have any."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import select, union, update
from sqlalchemy.orm import Session

from backend.ratings.registers.models import (
    InnovationEntry,
    RegisterEvent,
    SecurityIncident,
    TargetEntry,
)

Entry = TypeVar("Entry", InnovationEntry, SecurityIncident)


def fetch_used_codes(session: Session) -> Sequence[str]:
    """Return the division codes that have entries in a register."""
    codes = union(select(InnovationEntry.division_code), select(SecurityIncident.division_code))
    return session.execute(codes).scalars().all()


def fetch_events(session: Session, register: str, entry_id: int) -> Sequence[RegisterEvent]:
    """Return what happened to an entry, the first change first."""
    statement = (
        select(RegisterEvent)
        .where(RegisterEvent.register == register, RegisterEvent.entry_id == entry_id)
        .order_by(RegisterEvent.id)
    )
    return session.execute(statement).scalars().all()


def fetch_entries(session: Session, model: type[Entry], division_code: str) -> Sequence[Entry]:
    """Return the entries of an area by their date, those of one day as they were entered."""
    statement = (
        select(model).where(model.division_code == division_code).order_by(model.dated_on, model.id)
    )
    return session.execute(statement).scalars().all()


def find_entry(session: Session, model: type[Entry], public_id: str) -> Entry | None:
    """Return an entry, or None."""
    return session.execute(select(model).where(model.public_id == public_id)).scalar_one_or_none()


def fetch_entry(session: Session, model: type[Entry], entry_id: int) -> Entry:
    """Return the entry that something refers to."""
    return session.execute(select(model).where(model.id == entry_id)).scalar_one()


def change_entry(
    session: Session, model: type[Entry], entry_id: int, revision: int, values: Mapping[str, Any]
) -> bool:
    """Change an entry if it still is at that revision; return whether it was.

    One statement decides, so that of two who read the same revision one changes it.
    """
    changed = session.execute(
        update(model)
        .where(model.id == entry_id, model.revision == revision)
        .values(**values, revision=revision + 1)
        .returning(model.id)
    )
    return changed.one_or_none() is not None


def fetch_departments(session: Session, division_code: str) -> Sequence[str]:
    """Return the departments that have innovation cases in an area, in the order of their names."""
    statement = (
        select(InnovationEntry.department)
        .where(InnovationEntry.division_code == division_code)
        .distinct()
        .order_by(InnovationEntry.department)
    )
    return session.execute(statement).scalars().all()


def fetch_target_entries(session: Session, plan_id: str) -> Sequence[TargetEntry]:
    """Return the figures of a plan's targets in the order they came."""
    statement = select(TargetEntry).where(TargetEntry.plan_id == plan_id).order_by(TargetEntry.id)
    return session.execute(statement).scalars().all()
