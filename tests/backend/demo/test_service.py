"""Loading the demonstration city, and what its results show."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from sqlalchemy import func, select

from analysis.scoring import METHODS
from analysis.shipped import margins
from backend.db.engine import Database
from backend.demo import model
from backend.demo.service import MARGINS, Loaded, SlugTaken, load
from backend.fieldwork.service import quality_summary
from backend.responses.models import Response
from backend.results.result import SatisfactionResult
from backend.results.service import satisfaction
from backend.staff.service import check_password
from backend.staff.service.tokens import recognise_token
from backend.surveys.service import fetch_published
from survey_forms.definition import Questionnaire
from tests.backend.answering import a_survey
from tests.builders import a_questionnaire_text
from tests.conftest import SECRET_KEY

NOW = datetime(2024, 3, 1, 4, 0, tzinfo=UTC)
CITY = "citizen-experience-2023"


def load_at_now(database: Database) -> Loaded:
    return load(database, SECRET_KEY, NOW, ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="module")
def city(
    migrated_sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """A database for the city, for tests that only look at it."""
    path = tmp_path_factory.mktemp("city") / "city.sqlite3"
    path.write_bytes(migrated_sqlite_file.read_bytes())
    database = Database(f"sqlite:///{path}")
    yield database
    database.dispose()


@pytest.fixture(scope="module")
def loaded(city: Database) -> Loaded:
    """What loading it, once, has led to."""
    return load_at_now(city)


@pytest.fixture(scope="module")
def result(city: Database, loaded: Loaded) -> SatisfactionResult:
    with city.read() as session:
        return satisfaction(session, fetch_published(session, CITY), NOW)


def true_satisfaction(questionnaire: Questionnaire, method_id: str) -> float:
    """The model's value for the whole population, from 400,000 people drawn without turnout."""
    generator = np.random.default_rng(99)
    people = model.draw_people(model.populate(margins(MARGINS)), 400_000, generator)
    measures = questionnaire.measures
    levels = model.draw_levels(people, [measure.key for measure in measures], generator)
    worth = np.array([0.0, *METHODS[method_id].scores])[levels]
    item_weights = (levels != model.NOT_APPLICABLE) * np.array([m.weight for m in measures])
    return float(((item_weights * worth).sum(axis=1) / item_weights.sum(axis=1)).mean())


def test_loading_twice_adds_nothing(database: Database) -> None:
    first = load_at_now(database)

    second = load_at_now(database)

    assert [survey.added for survey in first.surveys] == [3000, 400]
    assert [survey.added for survey in second.surveys] == [0, 0]
    assert [survey.responses for survey in second.surveys] == [3000, 400]
    assert len(first.accounts) == 6
    assert (first.rounds, second.rounds) == (5, 0)
    assert second.accounts == ()
    assert second.token is None


def test_the_printed_passwords_and_the_token_open_what_they_should(
    city: Database, loaded: Loaded
) -> None:
    staff = [check_password(city, each.email, each.password, NOW) for each in loaded.accounts]
    holder = recognise_token(city, SECRET_KEY, loaded.token or "", NOW)

    assert [member and member.role.value for member in staff] == [
        "admin",
        "publisher",
        "evaluator",
        "handler",
        "department",
        "reviewer",
    ]
    assert holder is not None
    assert {scope.value for scope in holder.scopes} == {"evaluate", "export"}


def test_nothing_simulated_goes_into_a_survey_that_is_no_demonstration(
    database: Database,
) -> None:
    a_survey(database, a_questionnaire_text(), slug=CITY)

    with pytest.raises(SlugTaken):
        load_at_now(database)

    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Response)) == 0


def test_every_response_is_marked_as_simulated(city: Database, loaded: Loaded) -> None:
    with city.read() as session:
        unmarked = session.scalar(
            select(func.count()).select_from(Response).where(Response.simulated.is_(False))
        )
        survey = fetch_published(session, CITY)

    assert loaded.surveys[0].added == 3000
    assert unmarked == 0
    assert survey.is_demonstration


def test_the_flags_are_those_that_the_documentation_tells_of(
    city: Database, loaded: Loaded
) -> None:
    with city.read() as session:
        summary = quality_summary(session, fetch_published(session, CITY))

    assert {each.rule: each.flagged for each in summary.rules} == {
        "speeding": 92,
        "straight_lining": 26,
        "duplicates": 17,
        "bursts": 27,
        "implausible": 0,
    }
    assert (summary.flagged, summary.excluded) == (162, 0)


def test_weighting_visibly_matters(result: SatisfactionResult) -> None:
    official = next(method for method in result.methods if method.is_official)

    assert official.unweighted.estimate is not None
    assert official.estimate.estimate is not None
    assert official.unweighted.estimate - official.estimate.estimate > 0.015


def test_the_true_value_of_the_model_lies_in_the_weighted_interval_and_not_in_the_unweighted(
    result: SatisfactionResult,
) -> None:
    true = true_satisfaction(result.survey.questionnaire, result.official_method)
    official = next(method for method in result.methods if method.is_official)

    assert official.estimate.interval is not None
    assert official.unweighted.interval is not None
    assert official.estimate.interval[0] < true < official.estimate.interval[1]
    assert true < official.unweighted.interval[0]


def test_the_city_lies_so_near_the_line_that_its_verdict_is_uncertain(
    result: SatisfactionResult,
) -> None:
    assert result.verdict is not None
    assert result.verdict.verdict == "no_deduction"
    assert not result.verdict.certain


def test_all_channels_take_part_and_some_comments_are_left(city: Database, loaded: Loaded) -> None:
    with city.read() as session:
        survey = fetch_published(session, CITY)
        rows = session.execute(
            select(Response.channel, Response.answers).where(Response.survey_id == survey.id)
        ).all()

    comments = sum("suggestion" in answers for _, answers in rows)
    assert {channel for channel, _ in rows} == {"web", "wechat", "hall-qr", "interviewer"}
    assert 100 < comments < 500
    assert len(rows) == loaded.surveys[0].responses
