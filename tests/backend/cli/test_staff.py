import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from backend.cli.main import app
from backend.db.engine import Database
from backend.staff.rights import Role
from backend.staff.service import check_password
from tests.backend.published import NOON


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch, database_url: str, tmp_path: Path) -> None:
    monkeypatch.setenv("MINSHENG_DATABASE_URL", database_url)
    monkeypatch.setenv("MINSHENG_DATA_DIR", str(tmp_path))


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, ["staff", *arguments], input=typed)


def test_an_account_with_a_password_from_standard_input_can_sign_in(database: Database) -> None:
    result = run(
        "add",
        "Li@jining.example",
        "--role",
        "evaluator",
        "--password-stdin",
        typed="correct horse\n",
    )

    staff = check_password(database, "li@jining.example", "correct horse", NOON)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert staff is not None
    assert staff.role is Role.EVALUATOR


def test_without_the_option_the_password_is_asked_for_twice_and_not_shown(
    database: Database,
) -> None:
    result = run("add", "li@jining.example", "--role", "admin", typed="correct horse\n" * 2)

    assert result.exit_code == 0
    assert "correct horse" not in result.output
    assert check_password(database, "li@jining.example", "correct horse", NOON) is not None


@pytest.mark.parametrize(
    ("email", "password", "reason"),
    [
        ("li@jining.example", "short", "at least 10 characters"),
        ("li@jining.example", "x" * 257, "256 characters at most"),
        ("li@jining.example", "li@jining.example", "must not be the e-mail"),
        ("li", "correct horse", "is not an e-mail address"),
    ],
)
def test_what_is_refused_is_said_in_one_line(email: str, password: str, reason: str) -> None:
    result = run("add", email, "--role", "admin", "--password-stdin", typed=password + "\n")

    assert result.exit_code == 1
    assert reason in result.stderr
    assert result.stderr.count("\n") == 1


def test_an_address_that_has_an_account_is_refused() -> None:
    add = ("add", "li@jining.example", "--role", "admin", "--password-stdin")
    run(*add, typed="correct horse\n")

    result = run(*add, typed="correct horse\n")

    assert result.exit_code == 1
    assert "has an account already" in result.stderr


def test_an_unknown_role_is_wrong_usage() -> None:
    assert run("add", "li@jining.example", "--role", "mayor").exit_code == 2


def test_the_list_is_a_json_document_without_secrets() -> None:
    run("add", "li@jining.example", "--role", "admin", "--password-stdin", typed="correct horse\n")

    [account] = json.loads(run("list", "--json").stdout)["items"]

    assert (account["email"], account["role"]) == ("li@jining.example", "admin")
    assert account.keys() == {"email", "role", "department", "created_at", "locked_until"}


def test_the_list_for_people_has_a_line_for_each() -> None:
    run("add", "li@jining.example", "--role", "admin", "--password-stdin", typed="correct horse\n")

    assert run("list").stdout == "li@jining.example\tadmin\n"


def test_department_staff_belong_to_a_department_and_others_to_none() -> None:
    of = ("--department", "市大数据中心", "--password-stdin")
    added = run("add", "li@jining.example", "--role", "department", *of, typed="correct horse\n")
    missing = run(
        *("add", "wang@jining.example", "--role", "department", "--password-stdin"),
        typed="correct horse\n",
    )
    unwanted = run("add", "wu@jining.example", "--role", "admin", *of, typed="correct horse\n")

    [account] = json.loads(run("list", "--json").stdout)["items"]
    assert (added.exit_code, missing.exit_code, unwanted.exit_code) == (0, 1, 1)
    assert account["department"] == "市大数据中心"
