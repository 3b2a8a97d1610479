"""A published survey, and what is sent to it, for tests of the backend."""

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from backend.responses.service import Submission
from backend.surveys.service import PublishedSurvey, fetch_published, publish
from tests.builders import a_questionnaire_text

NOON = datetime(2023, 11, 20, 4, 0, tzinfo=UTC)

GOOD_ANSWERS: dict[str, object] = {
    "overall": 4,
    "fields": {"government": 5, "health": "na"},
    "district": "370811",
    "sex": "female",
}


def published(session: Session, slug: str = "hall", **changes: object) -> PublishedSurvey:
    """Publish `a_questionnaire_text(**changes)` and return the survey."""
    publish(session, slug, a_questionnaire_text(**changes), "publisher@example.org", NOON)
    return fetch_published(session, slug)


def a_submission(**changes: object) -> Submission:
    """Return a submission of good answers, with some attributes changed."""
    return replace(Submission(raw=GOOD_ANSWERS, channel="web", language="zh-CN"), **changes)
