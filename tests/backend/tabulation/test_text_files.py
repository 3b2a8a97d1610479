from pathlib import Path

import pytest

from analysis.errors import AnalysisError
from backend.tabulation import text_files
from backend.tabulation.files import Engine, tabulate_file
from backend.tabulation.text_files import open_text
from tests.backend.tabulation.respondent_files import a_request

engines = pytest.mark.parametrize("engine", ["duckdb", "pandas"])
TEXT = '区县,q1\n任城区,5\n"兖州区",4\n'
FILES = {
    "UTF-8": TEXT.encode(),
    "with BOM": TEXT.encode("utf-8-sig"),
    "GB18030": TEXT.encode("gb18030"),
    "CRLF": TEXT.replace("\n", "\r\n").encode(),
    "CR": TEXT.replace("\n", "\r").encode(),
    "mixed line ends": TEXT.replace("5\n", "5\r\n").encode(),
    "no last line end": TEXT.rstrip().encode(),
    "blank lines": TEXT.replace("\n", "\n\n").encode(),
    "white lines": (TEXT + "  \n").encode(),
    "white space": TEXT.replace('"', "").replace(",", " ,\u3000").encode(),
    "no-break spaces": TEXT.replace("5", "\u00a05").encode(),
    "all quoted": b'"\xe5\x8c\xba\xe5\x8e\xbf","q1"\n' + TEXT[6:].encode(),
    "a longer header": TEXT.replace("q1", 'q1,"what\nelse"')
    .replace("\n任", "\n任")
    .replace("5\n", '5,"x\ny"\n')
    .replace("4\n", "4,\n")
    .encode(),
    "a column of GB18030 in four bytes": (TEXT + "𠮷,3\n").encode("gb18030"),
}


@engines
@pytest.mark.parametrize("content", FILES.values(), ids=FILES.keys())
def test_a_file_is_read_however_it_is_written(
    engine: Engine, content: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "responses.csv"
    path.write_bytes(content)

    found = tabulate_file(path, a_request("q1", variables=("区县",)), engine)

    rated = {cell[0]: value for cell, value in zip(found.cells, found.wy[:, 0], strict=True)}
    assert {name: rated[name] for name in ("任城区", "兖州区")} == {"任城区": 5.0, "兖州区": 4.0}


def test_a_tsv_has_tabs_between_its_fields(tmp_path: Path) -> None:
    path = tmp_path / "responses.TSV"
    path.write_text("sex\tq1\nF,M\t5\n")

    assert tabulate_file(path, a_request("q1")).cells == (("F,M",),)


def test_a_character_may_fall_between_two_chunks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "responses.csv"
    monkeypatch.setattr(text_files, "_CHUNK", 7)
    encodings = []
    for encoding in ("utf-8", "gb18030"):
        path.write_text(TEXT, encoding=encoding)
        encodings.append(open_text(path).encoding)

    assert encodings == ["utf-8-sig", "gb18030"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_byte_that_is_no_text_is_named_by_its_line(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "responses.csv"
    lines = TEXT.encode(encoding).splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1] + b"\xff" + lines[2])

    with pytest.raises(AnalysisError) as caught:
        open_text(path)

    assert caught.value.code == "encoding_unknown"
    assert caught.value.arguments["row"] == 3


def test_a_cut_off_character_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "responses.csv"
    path.write_bytes(TEXT.encode() + "区".encode()[:2])

    with pytest.raises(AnalysisError) as caught:
        open_text(path)

    assert caught.value.arguments["row"] == 4


def test_no_copy_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    path = tmp_path / "responses.csv"
    path.write_bytes(TEXT.replace("5", "\u30005").encode("gb18030"))

    tabulate_file(path, a_request("q1", variables=("区县",)))

    assert list(folder.iterdir()) == []
