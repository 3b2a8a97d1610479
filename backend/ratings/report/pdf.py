"""The report as PDF."""

from dataclasses import asdict
from datetime import datetime

from backend.ratings.report.typesetting import typeset
from backend.ratings.report.views import ReportPage


def write_pdf(page: ReportPage, made_at: datetime) -> bytes:
    """Return the report as PDF, the same bytes for the same page and time."""
    return typeset("report.typ", asdict(page), made_at)
