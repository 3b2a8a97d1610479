"""What of a report a reader may see: departments see the evidence of their own rows only."""

from backend.ratings.live.snapshot import RowPart, Snapshot
from backend.staff.service import Role, Staff


def seen_by(snapshot: Snapshot, staff: Staff) -> Snapshot:
    """Return the snapshot as somebody may see it."""
    if staff.role is not Role.DEPARTMENT:
        return snapshot
    return snapshot.model_copy(
        update={
            "rows": [
                row if staff.department in row.departments else _without_material(row)
                for row in snapshot.rows
            ]
        }
    )


def _without_material(row: RowPart) -> RowPart:
    return row.model_copy(update={"evidence": [], "note": ""})
