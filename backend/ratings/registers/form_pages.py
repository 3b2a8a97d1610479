"""What the pages of all registers need: for whom a page is written, and a form as it was sent."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from fastapi import Request

from backend.errors import MinshengError
from backend.ratings.registers.form_views import FormView
from backend.results.reader import Reader
from backend.web.language import language_of
from backend.web.templating import translator
from backend.web.wording import translate


def reader_of(request: Request) -> Reader:
    """Return for whom the page of a request is written."""
    zone: ZoneInfo = request.app.state.settings.zone
    language = language_of(request)
    return Reader(language, zone, translator(language))


def today(reader: Reader) -> date:
    """Return the day it is in the reader's zone."""
    return datetime.now(UTC).astimezone(reader.zone).date()


def revision_of(typed: Mapping[str, str]) -> int:
    """Return the revision that the form was made from; 0, which no entry has, where it is none."""
    text = typed.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def refused_form(typed: Mapping[str, str], error: MinshengError, reader: Reader) -> FormView:
    """Return the form with all that was typed, and what is wrong with each field."""
    errors = {
        each.field: translate(each.message, reader.language, each.arguments)
        for each in error.errors
    }
    detail = translate(error.detail, reader.language, error.arguments)
    return FormView(typed=typed, errors=errors, problem=detail)
