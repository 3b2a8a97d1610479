"""What a browser keeps of an upload until it is confirmed: the changed rows, as signed JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from backend.ratings.sheets.changes import RowChange
from backend.ratings.sheets.uploaded import FileRow
from backend.staff.service import Staff
from backend.web.signing import read_signed, sign


@dataclass(frozen=True)
class Kept:
    """Rows of a file, and the revision of each that the preview was made against."""

    slug: str
    rows: tuple[FileRow, ...]
    shown: Mapping[int, int]


def keep(secret: str, slug: str, staff: Staff, changes: tuple[RowChange, ...]) -> str:
    """Return the changed rows for a hidden field; only this person can send them back."""
    rows = [
        [change.row.number, change.row.revision, change.file.revision, dict(change.file.figures)]
        for change in changes
    ]
    return sign(secret, _context(slug, staff), json.dumps(rows, ensure_ascii=False))


def take_back(secret: str, slug: str, staff: Staff, signed: str) -> Kept | None:
    """Return what `keep` made; None for anything else."""
    text = read_signed(secret, _context(slug, staff), signed)
    if text is None:
        return None
    rows = json.loads(text)
    return Kept(
        slug=slug,
        rows=tuple(FileRow(number, revision, figures) for number, _, revision, figures in rows),
        shown={number: shown for number, shown, *_ in rows},
    )


def _context(slug: str, staff: Staff) -> str:
    return f"ratings-import/{slug}/{staff.account_id}"
