"""Reads respondent files that are text: their encoding, their header, and copies that are clean.

What the columns mean is left to the engines and to `faults.py`.
"""

import codecs
import csv
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from analysis.errors import AnalysisError

_CHUNK = 1 << 22
_CHINESE = "gb18030"
_UTF_8 = "utf-8-sig"
# A field may be as long as a file may be; csv would stop at 128 KiB.
csv.field_size_limit(sys.maxsize)


class _Reader(Protocol):
    """A reader of the csv module, whose own class has no name in every Python."""

    line_num: int

    def __next__(self) -> list[str]: ...


@dataclass(frozen=True)
class TextFile:
    """A delimited text file: where it is, how it is written, and its header.

    Attributes
    ----------
    path, encoding, delimiter
        The encoding is Python's name.
    header
        The names of the columns without the white space around them.
    """

    path: Path
    encoding: str
    delimiter: str
    header: tuple[str, ...]

    @property
    def is_utf_8(self) -> bool:
        """Whether engines that read nothing else can read it."""
        return self.encoding == _UTF_8

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every row under the header, with the number of the line on which it begins, from 1.

        Blank lines are no rows, unless the file has one column.

        Raises
        ------
        AnalysisError
            `ragged_row` with `row`, `fields` and `wanted`; `quotes_broken` with `row`.
        """
        with open(self.path, encoding=self.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=self.delimiter, strict=True)
            yield from _even_rows(reader, len(self.header))


def open_text(path: Path) -> TextFile:
    """Find out how a file is written.

    A name that ends in `.tsv` has tabs between its fields, any other commas.

    Raises
    ------
    AnalysisError
        `encoding_unknown` with `row`, the line of the first byte that is neither UTF-8 nor
        GB18030; `no_header`; `quotes_broken`.
    """
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    encoding = _encoding(path)
    with open(path, encoding=encoding, newline="") as file:
        try:
            header = next(csv.reader(file, delimiter=delimiter, strict=True), [])
        except csv.Error as error:
            raise AnalysisError("quotes_broken", row=1) from error
    if not any(name.strip() for name in header):
        raise AnalysisError("no_header")
    return TextFile(path, encoding, delimiter, tuple(name.strip() for name in header))


def positions(header: Sequence[str], columns: Sequence[str]) -> list[int]:
    """Where the columns stand in a header.

    Raises
    ------
    AnalysisError
        `unknown_column` with `column` and the `columns` there are; `duplicate_column`.
    """
    for column in columns:
        if column not in header:
            raise AnalysisError("unknown_column", column=column, columns=tuple(header))
        if header.count(column) > 1:
            raise AnalysisError("duplicate_column", column=column)
    return [header.index(column) for column in columns]


@contextmanager
def as_utf_8(file: TextFile) -> Iterator[TextFile]:
    """The file, or while this lasts a copy of it in UTF-8."""
    if file.is_utf_8:
        yield file
        return
    with TemporaryDirectory(prefix="minsheng-") as folder:
        copy = Path(folder) / "copy.csv"
        with (
            open(file.path, encoding=file.encoding, newline="") as source,
            open(copy, "w", encoding="utf-8", newline="") as target,
        ):
            while chunk := source.read(_CHUNK):
                target.write(chunk)
        yield TextFile(copy, _UTF_8, file.delimiter, file.header)


@contextmanager
def cleaned(file: TextFile) -> Iterator[TextFile]:
    """A copy, while this lasts, that holds nothing that readers of CSV differ about.

    Values without white space around them, lines that all end alike, no blank lines. Raises what
    `TextFile.rows` raises.
    """
    with TemporaryDirectory(prefix="minsheng-") as folder:
        copy = Path(folder) / "copy.csv"
        with open(copy, "w", encoding="utf-8", newline="") as target:
            writer = csv.writer(target, delimiter=file.delimiter, quoting=csv.QUOTE_ALL)
            writer.writerow(file.header)
            writer.writerows([value.strip() for value in row] for _, row in file.rows())
        yield TextFile(copy, _UTF_8, file.delimiter, file.header)


def _even_rows(reader: "_Reader", width: int) -> Iterator[tuple[int, list[str]]]:
    """The rows under the header, each with its line; all have `width` values."""
    next(reader)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise AnalysisError("quotes_broken", row=line) from error
        if width == 1:
            yield line, row or [""]
        elif len(row) == width:
            yield line, row
        elif any(value.strip() for value in row) or len(row) > 1:
            raise AnalysisError("ragged_row", row=line, fields=len(row), wanted=width)


def _encoding(path: Path) -> str:
    """UTF-8 or else GB18030, whichever reads the whole file."""
    failed_at = []
    for encoding in (_UTF_8, _CHINESE):
        line = _first_bad_line(path, encoding)
        if line is None:
            return encoding
        failed_at.append(line)
    # The encoding that got further is the likelier one, so its line is the likelier culprit.
    raise AnalysisError("encoding_unknown", row=max(failed_at))


def _first_bad_line(path: Path, encoding: str) -> int | None:
    """The line, from 1, of the first byte that is not text in the encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = 0
    with open(path, "rb") as file:
        while chunk := file.read(_CHUNK):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                return lines + 1 + error.object[: error.start].count(b"\n")
            lines += chunk.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return lines + 1
    return None
