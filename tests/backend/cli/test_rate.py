"""`minsheng rate` and `minsheng standard` as the public interface describes them."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from analysis.shipped import standard, standard_ids
from backend.cli.main import app

EXAMPLE = """
standard: shandong-2023-city
as_of: 2024-10-31
satisfaction: 0.684
levels: {1: five, 2: four, 3: three, 4: none}
measures: {5: {sharing_request_fulfilment: 0.93}}
national_benchmark: false
security: {deductions: [{date: 2024-03-01, points: 5, reason: "迟报"}], major_incident: false}
innovations:
  - {date: 2023-05-01, title: "社区养老", kind: award, evidence: "https://example.org/1"}
  - {date: 2022-10-31, title: "旧案例", kind: award, evidence: "https://example.org/2"}
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--lang", "en"])


def rate(folder: Path, text: str, *options: str) -> Result:
    file = folder / "rating.yaml"
    file.write_text(text, encoding="utf-8")
    return run("rate", str(file), *options)


def rated(folder: Path, text: str) -> dict[str, Any]:
    result = rate(folder, text, "--json")
    assert result.exit_code == 0, result.stderr
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def test_the_answer_has_every_name_of_the_interface(tmp_path: Path) -> None:
    answer = rated(tmp_path, EXAMPLE)

    names = {"standard", "as_of", "base", "innovation", "survey_deduction", "security_deduction"}
    names |= {"vetoed", "veto_reasons", "total", "maximum", "star", "star_conditions"}
    assert names | {"next_star", "lines"} <= answer.keys()
    assert answer["innovation"].keys() >= {"total", "by_kind", "counted", "left_out"}
    assert answer["lines"][0].keys() >= {
        *("indicator", "name", "level", "points", "maximum", "rule", "source"),
    }


def test_levels_and_figures_give_the_base_and_every_deduction_a_line(tmp_path: Path) -> None:
    answer = rated(tmp_path, EXAMPLE)

    points = {line["indicator"]: line["points"] for line in answer["lines"]}
    # 1.5 + 1 + 0.5 + 0, and four stars of row 5 by its figure.
    assert [points[number] for number in (1, 2, 3, 4, 5)] == [1.5, 1.0, 0.5, 0.0, 1.0]
    assert (answer["base"], points[43], points[44], points[45]) == (4.0, -5.0, 0.5, -10.0)
    assert (answer["total"], answer["maximum"], answer["star"]) == (0.0, 100.0, "none")
    assert answer["next_star"] == {"star": "three", "points_missing": 40.0}
    assert len(points) == 45


def test_a_case_before_the_window_is_left_out_with_why(tmp_path: Path) -> None:
    answer = rated(tmp_path, EXAMPLE)

    (left_out,) = answer["innovation"]["left_out"]
    assert left_out["title"] == "旧案例"
    assert left_out["why"] == "Before the window (2022-11-01 to 2024-10-31)"


def test_ninety_points_without_the_judgement_are_four_growth(tmp_path: Path) -> None:
    levels = ", ".join(f"{row.number}: five" for row in standard("shandong-2023-city").leveled)
    text = (
        f"standard: shandong-2023-city\nas_of: 2024-10-31\nsatisfaction: 0.7\nlevels: {{{levels}}}"
    )

    answer = rated(tmp_path, text)

    assert (answer["total"], answer["star"]) == (90.0, "four_growth")
    assert answer["next_star"] == {"star": "five", "points_missing": 0.0}
    assert "national_benchmark" in answer["star_conditions"][0]


def test_an_absent_satisfaction_is_flagged_and_costs_nothing(tmp_path: Path) -> None:
    answer = rated(tmp_path, "standard: shandong-2023-city\nas_of: 2024-10-31")

    assert (answer["survey_deduction"], answer["surveyed"]) == (0.0, False)
    assert any("not yet surveyed" in note for note in answer["notes"])


def test_a_missing_figure_is_unknown_and_says_which(tmp_path: Path) -> None:
    text = EXAMPLE.replace(
        "{5: {sharing_request_fulfilment: 0.93}}", "{3: {proof_free_items: 600}}"
    )

    line = rated(tmp_path, text.replace("3: three, ", ""))["lines"][2]

    assert (line["level"], line["points"], line["status"]) == ("unknown", 0.0, "unknown")
    assert line["missing"] == ["certificate_sync_rate"]


def test_the_standard_of_2020_reports_levels_by_table_and_no_points(tmp_path: Path) -> None:
    text = (
        "standard: shandong-2020-city\nas_of: 2021-10-31\nlevels: {1: five, 2: four}\n"
        "security: {deductions: [{date: 2021-03-01}, {date: 2021-04-01}]}"
    )

    answer = rated(tmp_path, text)

    assert (answer["base"], answer["total"], answer["maximum"], answer["star"]) == (None,) * 4
    assert answer["tables"][0]["reached"] == {"four": 2, "five": 1}
    assert answer["security_deduction_share"] == pytest.approx(0.04)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("levels: {99: five}", "levels.99"),
        ("levels: {45: five}", "levels.45"),
        ("levels: {1: six}", "levels.1"),
        ("levels: {1: five, 1: four}", "1"),
        ("measures: {1: {online_rate: 93}}", "measures.1.online_rate"),
        ("measures: {1: {online_rate: .nan}}", "measures.1.online_rate"),
        ("measures: {1: {offline_rate: 0.5}}", "measures.1.offline_rate"),
        ("satisfaction: 1.2", "satisfaction"),
        ("security: {deductions: [{date: 2025-01-01, points: 1}]}", "security.deductions[0].date"),
        ("security: {deductions: [{date: 2024-01-01, points: -1}]}", "deductions[0].points"),
        ("innovations: [{date: 2024-01-01, title: x, kind: prize}]", "innovations[0].kind"),
        ("innovations: [{date: yesterday, title: x, kind: award}]", "innovations[0].date"),
        ("innovations: [{date: 2024-01-01, kind: award}]", "innovations[0].title"),
        ("as_of: soon", "as_of"),
        ("as_of: 0001-01-01", "as_of"),
        ("national_benchmark: perhaps", "national_benchmark"),
        ("satisfied: 0.7", "satisfied"),
        ("standard: shandong-1999", "shandong-1999"),
        ("levels: [", "line"),
        ("as_of: 2024-02-30", "as_of"),
        ("as_of: 2024-10-31 25:00:00", "as_of"),
        ("innovations: [{date: 2024-13-01, title: x, kind: award}]", "innovations[0].date"),
        (f"satisfaction: {'9' * 400}", "satisfaction"),
        (f"satisfaction: {'9' * 5000}", "satisfaction"),
        ("satisfaction: 1:30", "satisfaction"),
        ("satisfaction: !!int x", "satisfaction"),
        ("national_benchmark: !!bool x", "national_benchmark"),
        ('levels: {1: five, "1": four}', "1"),
        ("levels: {yes: five}", "levels"),
        ('innovations: [{date: 2024-01-01, title: "\\ud800", kind: award}]', "line 3"),
        ('"a\\nb": 1', "a b"),
        ("satisfaction: 1\0", "YAML"),
        (f"levels: {'[' * 3000}", "YAML"),
        (f"innovations: [{'1, ' * 50}]", "innovations[0]"),
        ("standard: elsewhere", "standard: "),
    ],
)
def test_bad_input_ends_in_one_line_that_names_the_field(
    tmp_path: Path, line: str, named: str
) -> None:
    key = line.partition(":")[0]
    given = {"standard": "standard: shandong-2023-city", "as_of": "as_of: 2024-10-31", key: line}

    result = rate(tmp_path, "\n".join(given.values()), "--json")

    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.strip().splitlines()) == 1
    assert named in result.stderr


def test_a_file_may_be_json_with_tabs_exponents_and_rare_characters(tmp_path: Path) -> None:
    written = {
        "standard": "shandong-2023-city",
        "as_of": "2024-10-31",
        "measures": {"1": {"online_rate": 1e-05}, "5": {"sharing_request_fulfilment": 1}},
        "innovations": [{"date": "2024-01-01", "title": "𠮷林", "kind": "award"}],
    }

    answer = rated(tmp_path, json.dumps(written, indent="\t"))

    assert answer["innovation"]["counted"][0]["title"] == "𠮷林"
    assert [answer["lines"][at]["level"] for at in (0, 4)] == ["none", "five"]


def test_a_key_of_json_comes_once_too(tmp_path: Path) -> None:
    text = '{"standard": "shandong-2023-city", "as_of": "2024-10-31", "as_of": "2023-10-31"}'

    result = rate(tmp_path, text, "--json")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "as_of" in result.stderr


def test_numbers_of_yaml_are_read_as_written(tmp_path: Path) -> None:
    head = "standard: shandong-2023-city\nas_of: 2024-10-31\n"

    answer = rated(tmp_path, head + "satisfaction: 6.5e-1\nlevels: {010: five, 08: four}")

    assert answer["satisfaction"] == 0.65
    # Row 10, not the octal 8.
    assert [answer["lines"][at]["points"] for at in (7, 9)] == [3.0, 1.5]


def test_keys_without_a_value_count_as_absent_and_merges_are_read(tmp_path: Path) -> None:
    text = (
        "standard: shandong-2023-city\nas_of: 2024-10-31\nlevels:\nmeasures:\nsecurity:\n"
        "innovations:\n- &first {date: 2024-01-01, title: a, kind: award, evidence: }\n"
        "- {<<: *first, title: b}"
    )

    answer = rated(tmp_path, text)

    assert (answer["total"], answer["security_deduction"]) == (1.0, 0.0)


def test_a_table_is_printed_to_read(tmp_path: Path) -> None:
    result = rate(tmp_path, EXAMPLE)

    assert "1\t政务服务事项在线运行情况\tFive stars\t1.5" in result.stdout
    assert "0 / 100\tBelow three stars" in result.stdout


@pytest.mark.parametrize("standard_id", standard_ids())
def test_every_row_of_a_standard_is_printed(standard_id: str) -> None:
    result = run("standard", "show", standard_id)

    assert result.exit_code == 0
    for row in standard(standard_id).indicators:
        assert f"{row.number}. {row.name}" in result.stdout


def test_a_standard_as_json_names_the_figures_that_rate_takes() -> None:
    answer = json.loads(run("standard", "show", "shandong-2023-city", "--json").stdout)

    first = answer["indicators"][0]
    assert "online_rate" in first["measures"]
    assert first["requirements"]["five"] == {
        "text": "政务服务事项在线率达到95%",
        "points": 1.5,
        "criteria": {"measure": "online_rate", "at_least": 0.95},
    }
    assert "第1项" in first["source"]


def test_the_standards_are_listed() -> None:
    answer = json.loads(CliRunner().invoke(app, ["standard", "list", "--json"]).stdout)

    assert [item["id"] for item in answer["items"]] == list(standard_ids())


def test_an_unknown_standard_is_refused() -> None:
    result = run("standard", "show", "nowhere")

    assert result.exit_code == 1
    assert "nowhere" in result.stderr
