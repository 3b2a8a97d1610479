"""Adds evidence (佐证材料), finds it, and marks it as removed. Who may, and when, is decided by the
feature that it belongs to.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from backend.errors import NotFound
from backend.ratings.evidence import models, repository
from backend.ratings.evidence.new import LONGEST_TITLE, NewEvidence, Upload, check_new, clean_name
from backend.ratings.evidence.owner import InnovationOwner, Owner, RowOwner
from backend.ratings.evidence.sniff import kind_of


@dataclass(frozen=True)
class KeptEvidence:
    """A piece of evidence: a link (`url`), or a file with its name, type, size and hash."""

    id: int
    public_id: str
    owner: Owner
    measure: str | None
    title: str
    url: str | None
    file_name: str | None
    media_type: str | None
    size: int | None
    sha256: str | None
    added_by: str
    added_at: datetime
    removed_by: str | None
    removed_at: datetime | None


def add_evidence(
    session: Session, owner: Owner, new: NewEvidence, added_by: str, now: datetime
) -> KeptEvidence:
    """Store a file or a link.

    Raises
    ------
    Invalid
        Naming `file`, `link` or `title`: nothing or both given, a link that is none, a file that
        is empty, too large, of a kind that is not allowed, or not what its name says.
    """
    check_new(new)
    title = new.title.strip()
    values: dict[str, object] = {"measure": new.measure}
    if new.file is not None:
        values |= _store_file(session, new.file)
        title = title or str(values["file_name"])
    else:
        values["url"] = new.link.strip()
        title = title or str(values["url"])[:LONGEST_TITLE]
    stored = repository.add(
        session,
        owner,
        public_id=secrets.token_hex(8),
        title=title,
        added_by=added_by,
        added_at=now,
        **values,
    )
    return _kept(stored)


def list_evidence(session: Session, owner: Owner) -> tuple[KeptEvidence, ...]:
    """Return the evidence of an owner that was not removed, oldest first."""
    return tuple(_kept(each) for each in repository.fetch_kept(session, owner))


def list_with_removed(session: Session, owner: Owner) -> tuple[KeptEvidence, ...]:
    """Return all evidence that an owner ever had, oldest first."""
    return tuple(_kept(each) for each in repository.fetch_all(session, owner))


def evidence_by_row(session: Session, round_id: int) -> Mapping[int, tuple[KeptEvidence, ...]]:
    """Return the evidence of a round's rows that was not removed, by indicator number."""
    found: dict[int, tuple[KeptEvidence, ...]] = {}
    for each in repository.fetch_kept_of_round(session, round_id):
        assert each.number is not None  # noqa: S101 - a row's evidence has a number
        found[each.number] = (*found.get(each.number, ()), _kept(each))
    return found


def has_evidence(session: Session, owner: Owner) -> bool:
    """Whether an owner has evidence that was not removed."""
    return repository.count_kept(session, owner) > 0


def fetch_evidence(session: Session, public_id: str) -> KeptEvidence:
    """Return a piece of evidence, removed or not.

    Raises
    ------
    NotFound
        When there is none of that id.
    """
    # An id that cannot be is not asked for: PostgreSQL takes no NUL in a text.
    found = repository.find(session, public_id) if public_id.isalnum() else None
    if found is None:
        raise NotFound
    return _kept(found)


def fetch_content(session: Session, evidence: KeptEvidence) -> bytes:
    """Return the bytes of a file; NotFound for a link."""
    if evidence.sha256 is None:
        raise NotFound
    return repository.fetch_content(session, evidence.sha256)


def remove_evidence(session: Session, evidence: KeptEvidence, by: str, now: datetime) -> None:
    """Mark a piece of evidence as removed; it stays in the history, and its file with it."""
    repository.mark_removed(session, evidence.id, by, now)


def _store_file(session: Session, file: Upload) -> dict[str, object]:
    name = clean_name(file.name)
    kind = kind_of(name)
    digest = sha256(file.content).hexdigest()
    repository.add_file(session, digest, file.content)
    return {
        "file_name": name,
        "media_type": kind.media_type if kind else None,
        "size": len(file.content),
        "sha256": digest,
    }


def _kept(stored: models.Evidence) -> KeptEvidence:
    owner: Owner
    if stored.innovation_id is not None:
        owner = InnovationOwner(stored.innovation_id)
    else:
        assert stored.round_id is not None  # noqa: S101 - the table's constraint
        assert stored.number is not None  # noqa: S101 - the table's constraint
        owner = RowOwner(stored.round_id, stored.number)
    return KeptEvidence(
        id=stored.id,
        public_id=stored.public_id,
        owner=owner,
        measure=stored.measure,
        title=stored.title,
        url=stored.url,
        file_name=stored.file_name,
        media_type=stored.media_type,
        size=stored.size,
        sha256=stored.sha256,
        added_by=stored.added_by,
        added_at=stored.added_at,
        removed_by=stored.removed_by,
        removed_at=stored.removed_at,
    )
