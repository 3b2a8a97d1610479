"""`minsheng quality`: screening, listing, and deciding, on both databases."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from backend.cli.main import app
from backend.db.engine import Database
from tests.backend.fieldwork.screened import a_screened_survey, reviews, stored

pytestmark = pytest.mark.usefixtures("elsewhere")


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, database_url: str) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("MINSHENG_DATABASE_URL", database_url)


def quality(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["quality", *arguments])


def test_screening_tells_how_many_each_rule_flags(database: Database) -> None:
    a_screened_survey(database)

    result = quality("screen", "hall", "--json")

    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == {
        "slug": "hall",
        "responses": 5,
        "flagged": 3,
        "rules": [
            {"rule": "speeding", "flagged": 2},
            {"rule": "attention", "flagged": 1},
            {"rule": "duplicates", "flagged": 1},
        ],
    }


def test_people_read_the_counts_in_words(database: Database) -> None:
    a_screened_survey(database)

    result = quality("screen", "hall")

    assert "speeding\t2\t作答过快" in result.stdout
    assert "共 5 份答卷，标记 3 份" in result.stderr


def test_the_list_gives_evidence_and_no_answers(database: Database) -> None:
    a_screened_survey(database)
    quality("screen", "hall")

    result = quality("list", "hall", "--rule", "attention", "--json")

    (item,) = json.loads(result.stdout)["items"]
    assert item == {
        "id": stored(database)[4].public_id,
        "received_at": "2023-11-20T12:04:00+08:00",
        "channel": "web",
        "excluded": None,
        "flags": [
            {"rule": "attention", "value": 1.0, "limit": 1.0},
            {"rule": "speeding", "value": 5.0, "limit": 15.0},
        ],
    }


def test_people_read_the_evidence_and_the_decision_in_words(database: Database) -> None:
    a_screened_survey(database)
    quality("screen", "hall")
    quality("exclude", "hall", "--rule", "duplicates", "--reason", "duplicate")

    result = quality("list", "hall", "--rule", "duplicates")

    receipt = stored(database)[2].public_id
    assert result.stdout == (f"{receipt}\t同一来源共提交 2 份，这不是第一份\t已排除：重复提交\n")


def test_excluding_and_including_are_done_and_put_on_record(database: Database) -> None:
    a_screened_survey(database)
    receipt = stored(database)[1].public_id

    excluded = quality("exclude", "hall", "--receipt", receipt, "--reason", "other", "--json")
    reason = stored(database)[1].excluded_reason
    included = quality("include", "hall", "--receipt", receipt)

    assert json.loads(excluded.stdout) == {"slug": "hall", "changed": 1, "unchanged": 0}
    assert reason == "other"
    assert "已处理 1 份" in included.stderr
    assert stored(database)[1].excluded_reason is None
    assert [review[1] for review in reviews(database)] == ["exclude", "include"]


def test_keeping_is_put_on_record(database: Database) -> None:
    a_screened_survey(database)

    result = quality("keep", "hall", "--receipt", stored(database)[1].public_id)

    assert result.exit_code == 0
    assert [review[1] for review in reviews(database)] == ["keep"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("screen", "nowhere"), 1, "nowhere"),
        (("list", "nowhere"), 1, "nowhere"),
        (("keep", "hall", "--receipt", "12"), 1, "12"),
        (("list", "hall", "--rule", "speed"), 2, "speeding"),
        (("keep", "hall"), 2, "--receipt"),
        (("keep", "hall", "--rule", "speeding", "--receipt", "12"), 2, "--receipt"),
        (("exclude", "hall", "--rule", "speeding", "--reason", "dislike"), 2, "duplicate"),
    ],
)
def test_bad_input_is_refused_with_what_is_wrong(
    database: Database, arguments: tuple[str, ...], code: int, words: str
) -> None:
    a_screened_survey(database)

    result = quality(*arguments)

    assert result.exit_code == code
    assert words in result.stderr
    assert "Traceback" not in result.output
