"""Whatever is done to responses in whatever order, the roll-up leads to the full count."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update

from backend.db.engine import Database
from backend.responses.models import Response
from backend.surveys.service import PublishedSurvey
from backend.tabulation.rollup import count_step, write_step
from tests.backend.answering import a_survey, random_answers, store
from tests.backend.tabulation.rolled_up import LATER, is_exact, roll_up
from tests.builders import a_questionnaire_text

# Each is done to the responses whose id leaves a remainder; inserts use it as a seed.
ACTIONS = ("insert", "exclude", "include", "flag", "move", "delete", "refresh", "count", "write")
STEPS = st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 4)), min_size=3, max_size=12)


@pytest.fixture(scope="module")
def survey_on_sqlite(
    migrated_sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Database, PublishedSurvey]:
    path = tmp_path_factory.mktemp("rolled-up") / "minsheng.sqlite3"
    shutil.copy(migrated_sqlite_file, path)
    database = Database(f"sqlite:///{path}")
    return database, a_survey(database, a_questionnaire_text())


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_roll_up_and_what_is_new_are_always_the_full_count(
    survey_on_sqlite: tuple[Database, PublishedSurvey], steps: list[tuple[str, int]]
) -> None:
    database, survey = survey_on_sqlite
    _clear(database)
    counted = None

    for action, number in steps:
        if action == "insert":
            store(database, survey, random_answers(5, seed=number))
        elif action == "refresh":
            roll_up(database, survey)
        elif action == "count":
            counted = count_step(database, survey.id, survey.questionnaire)
        elif action == "write":
            # Perhaps long after it was counted, and perhaps for the second time.
            _ = counted and write_step(database, counted, LATER)
        else:
            _change(database, action, number)

        assert is_exact(database, survey)


def _change(database: Database, action: str, number: int) -> None:
    of_some = func.mod(Response.id, 5) == number
    with database.write() as session:
        if action == "delete":
            session.execute(delete(Response).where(of_some))
            return
        values = {
            "exclude": {"excluded_reason": "duplicate"},
            "include": {"excluded_reason": None},
            "flag": {"is_flagged": True},
            "move": {"channel": "hall-qr"},
        }[action]
        session.execute(update(Response).where(of_some).values(**values))


def _clear(database: Database) -> None:
    """Start each example without responses; the roll-up of the one before stays, and must cope."""
    with database.write() as session:
        session.execute(delete(Response))
        assert session.execute(select(func.count()).select_from(Response)).scalar_one() == 0
