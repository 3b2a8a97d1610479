"""What may be added as evidence: files that are what they say, and links."""

import io
import zipfile

import pytest

from backend.errors import Invalid
from backend.ratings.evidence.new import (
    MAX_FILE_BYTES,
    NewEvidence,
    Upload,
    check_new,
    clean_name,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def archive(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name in names:
            file.writestr(name, "<x/>")
    return content.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
XLSX = archive("[Content_Types].xml", "xl/workbook.xml")
GENUINE = {
    "a.pdf": b"%PDF-1.7\n1 0 obj",
    "a.PNG": b"\x89PNG\r\n\x1a\n" + bytes(40),
    "a.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(40),
    "a.jpeg": b"\xff\xd8\xff\xe1\x00\x10Exif\x00" + bytes(40),
    "a.docx": DOCX,
    "a.xlsx": XLSX,
    "a.doc": OLE + "WordDocument".encode("utf-16-le"),
    "a.xls": OLE + "Workbook".encode("utf-16-le"),
    "a.ofd": archive("OFD.xml", "Doc_0/Document.xml"),
    "a.txt": "免提交证明事项 340 项\r\n".encode(),
    "a.csv": "指标,数值\n在线率,0.93\n".encode("gb18030"),
}
FALSE = {
    "a.pdf": DOCX,
    "a.png": GENUINE["a.jpg"],
    "a.jpg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "a.docx": XLSX,
    "a.xlsx": archive("[Content_Types].xml", "word/document.xml"),
    "a.doc": GENUINE["a.xls"],
    "a.xls": b"PK\x03\x04 broken",
    "a.ofd": DOCX,
    "a.txt": b"MZ\x90\x00\x03",
    "a.csv": b"\xff\xfe\x00\x01",
}


def refused(new: NewEvidence) -> list[tuple[str, str]]:
    """Every field that is refused, with its message."""
    try:
        check_new(new)
    except Invalid as invalid:
        return [(each.field, each.message.format(**each.arguments)) for each in invalid.errors]
    return []


@pytest.mark.parametrize("name", GENUINE)
def test_a_file_that_is_what_it_says_is_taken(name: str) -> None:
    assert refused(NewEvidence(file=Upload(name, GENUINE[name]))) == []


@pytest.mark.parametrize("name", FALSE)
def test_a_file_that_is_not_what_it_says_is_named(name: str) -> None:
    ending = "." + name.partition(".")[2]

    assert refused(NewEvidence(file=Upload(name, FALSE[name]))) == [
        ("file", f"文件“{name}”的内容与它的扩展名 {ending} 不符，请核对后重新上传。")
    ]


@pytest.mark.parametrize("name", ["a.exe", "a.zip", "a.svg", "a.html", "a.docm", "a", "pdf"])
def test_other_kinds_of_files_are_not_taken_whatever_is_in_them(name: str) -> None:
    (problem,) = refused(NewEvidence(file=Upload(name, GENUINE["a.pdf"])))

    assert problem[0] == "file"
    assert "可以上传的有：.pdf, .png" in problem[1]


def test_a_file_may_be_as_large_as_the_limit_and_no_larger() -> None:
    largest = GENUINE["a.pdf"].ljust(MAX_FILE_BYTES)

    assert refused(NewEvidence(file=Upload("a.pdf", largest))) == []
    assert refused(NewEvidence(file=Upload("a.pdf", largest + b" "))) == [
        ("file", "文件“a.pdf”超过 20 MB，请压缩或拆分后再上传。")
    ]


def test_an_empty_file_is_refused() -> None:
    assert refused(NewEvidence(file=Upload("a.txt", b""))) == [
        ("file", "文件“a.txt”是空的，请重新选择。")
    ]


def test_either_a_file_or_a_link_is_wanted() -> None:
    both = NewEvidence(link="https://x.example", file=Upload("a.pdf", GENUINE["a.pdf"]))

    assert [field for field, _ in refused(NewEvidence(title="清单"))] == ["file"]
    assert [field for field, _ in refused(both)] == ["link"]


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("C:\\Users\\li\\清单.pdf", "清单.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("a\r\nb\u202efdp.pdf", "abfdp.pdf"),
        ('a"<>|?.pdf', "a.pdf"),
        ("...", "file"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_a_name_is_cleaned_of_what_confuses(name: str, clean: str) -> None:
    assert clean_name(name) == clean
