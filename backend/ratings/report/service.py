"""The report of a round: a preview while it is open, and what was frozen once it is closed."""

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from sqlalchemy.orm import Session

from backend.db.engine import Database
from backend.errors import Conflict
from backend.ratings.live.assemble import Basis
from backend.ratings.live.snapshot import Snapshot
from backend.ratings.live.snapshotting import take_snapshot
from backend.ratings.report import repository, wording
from backend.ratings.report.freezing import canonical, read_frozen, sha256_of
from backend.ratings.rounds.refusals import RoundClosed
from backend.ratings.rounds.round import Round
from backend.ratings.rounds.service import fetch_round
from backend.staff.service import Staff


class ChangedMeanwhile(Conflict):
    """Somebody changed the round or a row of it since the check list was shown."""

    code, title = "round-changed", "内容已被他人修改"
    detail = wording.CHANGED_MEANWHILE


@dataclass(frozen=True)
class Report:
    """A round and its snapshot.

    Attributes
    ----------
    sha256
        Of the frozen document as it was stored; None while the round is open.
    is_intact
        Whether the frozen document still has that hash.
    frozen
        The frozen document word for word; None while the round is open.
    """

    round: Round
    snapshot: Snapshot
    sha256: str | None = None
    is_intact: bool = True
    frozen: str | None = None

    @property
    def dated_at(self) -> datetime:
        """The time that its files tell: of closing, or of the preview."""
        return self.snapshot.round.closed_at or self.snapshot.made_at


def report_of(session: Session, slug: str, now: datetime, zone: tzinfo) -> Report:
    """Return the report of a round.

    Raises
    ------
    NotFound
        When there is no such round.
    """
    found = fetch_round(session, slug)
    frozen = repository.fetch_frozen(session, found.id)
    if frozen is None:
        return Report(found, take_snapshot(session, found, now, zone))
    return frozen_report(found, frozen)


def frozen_report(found: Round, frozen: str) -> Report:
    """Return the report of a closed round from its frozen document."""
    is_intact = sha256_of(frozen) == found.frozen_sha256
    return Report(found, read_frozen(frozen), found.frozen_sha256, is_intact, frozen)


def version_of(found: Round) -> str:
    """Return what changes with the round and with each of its rows."""
    return f"{found.revision}.{sum(row.revision for row in found.rows)}"


def to_be_closed(session: Session, slug: str, now: datetime, zone: tzinfo) -> Report:
    """Return the report as closing would freeze it: with accepted rows only.

    Raises
    ------
    NotFound
        When there is no such round.
    RoundClosed
        When it is closed already.
    """
    found = fetch_round(session, slug)
    if found.is_closed:
        raise RoundClosed
    snapshot = take_snapshot(session, found, now, zone, basis=Basis.ACCEPTED)
    return Report(found, snapshot)


def close(
    database: Database, slug: str, version: str, staff: Staff, now: datetime, zone: tzinfo
) -> str:
    """Freeze a round and return the hash of the document.

    Parameters
    ----------
    version
        As `version_of` told it when the check list was shown.

    Raises
    ------
    NotFound
        When there is no such round.
    RoundClosed
        When it is closed already.
    ChangedMeanwhile
        When it is not of that version any more.

    Notes
    -----
    The snapshot is taken in a transaction for reading, so that its figures agree with each other
    and nobody who writes waits for it. Then the round is locked, compared, and closed.
    """
    with database.read() as session:
        found = fetch_round(session, slug)
        _require_open(found, version)
        closed = replace(found, closed_by=staff.email, closed_at=now)
        snapshot = take_snapshot(
            session, closed, now, zone, basis=Basis.ACCEPTED, with_tabulation=True
        )
    frozen = canonical(snapshot)
    sha256 = sha256_of(frozen)
    with database.write() as session:
        repository.lock_for_closing(session, found.id)
        _require_open(fetch_round(session, slug), version)
        was_open = repository.close_round(
            session,
            found.id,
            found.revision,
            frozen=frozen,
            frozen_rating=snapshot.rating.model_dump_json(),
            frozen_sha256=sha256,
            closed_by=staff.email,
            closed_at=now,
        )
        if not was_open:
            raise ChangedMeanwhile
    return sha256


def _require_open(found: Round, version: str) -> None:
    if found.is_closed:
        raise RoundClosed
    if version_of(found) != version:
        raise ChangedMeanwhile
