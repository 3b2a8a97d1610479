"""A Word document as Chinese offices write it: A4, SimSun and SimHei, tables whose head repeats.

What stands in it is left to `word`.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from backend.ratings.report.office_file import AUTHOR, without_times
from backend.ratings.report.plain_text import printable

# Word's own names of 宋体 and 黑体, which every Chinese Word has.
BODY_FONT, HEADING_FONT = "SimSun", "SimHei"
LATIN_FONT = "Times New Roman"
A4 = (Cm(21), Cm(29.7))
RED = RGBColor(0xA3, 0x16, 0x1B)


class WordDocument:
    """A document under way."""

    def __init__(self, title: str, made_at: datetime) -> None:
        self._document: DocumentObject = Document()
        self._drop_thumbnail()
        self._describe(title, made_at)
        for name, font, size in (
            ("Normal", BODY_FONT, 10.5),
            ("Title", HEADING_FONT, 20),
            ("Heading 1", HEADING_FONT, 14),
        ):
            style = self._document.styles[name]
            if isinstance(style, ParagraphStyle):
                _set_font(style, font, Pt(size))
        self._title_style(title)
        _set_page(self._document.sections[0], is_landscape=False)

    def _drop_thumbnail(self) -> None:
        # The picture of an empty page that the library's template comes with.
        relations = self._document.part.package.rels
        for key in [key for key, each in relations.items() if each.reltype.endswith("/thumbnail")]:
            del relations[key]

    def _describe(self, title: str, made_at: datetime) -> None:
        properties = self._document.core_properties
        properties.author = properties.last_modified_by = AUTHOR
        properties.title, properties.comments = printable(title), ""
        properties.created = properties.modified = made_at.astimezone(UTC).replace(tzinfo=None)

    def _title_style(self, title: str) -> None:
        paragraph = self._document.add_paragraph(printable(title), style="Title")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for border in paragraph.style.element.iter(qn("w:pBdr")) if paragraph.style else ():
            border.getparent().remove(border)

    def head_and_foot(self, head: str) -> None:
        """Put words on top of every page, and its number at the bottom."""
        section = self._document.sections[0]
        _small(section.header.paragraphs[0].add_run(printable(head)))
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _add_field(foot, "PAGE")
        _small(foot.add_run(" / "))
        _add_field(foot, "NUMPAGES")

    def heading(self, words: str) -> None:
        """Begin a section of the text."""
        self._document.add_heading(printable(words), level=1)

    def paragraph(
        self, words: str, *, bold: bool = False, size: float | None = None, is_warning: bool = False
    ) -> Paragraph:
        """Add a paragraph."""
        paragraph = self._document.add_paragraph()
        run = paragraph.add_run(printable(words))
        run.bold = bold
        if size:
            run.font.size = Pt(size)
        if is_warning:
            run.font.color.rgb = RED
        return paragraph

    def picture(self, png: bytes, description: str, width: Length) -> None:
        """Add a picture, with words for those who do not see it."""
        shape = self._document.add_picture(io.BytesIO(png), width=width)
        shape._inline.docPr.set("descr", printable(description))

    def turn_page(self, *, is_landscape: bool) -> None:
        """Go on on a new page, upright or across."""
        _set_page(self._document.add_section(WD_SECTION.NEW_PAGE), is_landscape=is_landscape)

    def table(
        self,
        head: Sequence[str],
        rows: Iterable[Sequence[str]],
        widths: Sequence[float],
        *,
        numbers: Iterable[int] = (),
        size: float = 9,
    ) -> None:
        """Add a table whose head is repeated on each page.

        Parameters
        ----------
        rows
            Texts; a row of one text is a heading over all columns.
        widths
            In centimetres.
        numbers
            Columns to be set on the right.
        """
        table = self._document.add_table(rows=0, cols=len(head), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        right = frozenset(numbers)
        first = _add_row(table, head, widths, right, size)
        _mark(first, "w:tblHeader")
        for cell in first.cells:
            _embolden(cell)
        for texts in rows:
            row = _add_row(table, texts, widths, right, size)
            _mark(row, "w:cantSplit")
            if len(texts) == 1:
                _embolden(row.cells[0].merge(row.cells[-1]))
        self._document.add_paragraph()

    def content(self) -> bytes:
        """Return the file."""
        written = io.BytesIO()
        self._document.save(written)
        return without_times(written.getvalue())


def _set_font(style: ParagraphStyle, font: str, size: Length) -> None:
    style.font.name, style.font.size = LATIN_FONT, size
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        # A theme's font goes before a named one.
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), font)


def _set_page(section: Section, *, is_landscape: bool) -> None:
    width, height = reversed(A4) if is_landscape else A4
    section.page_width, section.page_height = width, height
    section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)


def _add_row(
    table: Table,
    texts: Sequence[str],
    widths: Sequence[float],
    right: frozenset[int],
    size: float,
) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    for at, (cell, width) in enumerate(zip(row.cells, widths, strict=True)):
        cell.width = Cm(width)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        if at in right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if at < len(texts):
            paragraph.add_run(printable(texts[at])).font.size = Pt(size)
    return row


def _embolden(cell: _Cell) -> None:
    for paragraph in cell.paragraphs:
        for run in paragraph.runs:
            run.bold = True


def _mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _small(run: Run) -> None:
    run.font.size = Pt(8)


def _add_field(paragraph: Paragraph, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = paragraph.add_run("1")
    _small(run)
    field.append(run._r)
    paragraph._p.append(field)
