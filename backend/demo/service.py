"""Loads the demonstration city: two surveys, simulated responses, rounds of ratings, and one
account for each role.

Loading again adds nothing: a survey that has responses, and an account that exists, stay as they
are. What is simulated and how is the business of `model.py`, `answers.py`, `fieldwork.py` and
`paradata.py`.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy.orm import Session

import analysis.shipped
from backend.db.engine import Database
from backend.demo.answers import draw_answers
from backend.demo.fieldwork import draw_channels, draw_times
from backend.demo.model import draw_people, populate, turnout
from backend.demo.paradata import draw_paradata
from backend.demo.ratings import load_ratings
from backend.errors import NotFound
from backend.fieldwork.service import screen
from backend.responses.origins import origin_of
from backend.responses.service import Submission, accept, count_responses
from backend.staff.service import AccountRefused, Role, Scope, add_account, add_token, list_tokens
from backend.surveys.service import (
    PublishedSurvey,
    fetch_published,
    mark_as_demonstration,
    publish,
)
from survey_forms.shipped import questionnaire_text

MARGINS = "jining-adults-2020"
SEED = 20231101
PUBLISHER = "demo"
TOKEN_NAME = "demo"  # noqa: S105 - a name, not a secret
EMAIL = "{role}@demo.minsheng.example"
# Of the account with the role department.
DEPARTMENT = "市大数据中心"


@dataclass(frozen=True)
class DemoSurvey:
    """A survey of the demonstration, by the id of its shipped questionnaire, and its size."""

    slug: str
    responses: int
    seed: int
    channel: str | None = None


SURVEYS = (
    DemoSurvey("citizen-experience-2023", 3000, SEED),
    DemoSurvey("service-hall", 400, SEED + 1, channel="hall-qr"),
)


@dataclass(frozen=True)
class LoadedSurvey:
    """A survey after loading: `added` simulated responses now, `responses` with those of others."""

    slug: str
    added: int
    responses: int


@dataclass(frozen=True)
class Credentials:
    """An account that was made now; its password is stored nowhere else."""

    role: str
    email: str
    password: str


@dataclass(frozen=True)
class Loaded:
    """What loading has led to; of rounds, accounts and token only what was made now."""

    surveys: tuple[LoadedSurvey, ...]
    rounds: int
    accounts: tuple[Credentials, ...]
    token: str | None


class SlugTaken(Exception):
    """A survey of that address exists and is no demonstration: nothing simulated may go into it."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


def load(database: Database, secret_key: str, now: datetime, zone: ZoneInfo) -> Loaded:
    """Load what is not there yet, in one transaction, and screen what was loaded.

    Parameters
    ----------
    now
        An aware time; the simulated responses lie in the four weeks before that day.
    zone
        The city's zone, in which people answer by day and not by night.

    Raises
    ------
    SlugTaken
        When an address that the demonstration needs belongs to a real survey.
    """
    with database.write() as session:
        loaded = Loaded(
            surveys=tuple(_load_survey(session, demo, secret_key, now, zone) for demo in SURVEYS),
            rounds=load_ratings(session, SURVEYS[0].slug, now, now.astimezone(zone).date(), SEED),
            accounts=tuple(_add_accounts(session, now)),
            token=_add_token(session, secret_key, now),
        )
    for survey in loaded.surveys:
        if survey.added:
            _screen(database, survey.slug, now)
    return loaded


def _screen(database: Database, slug: str, now: datetime) -> None:
    with database.read() as session:
        survey = fetch_published(session, slug)
    screen(database, survey, now)


def _load_survey(
    session: Session, demo: DemoSurvey, secret_key: str, now: datetime, zone: ZoneInfo
) -> LoadedSurvey:
    added = 0
    if not _is_loaded(session, demo.slug):
        publish(session, demo.slug, questionnaire_text(demo.slug), PUBLISHER, now)
        mark_as_demonstration(session, demo.slug)
        survey = fetch_published(session, demo.slug)
        for submission, at in _submissions(survey, demo, secret_key, now.astimezone(zone)):
            # The way of every resident's answers: read, checked, coded, stored.
            accept(session, survey, submission, at)
            added += 1
    survey = fetch_published(session, demo.slug)
    return LoadedSurvey(demo.slug, added, count_responses(session, survey.id))


def _is_loaded(session: Session, slug: str) -> bool:
    try:
        survey = fetch_published(session, slug)
    except NotFound:
        return False
    if not survey.is_demonstration:
        raise SlugTaken(slug)
    return True


def _submissions(
    survey: PublishedSurvey, demo: DemoSurvey, secret_key: str, until: datetime
) -> Iterator[tuple[Submission, datetime]]:
    generator = np.random.default_rng(demo.seed)
    population = populate(analysis.shipped.margins(MARGINS))
    people = draw_people(turnout(population), demo.responses, generator)
    channels = draw_channels(people.names("age_band"), generator)
    times = draw_times(demo.responses, until, generator)
    answers = draw_answers(survey.questionnaire, people, generator)
    # Chance of its own, so that answers stay what they are whatever is drawn here.
    paradata = draw_paradata(times, channels, np.random.default_rng(demo.seed + 1000))
    for number, (raw, channel, given) in enumerate(zip(answers, channels, paradata, strict=True)):
        yield (
            Submission(
                raw=raw,
                channel=demo.channel or channel,
                language="zh-CN",
                # A key of its own, so that even two loads at the same time add nothing twice.
                idempotency_key=f"demo-{number}",
                opened_at=given.opened_at,
                origin=origin_of(survey, secret_key, address=given.address, device=given.device),
                simulated=True,
            ),
            given.submitted_at,
        )


def _add_accounts(session: Session, now: datetime) -> Iterator[Credentials]:
    for role in Role:
        email, password = EMAIL.format(role=role.value), secrets.token_urlsafe(12)
        try:
            department = DEPARTMENT if role is Role.DEPARTMENT else None
            add_account(session, email, role, password, now, department)
        except AccountRefused as refusal:
            if refusal.code != "email_taken":
                raise
        else:
            yield Credentials(role.value, email, password)


def _add_token(session: Session, secret_key: str, now: datetime) -> str | None:
    if any(token.name == TOKEN_NAME for token in list_tokens(session)):
        return None
    text, _ = add_token(session, secret_key, TOKEN_NAME, tuple(Scope), now)
    return text
