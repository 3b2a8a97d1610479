"""The server's thread that keeps roll-ups current."""

import threading
from pathlib import Path

import pytest
import structlog
from fastapi.testclient import TestClient
from sqlalchemy import text

from backend.app import create_app
from backend.db.engine import Database
from backend.settings import Settings
from backend.tabulation import keeper
from backend.tabulation.keeper import RollupKeeper
from tests.backend.answering import a_survey, random_answers, store
from tests.backend.tabulation.rolled_up import a_survey_with, change, is_exact, stored_rollup
from tests.builders import a_questionnaire_text


@pytest.fixture(autouse=True)
def _few_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "WAITING", 10)


def test_surveys_with_enough_that_is_new_are_refreshed(database: Database) -> None:
    survey = a_survey_with(database, 12)
    small = a_survey(database, a_questionnaire_text(), slug="small")
    store(database, small, random_answers(3))

    RollupKeeper(database, 60).tend()

    assert stored_rollup(database, survey) is not None
    assert stored_rollup(database, small) is None
    assert is_exact(database, survey)


def test_changes_alone_are_reason_enough(database: Database) -> None:
    survey = a_survey_with(database, 12)
    tending = RollupKeeper(database, 60)
    tending.tend()
    for place in range(5):
        change(database, survey, place, is_flagged=True)

    tending.tend()

    rolled_up = stored_rollup(database, survey)
    assert rolled_up is not None
    assert rolled_up.revision == 2
    assert is_exact(database, survey)


def test_an_outage_is_logged_once_and_so_is_its_end(database: Database) -> None:
    a_survey_with(database, 12)
    tending = RollupKeeper(database, 60)
    _rename(database, "tabulation_rollups", "away")

    with structlog.testing.capture_logs() as logs:
        tending.tend()
        tending.tend()
        _rename(database, "away", "tabulation_rollups")
        tending.tend()
        tending.tend()

    assert [line["event"] for line in logs] == [
        "roll-ups are not refreshed",
        "roll-ups are refreshed again",
    ]


def test_it_works_by_itself_until_it_is_stopped(migrated_sqlite_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "kept.sqlite3"
    path.write_bytes(migrated_sqlite_file.read_bytes())
    database = Database(f"sqlite:///{path}")
    survey = a_survey_with(database, 12)
    refreshed = threading.Event()

    class Watched(RollupKeeper):
        def tend(self) -> None:
            super().tend()
            refreshed.set()

    watched = Watched(database, 0.01)
    watched.start()
    came_round = refreshed.wait(timeout=20)
    watched.stop()

    assert came_round
    assert stored_rollup(database, survey) is not None
    assert "rollup-keeper" not in {thread.name for thread in threading.enumerate()}
    database.dispose()


@pytest.mark.parametrize(("seconds", "is_running"), [(0, False), (60, True)])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_application_runs_one_while_it_serves_unless_it_is_told_not_to(
    settings: Settings, seconds: int, is_running: bool
) -> None:
    app = create_app(settings.model_copy(update={"rollup_seconds": seconds}))

    with TestClient(app):
        names = [thread.name for thread in threading.enumerate()]
    after = [thread.name for thread in threading.enumerate()]

    assert ("rollup-keeper" in names) is is_running
    assert "rollup-keeper" not in after


def _rename(database: Database, old: str, new: str) -> None:
    with database.write() as session:
        session.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))
