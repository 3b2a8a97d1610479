"""The first sheet of the workbook: the official table with the level of each indicator, and the
total and star as formulas that follow when a level or one of the other marked cells is changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from backend.ratings.live.snapshot import RowPart, Snapshot
from backend.ratings.report import wording
from backend.ratings.report.figures import Reader
from backend.ratings.report.present import LEVELS
from backend.ratings.report.scores_sum import ScoreCells, write_sum
from backend.ratings.report.sheet import Sheet
from backend.ratings.report.views import ReportPage
from backend.ratings.wording import LEVEL_WORDS

HEAD_ROW, FIRST_ROW = 4, 5
WIDTHS_BEFORE, WIDTHS_AFTER = (10, 12, 6, 18, 36), (14, 11, 8)


@dataclass(frozen=True)
class Columns:
    """Where what stands, for the levels that the standard has."""

    levels: tuple[str, ...]

    @property
    def department(self) -> int:
        """The column of the leading departments, after those of the requirements."""
        return 6 + len(self.levels)

    @property
    def level(self) -> int:
        """The column of the level held."""
        return self.department + 1

    @property
    def points(self) -> int:
        """The column of the points, the last one shown."""
        return self.department + 2

    def points_of(self, level: str) -> int:
        """The hidden column with what a level gives."""
        return self.points + 2 + self.levels.index(level)


def columns_of(snapshot: Snapshot) -> Columns:
    """Return the columns for the levels that occur."""
    used = {each.level for row in snapshot.rows for each in row.requirements}
    return Columns(tuple(level for level in LEVELS if level in used))


def widths_of(columns: Columns) -> list[float]:
    """Return how wide the columns shown are."""
    return [*WIDTHS_BEFORE, *[30.0] * len(columns.levels), *WIDTHS_AFTER]


def write_scores(
    sheet: Sheet, snapshot: Snapshot, page: ReportPage, reader: Reader, sums: ScoreCells
) -> None:
    """Write the table and what it adds up to; `sums` are the other sheets' totals."""
    columns = columns_of(snapshot)
    _write_titles(sheet, page, columns)
    sheet.head(HEAD_ROW, _names(columns, page, reader))
    for at, row in enumerate(snapshot.rows, FIRST_ROW):
        _write_row(sheet, at, row, page, columns, reader)
    _merge_headings(sheet, snapshot.rows)
    if page.has_points:
        _write_level_points(sheet, snapshot.rows, columns, reader)
        write_sum(sheet, snapshot, page, reader, sums, columns.points, FIRST_ROW)
    sheet.worksheet.freeze_panes = f"E{FIRST_ROW}"


def _write_titles(sheet: Sheet, page: ReportPage, columns: Columns) -> None:
    sheet.title(1, page.title, columns.points, size=16)
    sheet.title(
        2, f"{page.round_title}　{page.facts[2].name} {page.facts[2].value}", columns.points
    )
    sheet.title(3, page.preview or page.closed or "", columns.points)


def _names(columns: Columns, page: ReportPage, reader: Reader) -> list[str]:
    translate, label = reader.translate, page.labels
    requirements = [
        translate(wording.LEVEL_REQUIREMENT).format(level=translate(LEVEL_WORDS[level]))
        for level in columns.levels
    ]
    before = [label[name] for name in ("heading", "second", "number", "name", "definition")]
    after = [label[name] for name in ("department", "level")]
    return [*before, *requirements, *after, *([label["points"]] if page.has_points else [])]


def _write_row(
    sheet: Sheet, at: int, row: RowPart, page: ReportPage, columns: Columns, reader: Reader
) -> None:
    for column, text in ((1, row.first), (2, row.second), (4, row.name), (5, row.definition)):
        sheet.text(at, column, text)
    sheet.number(at, 3, row.number)
    asked = {each.level: each.text for each in row.requirements}
    if asked:
        for column, level in enumerate(columns.levels, 6):
            sheet.text(at, column, asked.get(level, "/"))
    else:
        sheet.text(at, 6, row.rule)
        sheet.worksheet.merge_cells(
            start_row=at, end_row=at, start_column=6, end_column=columns.department - 1
        )
    sheet.text(at, columns.department, reader.comma.join(row.departments))
    words = [reader.translate(LEVEL_WORDS[level]) for level in (*asked, "none", "unknown")]
    held = row.level and reader.translate(LEVEL_WORDS[row.level])
    cell = sheet.text(at, columns.level, held or reader.translate(wording.NO_LEVEL))
    if asked:
        sheet.choice(cell, words)
    if asked and page.has_points:
        sheet.formula(at, columns.points, _points_formula(at, columns), row.points or 0.0)


def _points_formula(at: int, columns: Columns) -> str:
    """Points of the level that is written, from the hidden columns; none for any other word."""
    held, formula = f"{get_column_letter(columns.level)}{at}", "0"
    for level in columns.levels:
        hidden = get_column_letter(columns.points_of(level))
        formula = f"IF({held}=${hidden}${HEAD_ROW},{hidden}{at},{formula})"
    return f"N({formula})"


def _write_level_points(
    sheet: Sheet, rows: Sequence[RowPart], columns: Columns, reader: Reader
) -> None:
    for level in columns.levels:
        column = columns.points_of(level)
        sheet.text(HEAD_ROW, column, reader.translate(LEVEL_WORDS[level]))
        for at, row in enumerate(rows, FIRST_ROW):
            given = next((each.points for each in row.requirements if each.level == level), None)
            sheet.number(at, column, given)
        sheet.worksheet.column_dimensions[get_column_letter(column)].hidden = True


def _merge_headings(sheet: Sheet, rows: Sequence[RowPart]) -> None:
    """Merge the cells of a heading that goes on, as the document has them."""
    for column, names in (
        (1, [row.first for row in rows]),
        (2, [f"{row.first}\n{row.second}" for row in rows]),
    ):
        begin = 0
        for at in range(1, len(names) + 1):
            if at < len(names) and names[at] == names[begin]:
                continue
            if at - begin > 1:
                sheet.worksheet.merge_cells(
                    start_row=FIRST_ROW + begin,
                    end_row=FIRST_ROW + at - 1,
                    start_column=column,
                    end_column=column,
                )
            begin = at
