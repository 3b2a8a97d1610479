"""A survey with quality rules, and responses that break them, for tests of the screening."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from backend.db.engine import Database
from backend.fieldwork.models import ResponseFlag, ResponseReview
from backend.responses.models import Response
from backend.responses.origins import Origin
from backend.responses.service import accept
from backend.surveys.service import PublishedSurvey
from tests.backend.published import NOON, a_submission, published

QUALITY: dict[str, Any] = {
    "speeding": {"share_of_median": 0, "seconds_per_item": 5},
    "attention": [{"item": "sex", "expected": "female"}],
    "duplicates": {},
}
# One device sends twice, one response is too fast, one is inattentive as well.
SENT: tuple[dict[str, Any], ...] = (
    {"seconds": 60, "device": "a"},
    {"seconds": 60, "device": "b"},
    {"seconds": 60, "device": "a"},
    {"seconds": 5, "device": "c"},
    {"seconds": 5, "device": "d", "sex": "male"},
)
LATER = NOON + timedelta(days=1)


def a_screened_survey(database: Database, quality: object = QUALITY) -> PublishedSurvey:
    """Publish a survey and store the responses of SENT, a minute apart."""
    with database.write() as session:
        survey = published(session, quality=quality)
    for number, sent in enumerate(SENT):
        send(database, survey, NOON + timedelta(minutes=number), **sent)
    return survey


def send(
    database: Database,
    survey: PublishedSurvey,
    at: datetime,
    *,
    seconds: float,
    device: str,
    sex: str = "female",
) -> str:
    """Store one response; return its receipt number."""
    submission = a_submission(
        raw={"overall": 4, "fields": {"government": 5}, "district": "370811", "sex": sex},
        opened_at=at - timedelta(seconds=seconds),
        origin=Origin(device_hash=device * 64),
    )
    with database.write() as session:
        return accept(session, survey, submission, at).public_id


def flags(database: Database) -> list[tuple[int, str, float, float]]:
    """Return the stored flags: which response (from 1), rule, value, limit."""
    with database.read() as session:
        rows = session.execute(
            select(
                ResponseFlag.response_id, ResponseFlag.rule, ResponseFlag.value, ResponseFlag.limit
            )
        )
        return sorted(tuple(row) for row in rows)


def stored(database: Database) -> list[Response]:
    """Return the responses in the order of arrival."""
    with database.read() as session:
        return list(session.scalars(select(Response).order_by(Response.id)))


def reviews(database: Database) -> list[tuple[int, str, str | None, str]]:
    """Return every decision in order: which response, decision, reason, by whom."""
    with database.read() as session:
        return [
            (each.response_id, each.decision, each.reason, each.decided_by)
            for each in session.scalars(select(ResponseReview).order_by(ResponseReview.id))
        ]
