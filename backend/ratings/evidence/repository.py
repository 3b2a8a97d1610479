"""Every query on evidence and on the files behind it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from backend.db.insert import insert_unless_taken
from backend.ratings.evidence.models import Evidence, EvidenceFile
from backend.ratings.evidence.owner import InnovationOwner, Owner, RowOwner


def add_file(session: Session, sha256: str, content: bytes) -> None:
    """Store the bytes of a file unless they are stored."""
    insert_unless_taken(session, EvidenceFile, {"sha256": sha256, "content": content})


def add(session: Session, owner: Owner, **values: Any) -> Evidence:
    """Store a piece of evidence."""
    evidence = Evidence(**_keys(owner), **values)
    session.add(evidence)
    session.flush()
    return evidence


def fetch_kept(session: Session, owner: Owner) -> Sequence[Evidence]:
    """Return the evidence of an owner that was not removed, oldest first."""
    return session.scalars(
        select(Evidence).where(_is_of(owner), Evidence.removed_at.is_(None)).order_by(Evidence.id)
    ).all()


def fetch_all(session: Session, owner: Owner) -> Sequence[Evidence]:
    """Return the evidence of an owner, removed ones too, oldest first."""
    return session.scalars(select(Evidence).where(_is_of(owner)).order_by(Evidence.id)).all()


def fetch_kept_of_round(session: Session, round_id: int) -> Sequence[Evidence]:
    """Return the evidence of a round's rows that was not removed, by row and age."""
    return session.scalars(
        select(Evidence)
        .where(Evidence.round_id == round_id, Evidence.removed_at.is_(None))
        .order_by(Evidence.number, Evidence.id)
    ).all()


def count_kept(session: Session, owner: Owner) -> int:
    """Count the evidence of an owner that was not removed."""
    return session.execute(
        select(func.count())
        .select_from(Evidence)
        .where(_is_of(owner), Evidence.removed_at.is_(None))
    ).scalar_one()


def find(session: Session, public_id: str) -> Evidence | None:
    """Return a piece of evidence by the id in its address, removed or not."""
    return session.scalars(select(Evidence).where(Evidence.public_id == public_id)).one_or_none()


def fetch_content(session: Session, sha256: str) -> bytes:
    """Return the bytes of a file."""
    return session.execute(
        select(EvidenceFile.content).where(EvidenceFile.sha256 == sha256)
    ).scalar_one()


def mark_removed(session: Session, evidence_id: int, by: str, now: datetime) -> bool:
    """Mark a piece of evidence as removed; return False when it was already."""
    done = session.execute(
        update(Evidence)
        .where(Evidence.id == evidence_id, Evidence.removed_at.is_(None))
        .values(removed_by=by, removed_at=now)
        .returning(Evidence.id)
    )
    return done.one_or_none() is not None


def _keys(owner: Owner) -> dict[str, int]:
    match owner:
        case RowOwner(round_id, number):
            return {"round_id": round_id, "number": number}
        case InnovationOwner(innovation_id):
            return {"innovation_id": innovation_id}


def _is_of(owner: Owner) -> ColumnElement[bool]:
    match owner:
        case RowOwner(round_id, number):
            return (Evidence.round_id == round_id) & (Evidence.number == number)
        case InnovationOwner(innovation_id):
            return Evidence.innovation_id == innovation_id
