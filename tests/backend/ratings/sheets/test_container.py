"""What is refused before anything parses it."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from backend.ratings.sheets.container import MAX_BYTES, BadFile, check_container
from tests.backend.ratings.sheets.rounds import a_round, exported

WORKBOOK = exported(a_round())
BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'


def refused(name: str, content: bytes) -> str:
    with pytest.raises(BadFile) as caught:
        check_container(name, content)
    return caught.value.code


def with_member(name: str, content: bytes) -> bytes:
    """The workbook with one more member."""
    packed = BytesIO(WORKBOOK)
    with ZipFile(packed, "a", ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


def test_our_own_workbook_is_taken() -> None:
    check_container("table.XLSX", WORKBOOK)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("table.xlsx", b"", "empty_file"),
        ("table.xlsm", WORKBOOK, "not_xlsx_name"),
        ("table.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 64, "not_xlsx"),
        ("table.xlsx", WORKBOOK[: len(WORKBOOK) // 2], "not_xlsx"),
        ("table.xlsx", b"PK" * (MAX_BYTES // 2 + 1), "too_large"),
        ("table.xlsx", with_member("xl/vbaProject.bin", b"macro"), "with_macros"),
        ("table.xlsx", with_member("big.xml", b" " * 9_000_000), "too_large"),
        ("table.xlsx", with_member("many.xml", b"<x>" + b"<y/>" * 300_000 + b"</x>"), "too_large"),
        ("table.xlsx", with_member("bad.xml", b"<x>"), "not_xlsx"),
        ("table.xlsx", with_member("a.xml", BOMB.encode()), "suspicious"),
        ("table.xlsx", with_member("a.png", BOMB.encode("utf-16")), "suspicious"),
    ],
    ids=[
        "empty",
        "macro name",
        "old or encrypted",
        "cut off",
        "large",
        "macros",
        "unpacks to much",
        "many elements",
        "broken part",
        "entities",
        "entities, hidden and in another encoding",
    ],
)
def test_what_is_no_ordinary_workbook_is_refused(name: str, content: bytes, code: str) -> None:
    assert refused(name, content) == code


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")

    assert refused("table.xlsx", packed.getvalue()) == "not_xlsx"
