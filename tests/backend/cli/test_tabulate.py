"""`minsheng tabulate`: surveys and files as tabulations, adding them up, and their roll-up."""

import json
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from analysis.tabulation import Tabulation
from backend.cli.main import app
from backend.db.engine import Database
from backend.surveys.service import PublishedSurvey
from backend.tabulation.json_form import from_json
from backend.tabulation.sql import tabulate
from tests.backend.answering import a_survey, an_answer, random_answers, store
from tests.backend.tabulation.rolled_up import change, roll_up
from tests.builders import a_questionnaire_text

CSV = "district,sex,q1,q2\nA,F,5,3\nA,M,4,1\nB,F,2,9\nB,F,,4\n"


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


def minsheng(*arguments: object, database_url: str = "") -> Result:
    environment = {"MINSHENG_DATABASE_URL": database_url} if database_url else {}
    texts = ["tabulate", *(str(argument) for argument in arguments)]
    return CliRunner().invoke(app, texts, env=environment)


def read(path: Path) -> Tabulation:
    return from_json(path.read_text(encoding="utf-8"))


def same(first: Tabulation, second: Tabulation) -> bool:
    names = ("n", "weight", "answered", "w", "wy", "wyy", "ww", "wwy", "wwyy")
    return first.cells == second.cells and all(
        np.allclose(getattr(first, name), getattr(second, name), rtol=1e-12) for name in names
    )


def filled(database: Database, slug: str = "example", seed: int = 1) -> PublishedSurvey:
    survey = a_survey(database, a_questionnaire_text(), slug=slug)
    store(database, survey, random_answers(25, seed=seed))
    return survey


@pytest.fixture
def responses(tmp_path: Path) -> Path:
    path = tmp_path / "responses.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


def test_a_survey_is_written_with_its_weighting_variables_and_the_channel(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    survey = filled(database)
    roll_up(database, survey)
    change(database, survey, 2, excluded_reason="duplicate")
    store(database, survey, [an_answer()], channel="hall-qr")
    out = tmp_path / "example.json"

    result = minsheng("example", "--out", out, "--json", database_url=database_url)

    written = read(out)
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["respondents"] == 25
    assert written.variables == ("district", "sex", "channel")
    assert "fields.government/score_100_80_60_30_0" in written.measures
    with database.read() as session:
        assert same(written, tabulate(session, survey.id, survey.questionnaire))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_address_that_is_a_command_here_is_written_after_survey(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    filled(database, slug="merge")
    out = tmp_path / "merge.json"

    result = minsheng("survey", "merge", "--out", out, database_url=database_url)

    assert result.exit_code == 0
    assert read(out).respondents == 25


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_unknown_survey_is_one_line(database: Database, database_url: str) -> None:
    result = minsheng("atlantis", "--out", "a.json", database_url=database_url)

    assert result.exit_code == 1
    assert result.stderr.startswith("atlantis: ")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_place_that_cannot_be_written_is_one_line(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    filled(database)

    out = tmp_path / "no" / "f.json"

    result = minsheng("example", "--out", out, database_url=database_url)

    assert result.exit_code == 1
    assert result.stderr.startswith(f"{out}: ")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_two_surveys_add_up(database: Database, database_url: str, tmp_path: Path) -> None:
    parts = []
    for seed, slug in enumerate(("north", "south"), start=1):
        filled(database, slug=slug, seed=seed)
        parts.append(tmp_path / f"{slug}.json")
        minsheng(slug, "--out", parts[-1], database_url=database_url)

    result = minsheng("merge", *parts, "--out", tmp_path / "city.json", "--json")

    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["respondents"] == 50
    total = read(tmp_path / "city.json")
    assert total.wy.sum() == pytest.approx(sum(read(part).wy.sum() for part in parts))


def test_shards_of_a_file_add_up_to_the_whole(responses: Path, tmp_path: Path) -> None:
    header, *rows = CSV.splitlines()
    options = ("--item", "q1", "--item", "q2", "--variable", "district", "--missing", "9")
    shards = []
    for number, part in enumerate((rows[:1], rows[1:])):
        shard = tmp_path / f"{number}.csv"
        shard.write_text("\n".join([header, *part, ""]), encoding="utf-8")
        shards.append(tmp_path / f"{number}.json")
        minsheng("file", shard, *options, "--out", shards[-1])

    minsheng("merge", *shards, "--out", tmp_path / "merged.json")
    whole = minsheng("file", responses, *options, "--out", tmp_path / "whole.json")

    assert whole.exit_code == 0, whole.stderr
    assert same(read(tmp_path / "merged.json"), read(tmp_path / "whole.json"))
    assert read(tmp_path / "whole.json").answered.sum() == 6


def test_a_composite_and_a_metric_can_be_asked_for(responses: Path, tmp_path: Path) -> None:
    out = tmp_path / "mean.json"

    result = minsheng(
        *("file", responses, "--composite", "both=q1:3,q2:1", "--metric", "mean"),
        *("--missing", "9", "--out", out),
    )

    assert result.exit_code == 0, result.stderr
    assert read(out).wy.sum() == pytest.approx(4.5 + 3.25 + 2 + 4)


BAD_FILES = {
    "an unknown column": (("--item", "q3"), "q3"),
    "a code that is no number": (("--item", "sex"), "sex"),
}


@pytest.mark.parametrize(("options", "named"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_one_line_that_names_it(
    responses: Path, options: tuple[str, ...], named: str
) -> None:
    result = minsheng("file", responses, *options, "--out", "out.json")

    assert result.exit_code == 1
    assert result.stderr.startswith(f"{responses}: ")
    assert named in result.stderr
    assert result.stderr.count("\n") == 1
    assert not Path("out.json").exists()


def test_without_anything_to_measure_the_usage_is_wrong(responses: Path) -> None:
    result = minsheng("file", responses, "--out", "out.json")

    assert result.exit_code == 2


def test_a_file_that_is_no_tabulation_is_named(responses: Path) -> None:
    result = minsheng("merge", responses, "--out", "out.json")

    assert result.exit_code == 1
    assert result.stderr.startswith(f"{responses}: ")
    assert result.stderr.count("\n") == 1


def test_tabulations_of_different_measures_are_refused_and_the_second_is_named(
    responses: Path, tmp_path: Path
) -> None:
    files = []
    for item in ("q1", "q2"):
        files.append(tmp_path / f"{item}.json")
        minsheng("file", responses, "--item", item, "--out", files[-1])

    result = minsheng("merge", *files, "--out", "out.json")

    assert result.exit_code == 1
    assert result.stderr.startswith(f"{files[1]}: ")
    assert result.stderr.count("\n") == 1


def test_a_roll_up_is_refreshed_and_found_exact(database: Database, database_url: str) -> None:
    survey = filled(database)

    refreshed = minsheng("refresh", "example", "--json", database_url=database_url)
    change(database, survey, 3, is_flagged=True)
    verified = minsheng("verify", "example", "--json", database_url=database_url)

    assert json.loads(refreshed.stdout) == {"slug": "example", "added": 25}
    assert verified.exit_code == 0
    assert json.loads(verified.stdout) == {
        "slug": "example",
        "is_exact": True,
        "responses": 25,
        "differences": [],
    }


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_roll_up_that_is_wrong_is_told_number_by_number(
    database: Database, database_url: str
) -> None:
    survey = filled(database)
    roll_up(database, survey)
    change(database, survey, 0, is_flagged=True)
    with database.write() as session:
        session.execute(text("DELETE FROM tabulation_changes WHERE sign = 1"))

    result = minsheng("verify", "example", "--json", database_url=database_url)

    answer = json.loads(result.stdout)
    assert result.exit_code == 1
    assert not answer["is_exact"]
    numbers = [one for one in answer["differences"] if one["of"] == "n"]
    assert [(one["group"]["is_flagged"], one["rolled_up"], one["counted"]) for one in numbers] == [
        (True, 0.0, 1.0)
    ]
