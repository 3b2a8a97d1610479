"""`minsheng demo` at the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from backend.cli.main import app
from backend.db.engine import Database
from tests.backend.answering import a_survey
from tests.builders import a_questionnaire_text


@pytest.fixture
def url(migrated_sqlite_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A migrated SQLite database; loading on PostgreSQL is tested with the service."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "minsheng.sqlite3"
    path.write_bytes(migrated_sqlite_file.read_bytes())
    return f"sqlite:///{path}"


def demo(url: str, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["demo", *arguments], env={"MINSHENG_DATABASE_URL": url})


def test_it_answers_with_one_document_and_prints_secrets_only_once(url: str) -> None:
    first, second = demo(url, "--json"), demo(url)

    loaded = json.loads(first.stdout)
    assert first.exit_code == 0
    assert {account["role"] for account in loaded["accounts"]} == {
        "admin",
        "publisher",
        "evaluator",
        "handler",
        "department",
        "reviewer",
    }
    assert loaded["token"].startswith("ms_")
    assert second.exit_code == 0
    assert "citizen-experience-2023: 3000 responses, 0 of them" in second.stdout
    assert "password" not in second.stdout


def test_it_refuses_in_one_line_to_fill_a_survey_that_is_no_demonstration(url: str) -> None:
    database = Database(url)
    a_survey(database, a_questionnaire_text(), slug="service-hall")
    database.dispose()

    result = demo(url)

    assert result.exit_code == 1
    assert result.stderr.startswith("service-hall: ")
    assert result.stderr.count("\n") == 1
