"""`db`, `questionnaire` and `survey`, on both databases."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from backend.cli.main import app
from backend.db import migrate
from backend.db.engine import Database
from backend.surveys.service import Status, fetch_published, set_status
from tests.backend.published import published
from tests.builders import a_questionnaire_text


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def minsheng(*arguments: str, database_url: str = "") -> Result:
    environment = {"MINSHENG_DATABASE_URL": database_url} if database_url else {}
    return CliRunner().invoke(app, list(arguments), env=environment)


@pytest.fixture
def definition(tmp_path: Path) -> Path:
    path = tmp_path / "hall.yaml"
    path.write_text(a_questionnaire_text(), encoding="utf-8")
    return path


@pytest.fixture
def bad_definition(tmp_path: Path) -> Path:
    path = tmp_path / "bad.yaml"
    path.write_text(a_questionnaire_text().replace("kind: scale", "kind: scael"), encoding="utf-8")
    return path


def test_a_new_database_is_behind_until_it_is_upgraded(empty_database_url: str) -> None:
    before = minsheng("db", "status", "--json", database_url=empty_database_url)
    upgraded = minsheng("db", "upgrade", database_url=empty_database_url)
    after = minsheng("db", "status", "--json", database_url=empty_database_url)

    assert (before.exit_code, json.loads(before.stdout)["is_current"]) == (1, False)
    assert upgraded.exit_code == 0
    assert (after.exit_code, json.loads(after.stdout)["is_current"]) == (0, True)


def test_a_database_that_cannot_be_reached_is_one_line_without_the_password() -> None:
    result = minsheng("db", "status", database_url="postgresql://u:a-password@127.0.0.1:1/n")

    assert result.exit_code == 1
    assert "MINSHENG_DATABASE_URL" in result.stderr
    assert "a-password" not in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_good_definition_passes_the_check(definition: Path) -> None:
    result = minsheng("questionnaire", "check", str(definition), "--json")

    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "file": str(definition),
        "is_valid": True,
        "findings": [],
    }


def test_a_mistake_is_told_with_file_line_column_and_cure(bad_definition: Path) -> None:
    result = minsheng("questionnaire", "check", str(bad_definition))

    lines = bad_definition.read_text(encoding="utf-8").splitlines()
    number = next(i for i, line in enumerate(lines, 1) if "scael" in line)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert f"{bad_definition}:{number}:" in result.stderr
    assert "scael" in result.stderr


def in_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


ENGLISH = [("C.UTF-8", ["--lang", "en"]), ("en_US.UTF-8", []), ("zh_CN.UTF-8", ["--lang", "en"])]
CHINESE = [("C.UTF-8", []), ("POSIX", []), ("en_US.UTF-8", ["--lang", "zh-CN"]), ("zh_CN", [])]


@pytest.mark.parametrize(("locale", "options"), ENGLISH + CHINESE)
def test_everything_is_said_in_one_language(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    definition: Path,
    bad_definition: Path,
    locale: str,
    options: list[str],
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    is_chinese = (locale, options) in CHINESE
    gbk = tmp_path / "gbk.yaml"
    gbk.write_bytes("title: 满意度".encode("gb18030"))

    for path in (definition, bad_definition, gbk):
        told = minsheng("questionnaire", "check", str(path), *options).stderr

        for line in told.splitlines():
            assert line.startswith(f"{path}:")
            assert in_chinese(line) is is_chinese, line


@pytest.mark.parametrize(
    ("variables", "is_chinese"),
    [
        ({"LC_ALL": "", "LANG": "en_GB.UTF-8"}, False),
        ({"LC_ALL": "C", "LANG": "en_GB.UTF-8"}, True),
        ({"LC_ALL": "", "LC_MESSAGES": "en_GB", "LANG": "zh_CN.UTF-8"}, False),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}, True),
    ],
)
def test_the_locale_decides_as_it_does_for_other_commands(
    monkeypatch: pytest.MonkeyPatch,
    definition: Path,
    variables: dict[str, str],
    is_chinese: bool,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    told = minsheng("questionnaire", "check", str(definition)).stderr

    assert in_chinese(told) is is_chinese


def test_a_language_that_there_is_not_is_a_usage_error(definition: Path) -> None:
    assert minsheng("questionnaire", "check", str(definition), "--lang", "fr").exit_code == 2


def test_a_reference_to_what_does_not_ship_is_a_mistake(definition: Path) -> None:
    text = definition.read_text(encoding="utf-8").replace("jining-adults-2020", "atlantis-2020")
    definition.write_text(text, encoding="utf-8")

    result = minsheng("questionnaire", "check", str(definition))

    number = text[: text.index("atlantis")].count("\n") + 1
    assert result.exit_code == 1
    assert f"{definition}:{number}:3: 错误: 没有人口数据“atlantis-2020”" in result.stderr


def test_mistakes_as_json_are_one_document(bad_definition: Path) -> None:
    result = minsheng("questionnaire", "check", str(bad_definition), "--json")

    answer = json.loads(result.stdout)
    assert result.exit_code == 1
    assert answer["is_valid"] is False
    assert {"code", "severity", "line", "column", "item", "message"} == set(answer["findings"][0])


def test_a_file_in_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "gbk.yaml"
    path.write_bytes("format: 1\ntitle: 满意度".encode("gb18030"))

    result = minsheng("questionnaire", "check", str(path))

    assert result.exit_code == 1
    assert f"{path}:2:" in result.stderr


def test_a_file_that_is_not_there_is_a_usage_error() -> None:
    assert minsheng("questionnaire", "check", "nowhere.yaml").exit_code == 2


def test_publishing_makes_a_survey(database_url: str, definition: Path, database: Database) -> None:
    result = minsheng(
        "questionnaire", "publish", str(definition), "--slug", "hall", "--json",
        database_url=database_url,
    )  # fmt: skip

    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"slug": "hall", "version": 1, "is_new": True}
    with database.read() as session:
        assert fetch_published(session, "hall").version_number == 1


@pytest.mark.parametrize("slug", ["Hall", "new", ""])
def test_a_bad_address_publishes_nothing(database_url: str, definition: Path, slug: str) -> None:
    result = minsheng(
        "questionnaire", "publish", str(definition), "--slug", slug, database_url=database_url
    )

    assert result.exit_code == 1
    assert "--slug" in result.stderr


def test_a_bad_definition_publishes_nothing(database_url: str, bad_definition: Path) -> None:
    result = minsheng(
        "questionnaire", "publish", str(bad_definition), "--slug", "hall",
        database_url=database_url,
    )  # fmt: skip

    assert result.exit_code == 1
    assert f"{bad_definition}:" in result.stderr


def test_a_closed_survey_gets_no_new_version(
    database_url: str, database: Database, definition: Path
) -> None:
    with database.write() as session:
        published(session, "hall", estimated_minutes=9)
        set_status(session, "hall", Status.CLOSED)

    result = minsheng(
        "questionnaire", "publish", str(definition), "--slug", "hall", "--lang", "en",
        database_url=database_url,
    )  # fmt: skip

    assert result.exit_code == 1
    assert result.stderr.startswith(f"{definition}: ")
    assert not in_chinese(result.stderr)


def test_commands_wait_for_migrations(empty_database_url: str, definition: Path) -> None:
    result = minsheng(
        "questionnaire", "publish", str(definition), "--slug", "hall",
        database_url=empty_database_url,
    )  # fmt: skip

    assert result.exit_code == 1
    assert "minsheng db upgrade" in result.stderr


@pytest.mark.parametrize(
    ("command", "status"),
    [("pause", Status.PAUSED), ("open", Status.OPEN), ("close", Status.CLOSED)],
)
def test_a_survey_is_opened_paused_and_closed(
    database_url: str, database: Database, command: str, status: Status
) -> None:
    with database.write() as session:
        published(session)

    result = minsheng("survey", command, "hall", database_url=database_url)

    assert result.exit_code == 0
    with database.read() as session:
        assert fetch_published(session, "hall").status is status


def test_an_unknown_survey_cannot_be_closed(database_url: str) -> None:
    result = minsheng("survey", "close", "nowhere", database_url=database_url)

    assert result.exit_code == 1
    assert "nowhere" in result.stderr


def test_a_migrated_database_stays_as_it_is(database_url: str, database: Database) -> None:
    assert minsheng("db", "upgrade", database_url=database_url).exit_code == 0

    assert migrate.status(database).is_current
