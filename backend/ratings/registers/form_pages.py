"""For whom the pages of all registers are written, and which day it is there."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from fastapi import Request

from backend.results.reader import Reader
from backend.web.language import language_of
from backend.web.templating import translator


def reader_of(request: Request) -> Reader:
    """Return for whom the page of a request is written."""
    zone: ZoneInfo = request.app.state.settings.zone
    language = language_of(request)
    return Reader(language, zone, translator(language))


def today(reader: Reader) -> date:
    """Return the day it is in the reader's zone."""
    return datetime.now(UTC).astimezone(reader.zone).date()
