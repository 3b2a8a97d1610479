"""Evidence of a row as its page lists it."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from analysis.rating.standard import LeveledIndicator
from backend.ratings.evidence.service import KeptEvidence
from backend.ratings.paths import evidence_path
from backend.ratings.rounds.views.criteria import name_of
from backend.results.reader import local_time


@dataclass(frozen=True)
class EvidenceView:
    """A piece of evidence; `remove_path` is None where it cannot be removed."""

    title: str
    measure: str | None
    url: str | None
    path: str | None
    file_name: str | None
    size: str | None
    added_by: str
    added_at: str
    remove_path: str | None


@dataclass(frozen=True)
class RemovedView:
    """A piece of evidence that was there, and who removed it."""

    title: str
    added: str
    removed: str


def evidence_view(
    found: KeptEvidence, indicator: LeveledIndicator, zone: ZoneInfo, *, is_removable: bool
) -> EvidenceView:
    """Prepare a piece of evidence."""
    path = evidence_path(found.public_id)
    return EvidenceView(
        title=found.title,
        measure=name_of(indicator, found.measure) if found.measure else None,
        url=found.url,
        path=path if found.url is None else None,
        file_name=found.file_name,
        size=None if found.size is None else size_text(found.size),
        added_by=found.added_by,
        added_at=local_time(found.added_at, zone),
        remove_path=f"{path}/remove" if is_removable else None,
    )


def removed_view(found: KeptEvidence, zone: ZoneInfo) -> RemovedView:
    """Prepare a piece of evidence that was removed."""
    removed_at = local_time(found.removed_at, zone) if found.removed_at else ""
    return RemovedView(
        title=found.title,
        added=f"{local_time(found.added_at, zone)} · {found.added_by}",
        removed=f"{removed_at} · {found.removed_by}",
    )


def size_text(size: int) -> str:
    """Write a number of bytes."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB"
