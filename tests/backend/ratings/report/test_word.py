"""The Word file: its text, styles and bytes."""

import io
import zipfile
from datetime import datetime

from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml.ns import qn

from backend.ratings.live.snapshot import Snapshot
from backend.ratings.report.word import write_word
from tests.backend.ratings.report.readers import HOSTILE, a_page
from tests.backend.ratings.report.snapshots import CLOSED_AT, a_snapshot, jining


def word_of(snapshot: Snapshot) -> DocumentObject:
    return Document(io.BytesIO(write_word(a_page(snapshot), CLOSED_AT)))


def text_of(document: DocumentObject) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_same_snapshot_gives_the_same_bytes() -> None:
    first, second = (write_word(a_page(jining()), CLOSED_AT) for _ in range(2))

    assert first == second


def test_nothing_in_the_file_tells_when_it_was_written() -> None:
    content = write_word(a_page(jining()), CLOSED_AT)

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        times = {entry.date_time for entry in archive.infolist()}
    properties = Document(io.BytesIO(content)).core_properties
    assert times == {(1980, 1, 1, 0, 0, 0)}
    assert properties.created == properties.modified == CLOSED_AT
    assert properties.author == properties.last_modified_by == "民声"


def test_it_has_what_the_pdf_has() -> None:
    text = text_of(word_of(jining()))

    for words in (
        "总分 57.5",
        "政务服务事项在线率达到90%",
        "早于计分期",
        "弱口令未按期整改",
        "负责人（签字）",
    ):
        assert words in text


def test_chinese_is_set_in_chinese_fonts() -> None:
    styles = word_of(jining()).styles

    fonts = {
        name: styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Normal", "Title", "Heading 1")
    }
    assert fonts == {"Normal": "SimSun", "Title": "SimHei", "Heading 1": "SimHei"}


def test_the_head_of_every_table_is_repeated() -> None:
    for table in word_of(jining()).tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_pages_are_a4_and_numbered() -> None:
    section = word_of(jining()).sections[0]

    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert 'w:instr="PAGE"' in section.footer.paragraphs[0]._p.xml


def test_a_preview_says_so_on_every_page() -> None:
    head = word_of(a_snapshot(is_closed=False)).sections[0].header.paragraphs[0].text

    assert head.endswith("预览／未结束")


def test_hostile_text_is_shown_as_it_was_typed() -> None:
    document = word_of(a_snapshot(notes={1: HOSTILE}, title=HOSTILE))

    # XML has no place for control characters.
    assert text_of(document).count(HOSTILE.replace("\x07", "")) >= 2


def test_a_standard_without_points_is_written_as_well() -> None:
    document = word_of(a_snapshot(standard_id="shandong-2020-city"))

    assert "表一 数字惠民建设指标" in text_of(document)


def test_times_are_kept_in_utc() -> None:
    properties = word_of(jining()).core_properties

    assert isinstance(properties.created, datetime)
    assert properties.created.hour == CLOSED_AT.hour
