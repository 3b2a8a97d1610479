"""A definition on its way to being published: where it starts from, and how it is read from a file.

What is wrong with it is said by `references.py`; publishing it is `service.py`'s.
"""

from sqlalchemy.orm import Session

from backend.errors import NotFound
from backend.surveys.history import fetch_version
from backend.surveys.service import fetch_published
from survey_forms import shipped


class NotUtf8(ValueError):
    """A file is not UTF-8; guessing another encoding could publish garbled questions."""


def shipped_definition(questionnaire_id: str) -> str:
    """Return the text of a questionnaire that ships; raises `NotFound`."""
    try:
        return shipped.questionnaire_text(questionnaire_id)
    except KeyError as error:
        raise NotFound from error


def current_definition(session: Session, slug: str) -> str:
    """Return the newest published text of a survey; raises `NotFound`."""
    survey = fetch_published(session, slug)
    return fetch_version(session, survey, survey.version_number).definition


def definition_of_file(content: bytes) -> str:
    """Return the text of an uploaded file, without a byte order mark; raises `NotUtf8`."""
    try:
        return same_line_ends(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise NotUtf8 from error


def same_line_ends(text: str) -> str:
    """Return the text with the line ends of a file: browsers send CR LF, and the digest counts."""
    return text.replace("\r\n", "\n")
