"""The report's charts as pictures: for the web page as SVG, for Word as PNG."""

from dataclasses import asdict
from typing import Any, Literal

from backend.ratings.report.typesetting import draw
from backend.ratings.report.views import ReportPage


def draw_chart(page: ReportPage, name: str, file_type: Literal["svg", "png"]) -> bytes:
    """Return one of the charts that the page names, the same bytes for the same page.

    Raises
    ------
    KeyError
        When the page has no such chart.
    """
    if name not in page.charts:
        raise KeyError(name)
    return draw("chart.typ", {"chart": name, "part": _part(page, name)}, file_type)


def _part(page: ReportPage, name: str) -> Any:
    if name == "headings":
        return [asdict(each) for each in page.headings]
    return asdict(page.satisfaction) if page.satisfaction else None
