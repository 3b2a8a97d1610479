"""What has been published and how many answered: the console's view of all surveys.

Publishing itself, and what residents are asked, is `service.py`'s.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from backend.errors import NotFound
from backend.surveys import repository
from backend.surveys.service import PublishedSurvey, fetch_published, list_surveys


@dataclass(frozen=True)
class CountedSurvey:
    """A survey, and how many responses are stored."""

    survey: PublishedSurvey
    responses: int


@dataclass(frozen=True)
class PastVersion:
    """A version as it was published, word for word; `digest` is the SHA-256 of the text."""

    number: int
    digest: str
    published_at: datetime
    published_by: str
    definition: str


def count_surveys(session: Session) -> tuple[CountedSurvey, ...]:
    """Return every survey with its number of responses."""
    counts = repository.count_responses_by_survey(session)
    return tuple(
        CountedSurvey(survey, counts.get(survey.id, 0)) for survey in list_surveys(session)
    )


def count_survey(session: Session, slug: str) -> CountedSurvey:
    """Return one survey with its number of responses; raises `NotFound`."""
    survey = fetch_published(session, slug)
    return CountedSurvey(survey, repository.count_responses(session, survey.id))


def list_versions(session: Session, survey: PublishedSurvey) -> Sequence[PastVersion]:
    """Return every version of a survey, newest first."""
    return [
        PastVersion(
            number=version.number,
            digest=version.digest,
            published_at=version.published_at,
            published_by=version.published_by,
            definition=version.definition,
        )
        for version in repository.fetch_versions(session, survey.id)
    ]


def fetch_version(session: Session, survey: PublishedSurvey, number: int) -> PastVersion:
    """Return one version of a survey; raises `NotFound`."""
    for version in list_versions(session, survey):
        if version.number == number:
            return version
    raise NotFound
