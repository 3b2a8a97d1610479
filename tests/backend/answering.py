"""Answers for the example questionnaire of `tests.builders`, and storing them."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import numpy as np

from backend.db.engine import Database
from backend.responses.service import Submission, accept
from backend.surveys.service import PublishedSurvey, fetch_published, publish

NOW = datetime(2024, 3, 1, 4, 0, tzinfo=UTC)
DISTRICTS = ("370811", "370812", "370826")


def an_answer(**changes: Any) -> dict[str, Any]:
    """Return complete raw answers of a satisfied woman in 任城区; None leaves an item out."""
    raw = {
        "overall": 4,
        "fields": {"government": 5, "health": 4},
        "district": "370811",
        "sex": "female",
    }
    raw.update(changes)
    return {key: value for key, value in raw.items() if value is not None}


def random_answers(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """Return answers of all sorts: every level, not applicable, rows and items left out."""
    generator = np.random.default_rng(seed)
    return [_random_answer(generator) for _ in range(count)]


def _random_answer(generator: np.random.Generator) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for row in ("government", "health"):
        choice = int(generator.integers(0, 8))
        if choice >= 1:
            fields[row] = min(choice, 5) if choice <= 6 else "na"
    return an_answer(
        overall=int(generator.integers(1, 6)),
        fields=fields or None,
        district=str(generator.choice(DISTRICTS)),
        sex=str(generator.choice(["male", "female"], p=[0.3, 0.7])),
    )


def a_survey(database: Database, definition: str, slug: str = "example") -> PublishedSurvey:
    """Publish a definition and return its survey."""
    with database.write() as session:
        publish(session, slug, definition, "test", NOW)
        return fetch_published(session, slug)


def store(
    database: Database,
    survey: PublishedSurvey,
    answers: Iterable[Mapping[str, Any]],
    channel: str = "web",
    simulated: bool = False,
) -> None:
    """Store answers in one transaction, as residents' submissions are."""
    with database.write() as session:
        for raw in answers:
            accept(session, survey, Submission(raw, channel, "zh-CN", simulated=simulated), NOW)
