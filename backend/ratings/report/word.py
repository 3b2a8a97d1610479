"""The report as a Word file, the same sections as the PDF."""

from collections.abc import Iterable
from datetime import datetime

from docx.shared import Cm

from backend.ratings.report.charts import draw_chart
from backend.ratings.report.views import Fact, ReportPage, RowLine
from backend.ratings.report.word_document import WordDocument


def write_word(page: ReportPage, made_at: datetime) -> bytes:
    """Return the report as Word file, the same bytes for the same page and time."""
    document = WordDocument(page.title, made_at)
    document.head_and_foot(f"{page.title}　{page.round_title}　{page.preview_tag}".rstrip())
    _add_outcome(document, page)
    _add_points(document, page)
    _add_satisfaction(document, page)
    _add_rows(document, page)
    _add_registers(document, page)
    _add_end(document, page)
    return document.content()


def _add_outcome(document: WordDocument, page: ReportPage) -> None:
    label = page.labels
    for warning in (page.preview, page.warning, page.demonstration):
        if warning:
            document.paragraph(warning, bold=True, is_warning=True)
    _add_facts(document, page, page.facts)
    document.heading(label["outcome"])
    if page.has_points:
        words = f"{label['total']} {page.total}　{label['star']} {page.star}"
        document.paragraph(words, bold=True, size=18)
        document.paragraph(page.out_of)
    else:
        document.paragraph(label["not_given"])
    for verdict in page.verdicts:
        document.paragraph(verdict, bold=True, is_warning=True)
    for note in (*page.notes, *([page.closed] if page.closed else [])):
        document.paragraph(note)


def _add_points(document: WordDocument, page: ReportPage) -> None:
    label = page.labels
    if page.sums:
        document.heading(label["sum"])
        rows = [(each.name, each.points) for each in page.sums]
        document.table((label["item"], label["points"]), rows, (13, 4), numbers=(1,))
    if page.headings:
        document.heading(label["by_heading"])
        _add_chart(document, page, "headings")
        document.table(
            [label[name] for name in ("heading", "points", "full_points", "share")],
            [(each.name, each.points, each.maximum, each.share_text) for each in page.headings],
            (8, 3, 3, 3),
            numbers=(1, 2, 3),
        )
    if page.tables:
        document.heading(label["by_table"])
        levels = [fact.name for fact in page.tables[0].reached]
        document.table(
            (label["table"], label["indicators"], *levels, label["unsettled"]),
            [
                (each.name, each.indicators, *(at.value for at in each.reached), each.unsettled)
                for each in page.tables
            ],
            (7, *[10 / (len(levels) + 2)] * (len(levels) + 2)),
            numbers=range(1, len(levels) + 3),
        )


def _add_satisfaction(document: WordDocument, page: ReportPage) -> None:
    label, part = page.labels, page.satisfaction
    if part is None:
        if page.no_satisfaction:
            document.heading(label["satisfaction"])
            document.paragraph(page.no_satisfaction)
        return
    document.heading(label["satisfaction"])
    document.paragraph(part.value, bold=True, size=18)
    document.paragraph(f"{part.interval_name} {part.interval}")
    _add_chart(document, page, "satisfaction")
    _add_facts(document, page, part.facts)
    if part.bounds:
        names = ("bound", "satisfaction", "survey_deduction", "total", "star")
        document.table(
            [label[name] for name in names],
            [
                (each.name, each.satisfaction, each.deduction, each.total, each.star)
                for each in part.bounds
            ],
            (4, 3, 3, 3, 4),
            numbers=(1, 2, 3),
        )
        document.paragraph(part.settled)


def _add_rows(document: WordDocument, page: ReportPage) -> None:
    names = ("number", "indicator", "requirement", "figures", "evidence", "level", "points")
    rows: list[tuple[str, ...]] = []
    for group in page.groups:
        rows.append((f"{group.title}　{group.points}".rstrip(),))
        rows.extend(_row(row, page) for row in group.rows)
    document.turn_page(is_landscape=True)
    document.heading(page.labels["rows"])
    document.table(
        [page.labels[name] for name in names],
        rows,
        (1.2, 4.4, 6.5, 6.3, 4, 1.8, 1.5),
        numbers=(0, 6),
        size=8,
    )
    document.turn_page(is_landscape=False)


def _row(row: RowLine, page: ReportPage) -> tuple[str, ...]:
    label = page.labels
    figures = [
        f"{each.name}{label['colon']}{each.value} {each.sides}".rstrip() for each in row.figures
    ]
    note = f"{label['note']}{label['colon']}{row.note}" if row.note else ""
    evidence = [f"{each.title}\n{each.detail}" for each in row.evidence]
    return (
        row.number,
        f"{row.name}\n{row.second}　{row.departments}",
        row.requirement,
        _lines([*figures, row.missing, note]),
        _lines(evidence),
        _lines([row.level, row.not_counted]),
        row.points,
    )


def _add_registers(document: WordDocument, page: ReportPage) -> None:
    label = page.labels
    document.heading(label["innovations"])
    if page.cases:
        names = ("dated_on", "kind", "case", "issuer", "outcome_of_case")
        document.table(
            [label[name] for name in names],
            [
                (each.dated_on, each.kind, each.title, each.issuer, each.outcome)
                for each in page.cases
            ],
            (2.3, 3.4, 5, 2.8, 3.5),
        )
    else:
        document.paragraph(label["none_registered"])
    document.heading(label["incidents"])
    if page.incidents:
        document.table(
            [label[name] for name in ("dated_on", "notice", "handling", "deduction")],
            [
                (
                    each.dated_on,
                    each.notice,
                    each.handling,
                    _lines([each.points, label["major"] if each.is_major else ""]),
                )
                for each in page.incidents
            ],
            (2.3, 6, 6, 2.7),
            numbers=(3,),
        )
    else:
        document.paragraph(label["none_registered"])


def _add_end(document: WordDocument, page: ReportPage) -> None:
    label = page.labels
    document.heading(label["methodology"])
    for each in page.methodology:
        document.paragraph(each.name, bold=True)
        source = f"{label['source']}{label['colon']}{each.source}" if each.source else ""
        document.paragraph(_lines([each.text, *each.quotes, source]))
    document.heading(label["signatures"])
    for name in page.signatures:
        document.paragraph(f"{name}{label['colon']}{'_' * 30}")
    document.heading(label["versions"])
    _add_facts(document, page, page.versions)


def _add_facts(document: WordDocument, page: ReportPage, facts: Iterable[Fact]) -> None:
    for fact in facts:
        document.paragraph(f"{fact.name}{page.labels['colon']}{fact.value}")


def _add_chart(document: WordDocument, page: ReportPage, name: str) -> None:
    document.picture(draw_chart(page, name, "png"), page.charts[name], Cm(16))


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text)
