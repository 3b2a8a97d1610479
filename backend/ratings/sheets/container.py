"""Looks at an uploaded .xlsx before anything parses it: a small zip of plain XML, and no more.

`zipfile` never reads more of a member than its declared size, so the declared sizes can be trusted
as limits. openpyxl resolves the entities of a document type with the parser of Python's library;
Excel writes none, so a file that has any is refused before openpyxl sees it.
"""

import zlib
from io import BytesIO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

MAX_BYTES = 1024 * 1024
_MAX_UNPACKED_BYTES = 8 * 1024 * 1024
_MAX_MEMBERS = 200
# What our export has when Excel saved it is a tenth of this.
_MAX_ELEMENTS = 200_000
_CONTENT_TYPES = "[Content_Types].xml"
_MAIN_TYPE = b'"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"'


class BadFile(Exception):
    """The file is not what it should be; `code` says why, see `wording.FILE_WORDS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check_container(name: str, content: bytes) -> None:
    """Refuse what is not an ordinary, small .xlsx.

    Raises
    ------
    BadFile
        `empty_file`, `not_xlsx_name`, `too_large`, `not_xlsx`, `with_macros` or `suspicious`.
    """
    if not content:
        raise BadFile("empty_file")
    if not name.lower().endswith(".xlsx"):
        raise BadFile("not_xlsx_name")
    if len(content) > MAX_BYTES:
        raise BadFile("too_large")
    try:
        with ZipFile(BytesIO(content)) as archive:
            _check_members(archive)
    # The second is an encrypted member, the third a compression that Python has not.
    except (BadZipFile, RuntimeError, NotImplementedError, zlib.error, EOFError) as error:
        raise BadFile("not_xlsx") from error


def _check_members(archive: ZipFile) -> None:
    members = archive.infolist()
    names = {member.filename for member in members}
    unpacked = sum(member.file_size for member in members)
    if len(members) > _MAX_MEMBERS or len(names) != len(members):
        raise BadFile("suspicious")
    if unpacked > _MAX_UNPACKED_BYTES:
        raise BadFile("too_large")
    if _CONTENT_TYPES not in names:
        raise BadFile("not_xlsx")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise BadFile("with_macros")
    elements = _Elements()
    for member in members:
        # All of them: openpyxl parses whatever another part refers to, under any name.
        is_well_formed = elements.count(archive.read(member))
        if not is_well_formed and member.filename.lower().endswith((".xml", ".rels")):
            raise BadFile("not_xlsx")
    if _MAIN_TYPE not in archive.read(_CONTENT_TYPES).replace(b"'", b'"'):
        raise BadFile("not_xlsx")


class _Elements:
    """Counts elements over all members, and refuses document types in any encoding.

    `count` returns whether a member is well-formed XML, and raises BadFile where it may not stay.
    """

    def __init__(self) -> None:
        self._seen = 0

    def count(self, document: bytes) -> bool:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler = self._count
        try:
            parser.Parse(document, True)
        except expat.ExpatError:
            return False
        return True

    def _count(self, _name: str, _attributes: dict[str, str]) -> None:
        self._seen += 1
        if self._seen > _MAX_ELEMENTS:
            raise BadFile("too_large")

    @staticmethod
    def _refuse_doctype(*_: object) -> None:
        raise BadFile("suspicious")
