"""For whom reports are written in tests."""

from zoneinfo import ZoneInfo

from backend.ratings.live.snapshot import Snapshot
from backend.ratings.report.figures import Reader
from backend.ratings.report.present import report_page
from backend.ratings.report.views import ReportPage, RowLine

READER = Reader("zh-CN", ZoneInfo("Asia/Shanghai"), str)
# What markup languages, shells and spreadsheets would read as theirs.
HOSTILE = (
    '#set page(fill: red) #eval("1") $x^2$ \\ @cite <label> *b* _i_ `c` // # = + - '
    "=1+1 <script>alert(1)</script> &amp; {{ 7*7 }} {% raw %} \"' \x07 %s {name}"
)


def a_page(snapshot: Snapshot, sha256: str | None = None) -> ReportPage:
    """The report in Chinese."""
    return report_page(snapshot, READER, sha256)


def row_of(page: ReportPage, number: int) -> RowLine:
    """The line of an indicator."""
    return next(row for group in page.groups for row in group.rows if row.number == str(number))
