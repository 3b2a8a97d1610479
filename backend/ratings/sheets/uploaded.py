"""What an uploaded workbook says, and its faults; reading it is left to `importing`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from backend.ratings.rounds.figures import StoredFigure


@dataclass(frozen=True)
class FileRow:
    """The figures of one indicator; None where the cells are blank.

    A measure or condition that has no line is absent, and stays as it is stored.
    """

    number: int
    revision: int
    figures: Mapping[str, StoredFigure | None]


@dataclass(frozen=True)
class SheetFault:
    """One fault: where it is, and a message id with its arguments.

    `row`, `column` (a letter) and its `heading` are None where the fault is not of one cell.
    """

    sheet: str
    row: int | None
    column: str | None
    message: str
    arguments: Mapping[str, object] = field(default_factory=dict)
    heading: str | None = None


class Faulty(Exception):
    """The workbook has faults, in the order in which they stand in it."""

    def __init__(self, faults: tuple[SheetFault, ...]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults
