import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from backend.cli.main import app
from backend.db.engine import Database
from backend.staff.rights import Scope
from backend.staff.service.tokens import recognise_token
from tests.conftest import SECRET_KEY


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch, database_url: str, tmp_path: Path) -> None:
    monkeypatch.setenv("MINSHENG_DATABASE_URL", database_url)
    monkeypatch.setenv("MINSHENG_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("MINSHENG_SECRET_KEY", SECRET_KEY)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["token", *arguments])


def test_the_token_alone_is_on_standard_output_and_works(database: Database) -> None:
    result = run("add", "province", "--scope", "evaluate", "--scope", "export")

    holder = recognise_token(database, SECRET_KEY, result.stdout.strip(), datetime.now(UTC))
    assert result.exit_code == 0
    assert holder is not None
    assert holder.scopes == {Scope.EVALUATE, Scope.EXPORT}


def test_a_token_lives_as_long_as_asked(database: Database) -> None:
    text = run("add", "province", "--scope", "evaluate", "--days", "7").stdout.strip()
    now = datetime.now(UTC)

    assert recognise_token(database, SECRET_KEY, text, now + timedelta(days=6)) is not None
    assert recognise_token(database, SECRET_KEY, text, now + timedelta(days=8)) is None


def test_the_list_never_shows_a_token() -> None:
    made = json.loads(run("add", "province", "--scope", "evaluate", "--json").stdout)

    listed = run("list", "--json").stdout

    assert made["token"] not in listed
    assert made["token"] not in run("list").stdout
    assert json.loads(listed)["items"][0]["prefix"] == made["prefix"]
    assert made["token"].startswith(made["prefix"])


def test_a_revoked_token_no_longer_works(database: Database) -> None:
    text = run("add", "province", "--scope", "evaluate").stdout.strip()

    result = run("revoke", "province")

    assert result.exit_code == 0
    assert recognise_token(database, SECRET_KEY, text, datetime.now(UTC)) is None
    assert "revoked" in run("list").stdout


def test_revoking_what_does_not_exist_is_refused() -> None:
    result = run("revoke", "province")

    assert result.exit_code == 1
    assert "no valid token" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [("add", "province"), ("add", "province", "--scope", "delete"), ("add", "--scope", "export")],
    ids=["no scope", "unknown scope", "no name"],
)
def test_wrong_usage_is_told_apart(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2
