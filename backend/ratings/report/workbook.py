"""The report as Excel workbook: scores that recompute, figures, cases, incidents, notes."""

from datetime import datetime

from backend.ratings.forms.numbers import IN_PER_CENT
from backend.ratings.live.snapshot import FigurePart, Snapshot
from backend.ratings.report import wording
from backend.ratings.report.figures import Reader
from backend.ratings.report.register_sheets import (
    CASE_WIDTHS,
    INCIDENT_WIDTHS,
    write_cases,
    write_incidents,
)
from backend.ratings.report.scores_sheet import columns_of, widths_of, write_scores
from backend.ratings.report.scores_sum import ScoreCells
from backend.ratings.report.sheet import PERCENT, PLAIN, Book, Sheet
from backend.ratings.report.views import ReportPage


def write_workbook(
    snapshot: Snapshot, page: ReportPage, reader: Reader, made_at: datetime
) -> bytes:
    """Return the report as Excel file, the same bytes for the same snapshot and time."""
    book = Book(page.title, made_at)
    names = {key: reader.translate(word) for key, word in wording.SHEETS.items()}
    scores = book.sheet(names["scores"], widths_of(columns_of(snapshot)))
    figures = book.sheet(names["figures"], (6, 26, 44, 14, 8, 14, 14, 40, 12))
    cases = book.sheet(names["innovation"], CASE_WIDTHS)
    incidents = book.sheet(names["security"], INCIDENT_WIDTHS)
    sums = _sums(cases, incidents, snapshot, page, reader)
    write_scores(scores, snapshot, page, reader, sums)
    _write_figures(figures, snapshot, page, reader)
    _write_notes(book.sheet(names["notes"], (24, 120)), page, reader, names)
    return book.content()


def _sums(
    cases: Sheet, incidents: Sheet, snapshot: Snapshot, page: ReportPage, reader: Reader
) -> ScoreCells:
    innovation = write_cases(cases, snapshot, page, reader)
    security, major = write_incidents(incidents, snapshot, page, reader)
    return ScoreCells(innovation, security, major)


def _write_figures(sheet: Sheet, snapshot: Snapshot, page: ReportPage, reader: Reader) -> None:
    label = page.labels
    sheet.title(1, label["figures"], 9, size=14)
    names = ("number", "name", "measure", "value", "unit", "numerator", "denominator", "evidence")
    sheet.head(2, [*(label[name] for name in names), label["state"]])
    at = 3
    lines = {line.number: line for group in page.groups for line in group.rows}
    for row in snapshot.rows:
        line = lines[str(row.number)]
        evidence = "\n".join(f"{each.title} {each.detail}" for each in line.evidence)
        for figure in row.figures:
            sheet.number(at, 1, row.number)
            sheet.text(at, 2, row.name)
            sheet.text(at, 3, figure.name)
            _write_figure(sheet, at, figure, reader)
            sheet.text(at, 5, figure.unit or "")
            sheet.number(at, 6, figure.numerator)
            sheet.number(at, 7, figure.denominator)
            sheet.text(at, 8, evidence)
            sheet.text(at, 9, line.not_counted or line.state)
            at += 1


def _write_figure(sheet: Sheet, at: int, figure: FigurePart, reader: Reader) -> None:
    value = figure.value
    if isinstance(value, bool) or value is None:
        words = {True: wording.TRUE, False: wording.FALSE, None: wording.MISSING}[value]
        sheet.text(at, 4, reader.translate(words))
    else:
        sheet.number(at, 4, value, PERCENT if figure.kind in IN_PER_CENT else PLAIN)


def _write_notes(sheet: Sheet, page: ReportPage, reader: Reader, names: dict[str, str]) -> None:
    sheet.title(1, page.labels["methodology"], 2, size=14)
    lines = [(fact.name, fact.value) for fact in page.facts]
    if page.has_points:
        recomputes = reader.translate(wording.RECOMPUTES)
        lines.append((page.labels["sum"], recomputes.format(**names)))
    lines += [(page.labels["outcome"], words) for words in (*page.verdicts, *page.notes)]
    for each in page.methodology:
        lines.append((each.name, "\n".join(filter(None, (each.text, *each.quotes, each.source)))))
    lines += [(fact.name, fact.value) for fact in page.versions]
    for at, (name, text) in enumerate(lines, 2):
        sheet.text(at, 1, name, bold=True)
        sheet.text(at, 2, text)
