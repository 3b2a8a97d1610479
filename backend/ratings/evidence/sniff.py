"""Says whether a file is what its name says, by its content; storing it is left to `service`.

Allowed is what departments prove figures with: documents, tables, scans and official OFD documents
(GB/T 33190). Old Word and Excel files are allowed because offices still write them. Archives are
not: nobody reviews what is inside one, and each file of it can be added by itself.
"""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType

import puremagic

# Of a text: the first half MiB tells; a cut character at its end is no fault.
TEXT_SAMPLE = 512 * 1024
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f")


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its media type, and whether a content is one."""

    media_type: str
    is_it: Callable[[bytes], bool]


def kind_of(file_name: str) -> FileKind | None:
    """Return the kind that the ending of a name claims, or None for one that is not allowed."""
    return KINDS.get(PurePosixPath(file_name.lower()).suffix)


def _has_magic(media_type: str) -> Callable[[bytes], bool]:
    return lambda content: media_type in _media_types(content)


def _media_types(content: bytes) -> frozenset[str]:
    try:
        return frozenset(match.mime_type for match in puremagic.magic_string(content))
    except (puremagic.PureError, ValueError):
        return frozenset()


def _is_old_office(stream: str) -> Callable[[bytes], bool]:
    # The directory of an OLE file names its streams in UTF-16.
    name = stream.encode("utf-16-le")
    return lambda content: "application/msword" in _media_types(content) and name in content


def _is_archive_with(*starts: str) -> Callable[[bytes], bool]:
    def is_it(content: bytes) -> bool:
        names = _member_names(content)
        return all(any(name.startswith(start) for name in names) for start in starts)

    return is_it


def _member_names(content: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, struct.error):
        return []


def _is_text(content: bytes) -> bool:
    sample = content[:TEXT_SAMPLE]
    if _CONTROLS & set(sample):
        return False
    return any(_decodes(sample, encoding) for encoding in ("utf-8", "gb18030"))


def _decodes(sample: bytes, encoding: str) -> bool:
    try:
        sample.decode(encoding)
    except UnicodeDecodeError as error:
        return len(sample) == TEXT_SAMPLE and error.start > TEXT_SAMPLE - 4
    return True


_OFFICE = "application/vnd.openxmlformats-officedocument"
_JPEG = FileKind("image/jpeg", _has_magic("image/jpeg"))
KINDS: Mapping[str, FileKind] = MappingProxyType(
    {
        ".pdf": FileKind("application/pdf", _has_magic("application/pdf")),
        ".png": FileKind("image/png", _has_magic("image/png")),
        ".jpg": _JPEG,
        ".jpeg": _JPEG,
        ".docx": FileKind(
            f"{_OFFICE}.wordprocessingml.document", _is_archive_with("[Content_Types].xml", "word/")
        ),
        ".xlsx": FileKind(
            f"{_OFFICE}.spreadsheetml.sheet", _is_archive_with("[Content_Types].xml", "xl/")
        ),
        ".doc": FileKind("application/msword", _is_old_office("WordDocument")),
        ".xls": FileKind("application/vnd.ms-excel", _is_old_office("Workbook")),
        ".ofd": FileKind("application/ofd", _is_archive_with("OFD.xml")),
        ".txt": FileKind("text/plain", _is_text),
        ".csv": FileKind("text/csv", _is_text),
    }
)
# As the form's `accept` has them, and messages.
ENDINGS = ", ".join(KINDS)
