"""The files that a report is handed out as, by their endings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from backend.errors import NotFound
from backend.ratings.report import wording
from backend.ratings.report.figures import Reader
from backend.ratings.report.pdf import write_pdf
from backend.ratings.report.present import report_page
from backend.ratings.report.service import Report
from backend.ratings.report.views import ReportPage
from backend.web.download import attachment

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class ReportFile:
    """A file as it is handed out."""

    content: bytes
    media_type: str
    disposition: str


def _pdf(report: Report, page: ReportPage, _reader: Reader) -> bytes:
    return write_pdf(page, report.dated_at)


# Libraries for office files take a while to load: no server that starts waits for them.
def _word(report: Report, page: ReportPage, _reader: Reader) -> bytes:
    from backend.ratings.report.word import write_word

    return write_word(page, report.dated_at)


def _workbook(report: Report, page: ReportPage, reader: Reader) -> bytes:
    from backend.ratings.report.workbook import write_workbook

    return write_workbook(report.snapshot, page, reader, report.dated_at)


def _frozen(report: Report, _page: ReportPage, _reader: Reader) -> bytes:
    if report.frozen is None:
        raise NotFound(wording.NOT_CLOSED_YET)
    return report.frozen.encode()


Writer = Callable[[Report, ReportPage, Reader], bytes]
FILES: Mapping[str, tuple[str, Writer]] = MappingProxyType(
    {
        "pdf": ("application/pdf", _pdf),
        "docx": (f"{_OFFICE}.wordprocessingml.document", _word),
        "xlsx": (f"{_OFFICE}.spreadsheetml.sheet", _workbook),
        "json": ("application/json", _frozen),
    }
)


def report_file(report: Report, ending: str, reader: Reader) -> ReportFile:
    """Return the report as a file.

    Raises
    ------
    NotFound
        For an ending that is not in `FILES`, and for the frozen document of an open round.
    """
    if ending not in FILES:
        raise NotFound
    media_type, write = FILES[ending]
    page = report_page(report.snapshot, reader, report.sha256, report.is_intact)
    about = report.snapshot.round
    name = reader.translate(wording.FILE_NAME).format(area=about.area_name, as_of=about.as_of)
    return ReportFile(
        content=write(report, page, reader),
        media_type=media_type,
        disposition=attachment(f"{name}.{ending}", f"{about.slug}.{ending}"),
    )
