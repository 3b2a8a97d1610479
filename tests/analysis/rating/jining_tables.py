"""The two indicator tables of 济政办字〔2023〕23号 as the document has them, read without our data.

Cells stand between bars. A row names its first- and second-level heading only where they change,
and may run over a line.
"""

import re
from dataclasses import dataclass
from pathlib import Path

DOCUMENTS = Path(__file__).parent / "documents"


@dataclass(frozen=True)
class TableRow:
    """One row; `cells` are the requirements, or the one sentence of a row without levels."""

    number: int
    first: str
    second: str
    name: str
    explanation: str
    cells: tuple[str, ...]
    departments: tuple[str, ...]


def table_rows(unit: str) -> list[TableRow]:
    """The rows of the table of a `city` or `county`."""
    rows: list[TableRow] = []
    # The city's table leaves out the first heading of its first row; the county's has it.
    first, second = "优政", ""
    for line in _whole_lines(unit):
        cells = [cell.strip() for cell in line.split("|") if cell.strip()]
        at = _number_at(cells)
        assert at is not None
        first = cells[0] if at == 2 else first
        second = cells[at - 1] if at else second
        name, explanation, *rest = cells[at + 1 :]
        lead = rest.pop() if unit == "city" else "——"
        names = [] if lead == "——" else re.sub(r"\s", "", lead).split("、")
        rows.append(
            TableRow(int(cells[at]), first, second, name, explanation, tuple(rest), tuple(names))
        )
    return rows


def star_notes(unit: str) -> list[str]:
    """The notes below a table, one for each star level, without number and full stop."""
    lines = _lines(unit)
    return [line[2:].rstrip(";。") for line in lines[lines.index("注:") + 1 :]]


def _whole_lines(unit: str) -> list[str]:
    """The lines of the rows, those that run over put together."""
    lines = _lines(unit)
    whole: list[str] = []
    for line in lines[3 : lines.index("注:")]:
        if _number_at([cell.strip() for cell in line.split("|")]) is None:
            whole[-1] += f" {line}"
        else:
            whole.append(line)
    return whole


def _lines(unit: str) -> list[str]:
    """A source line, the title, the column heads, the rows, 注: and the notes."""
    return (DOCUMENTS / f"jining-2023-{unit}.txt").read_text(encoding="utf-8").splitlines()


def _number_at(cells: list[str]) -> int | None:
    """The place of the row's number, after none, one or two headings."""
    return next((at for at, cell in enumerate(cells[:3]) if cell.isdigit()), None)
