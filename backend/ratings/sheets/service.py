"""Exports a round, previews an import, and carries it out; what is confirmed is what was shown.

Between preview and confirmation the browser keeps what the file said, signed (`kept`): the server
stores no upload, nobody else can have it confirmed, and nobody can change it on the way.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from backend.ratings.rounds.entry import Entry
from backend.ratings.rounds.figures import StoredFigures
from backend.ratings.rounds.refusals import RoundClosed
from backend.ratings.rounds.rights import may_enter, may_read
from backend.ratings.rounds.round import Round
from backend.ratings.rounds.service import RowAt, fetch_round, list_events, save_row
from backend.ratings.sheets.changes import Earlier, RowChange, find_changes
from backend.ratings.sheets.kept import Kept
from backend.ratings.sheets.uploaded import FileRow
from backend.staff.service import Staff


class ChangedMeanwhile(Exception):
    """Rows changed after the preview was shown; nothing was imported."""


def export(session: Session, slug: str, staff: Staff, exported_at: datetime) -> bytes:
    """Return the workbook of a round; departments get their own figures only.

    Raises
    ------
    NotFound
        When there is no such round.
    """
    # Takes a while to load: no server that starts waits for it.
    from backend.ratings.sheets.export import workbook

    round_ = fetch_round(session, slug)
    readable = {row.number for row in round_.rows if may_read(staff, row)}
    enterable = {row.number for row in round_.rows if may_enter(staff, row)}
    editable = set() if round_.is_closed else enterable
    return workbook(round_, readable, editable, exported_at)


def preview(
    session: Session, round_: Round, name: str, content: bytes, staff: Staff
) -> tuple[RowChange, ...]:
    """Return what an uploaded file would change; nothing is stored.

    Raises
    ------
    RoundClosed
        When nothing changes any more.
    BadFile, Faulty
        When the file cannot be read, or has faults.
    """
    from backend.ratings.sheets.importing import read_workbook

    if round_.is_closed:
        raise RoundClosed
    return compare(session, round_, read_workbook(name, content, round_), staff)


def compare(
    session: Session, round_: Round, file_rows: tuple[FileRow, ...], staff: Staff
) -> tuple[RowChange, ...]:
    """Return what a file that was read would change in the round as it is now.

    Raises
    ------
    Faulty
        When it changes rows that it may not.
    """
    return find_changes(round_, file_rows, _earlier(session, round_, file_rows), staff)


def carry_out(
    session: Session,
    kept: Kept,
    chosen: Collection[int],
    staff: Staff,
    now: datetime,
) -> int:
    """Store the chosen rows of a preview and return their number.

    Raises
    ------
    ChangedMeanwhile
        When one of them is not as the preview showed it.
    Faulty, RoundClosed
        As `preview`.
    """
    round_ = fetch_round(session, kept.slug)
    if round_.is_closed:
        raise RoundClosed
    chosen_rows = tuple(row for row in kept.rows if row.number in chosen)
    changes = compare(session, round_, chosen_rows, staff)
    if {each.row.number: each.row.revision for each in changes} != {
        row.number: kept.shown[row.number] for row in chosen_rows
    }:
        raise ChangedMeanwhile
    for change in changes:
        at = RowAt(kept.slug, change.row.number, change.row.revision)
        save_row(session, at, Entry(change.figures, change.row.note), staff, now, "import")
    return len(changes)


def _earlier(session: Session, round_: Round, file_rows: tuple[FileRow, ...]) -> Earlier:
    """Return what rows held when the file was exported, where they changed since."""
    found: dict[tuple[int, int], StoredFigures] = {}
    for file in file_rows:
        row = round_.row(file.number)
        if row is None or file.revision == row.revision:
            continue
        # Nothing was ever entered at revision 0, and no event tells of it.
        found[file.number, 0] = {}
        for event in list_events(session, round_.id, file.number):
            found[file.number, event.revision] = event.figures
    return found
