import json

import pytest
from typer.testing import CliRunner, Result

from backend.cli.main import app


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["sample-size", *arguments])


def test_it_answers_by_district_in_json() -> None:
    result = run("--margins", "jining-adults-2020", "--half-width", "0.05", "--json")

    answer = json.loads(result.stdout)
    assert answer["goal"] == "half_width"
    assert answer["districts"][0] == {
        "district": "370811",
        "name": "任城区",
        "population": pytest.approx(969_721, abs=1),
        "respondents": 323,
        "invitations": 323,
        "attainable": True,
    }
    assert [way["allocation"] for way in answer["allocations"]] == [
        "proportional",
        "square_root",
        "equal",
    ]


def test_it_says_the_same_in_lines() -> None:
    result = run("--margins", "weihai-adults-2020", "--power", "0.8", "--expect", "0.75")

    assert "环翠区：需要 " in result.stdout
    assert "同样的总数按人口比例分配" in result.stdout


def test_it_answers_in_english_where_asked() -> None:
    result = run("--population", "1000", "--half-width", "0.05", "--expect", "0.5", "--lang", "en")

    assert result.stdout == "Everyone: 278 completed responses needed, 278 people to invite\n"


def test_a_parameter_out_of_range_is_one_sentence_and_exit_code_one() -> None:
    result = run("--population", "5000", "--half-width", "1.2", "--lang", "zh-CN")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "允许误差应大于 0%、小于 100%。\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--population", "5000"),
        ("--population", "5000", "--half-width", "0.05", "--power", "0.8"),
        ("--half-width", "0.05"),
    ],
    ids=["no goal", "two goals", "no population"],
)
def test_a_goal_and_a_population_are_wanted_once_each(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2
