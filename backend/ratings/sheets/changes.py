"""Holds what a workbook says against what is stored: what would change, and what may not.

Three things are compared: the file, what is stored now, and what was stored when the file was
exported. Where the file still says what was exported, its owner changed nothing, and what others
entered since stays. So a workbook may be passed around and imported by several people in turn.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from backend.ratings.rounds.figures import StoredFigure, StoredFigures
from backend.ratings.rounds.rights import may_enter
from backend.ratings.rounds.round import Round, Row, RowState
from backend.ratings.sheets import wording
from backend.ratings.sheets.uploaded import Faulty, FileRow, SheetFault
from backend.ratings.sheets.workbook.layout import DATA_SHEET
from backend.staff.service import Staff

# Figures of a row by its number and an earlier revision.
Earlier = Mapping[tuple[int, int], StoredFigures]
# A workbook keeps 15 significant digits of a number.
_KEPT = 1e-14


@dataclass(frozen=True)
class FigureChange:
    """One figure that would change; None stands for none."""

    key: str
    old: StoredFigure | None
    new: StoredFigure | None


@dataclass(frozen=True)
class RowChange:
    """One row that would change.

    Attributes
    ----------
    row
        As it is stored now.
    file
        What the file says of it.
    figures
        All figures of the row after the import.
    """

    row: Row
    file: FileRow
    changes: tuple[FigureChange, ...]
    figures: StoredFigures

    @property
    def is_conflict(self) -> bool:
        """Whether the row changed since the file was exported."""
        return self.file.revision < self.row.revision


def find_changes(
    round_: Round, file_rows: tuple[FileRow, ...], earlier: Earlier, staff: Staff
) -> tuple[RowChange, ...]:
    """Return the rows that would change, by number.

    Parameters
    ----------
    earlier
        Figures as they were at the revision in the file, where that is not the stored one.

    Raises
    ------
    Faulty
        When the file changes rows of other departments, or accepted ones.
    """
    changes = tuple(_changes(round_, file_rows, earlier))
    faults = tuple(fault for change in changes for fault in _refusals(change.row, staff))
    if faults:
        raise Faulty(faults)
    return changes


def is_same(one: StoredFigure | None, other: StoredFigure | None) -> bool:
    """Whether two figures are the same, as far as a workbook keeps them."""
    if one is None or other is None or isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return _is_close(one, other)
    if isinstance(one, int | float) or isinstance(other, int | float):
        return False
    return _is_close(one["numerator"], other["numerator"]) and _is_close(
        one["denominator"], other["denominator"]
    )


def _is_close(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=_KEPT)


def _changes(
    round_: Round, file_rows: tuple[FileRow, ...], earlier: Earlier
) -> Iterator[RowChange]:
    for file in file_rows:
        row = round_.row(file.number)
        if row is None:
            continue
        exported = earlier.get((file.number, file.revision), row.figures)
        changes = tuple(
            FigureChange(key, row.figures.get(key), new)
            for key, new in file.figures.items()
            if not is_same(new, row.figures.get(key)) and not is_same(new, exported.get(key))
        )
        if changes:
            yield RowChange(row, file, changes, _after(row.figures, changes))


def _after(figures: StoredFigures, changes: tuple[FigureChange, ...]) -> StoredFigures:
    changed = {change.key: change.new for change in changes}
    after = {**figures, **changed}
    return {key: figure for key, figure in after.items() if figure is not None}


def _refusals(row: Row, staff: Staff) -> Iterator[SheetFault]:
    arguments = {"number": row.number}
    if not may_enter(staff, row):
        yield SheetFault(DATA_SHEET, None, None, wording.OTHER_DEPARTMENT, arguments)
    elif row.state is RowState.ACCEPTED:
        yield SheetFault(DATA_SHEET, None, None, wording.ALREADY_ACCEPTED, arguments)
