from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from analysis import shipped
from analysis.rating.assessment import (
    Assessment,
    InnovationCase,
    SecurityDeduction,
    SecurityRecord,
)
from analysis.rating.rate import Rating, rate
from tests.analysis.rating.standards import AS_OF, a_standard, an_assessment

CASES = yaml.safe_load(
    (Path(__file__).parent / "cases" / "rating.yaml").read_text(encoding="utf-8")
)


def assessment_of(facts: Mapping[str, Any]) -> Assessment:
    """Read a case's facts; what `every` gives is for all indicators that are not named."""
    standard = shipped.standard(facts.get("standard", "shandong-2023-city"))
    levels = dict(facts.get("levels", {}))
    every = levels.pop("every", None)
    whole = {row.number: every for row in standard.leveled} if every else {}
    security = facts.get("security", {})
    return Assessment(
        standard=standard,
        as_of=facts.get("as_of", AS_OF),
        satisfaction=facts.get("satisfaction"),
        levels={**whole, **levels},
        figures=facts.get("measures", {}),
        national_benchmark=facts.get("national_benchmark", False),
        security=SecurityRecord(
            tuple(
                SecurityDeduction(each["date"], each["points"], "通报")
                for each in security.get("deductions", [])
            ),
            security.get("major_incident", False),
        ),
        innovations=tuple(
            InnovationCase(each["date"], each["title"], each["kind"], each.get("evidence", ""))
            for each in facts.get("innovations", [])
        ),
    )


def in_words_of_the_cases(rating: Rating) -> dict[str, Any]:
    """Return a rating under the names that the cases use."""
    bonus, standing = rating.innovation, rating.standing
    reached = {
        line.indicator.number: line.reached for line in rating.lines if line.reached is not None
    }
    following = standing.next_star if standing else None
    return {
        "base": rating.base,
        "innovation": bonus.total if bonus else 0.0,
        "by_kind": bonus.by_kind if bonus else {},
        "counted": {each.case.title: each.points for each in bonus.counted} if bonus else {},
        "left_out": [f"{each.case.title} {each.reason}" for each in bonus.left_out]
        if bonus
        else [],
        "survey_deduction": rating.survey_deduction,
        "security_deduction": rating.security.points,
        "vetoes": list(rating.vetoes),
        "is_surveyed": rating.is_surveyed,
        "balance": rating.balance,
        "total": rating.total,
        "standing": [
            standing.star.star if standing and standing.star else "none",
            *([following.points_missing] if following else []),
        ],
        "conditions": list(following.conditions) if following else [],
        "lines": {line.indicator.number: line.points for line in rating.lines},
        "levels": {
            number: [each.level or "none", each.status, *each.missing]
            for number, each in reached.items()
        },
    }


def part_of(got: Any, expected: Any) -> Any:
    """Return of what was got only what the case names; lists are named whole."""
    if isinstance(expected, dict) and expected:
        return {name: part_of(got[name], each) for name, each in expected.items()}
    return got


def close(expected: Any) -> Any:
    """Return what equals it up to the rounding of sums."""
    if isinstance(expected, dict):
        return {name: close(each) for name, each in expected.items()}
    if isinstance(expected, list):
        return [close(each) for each in expected]
    is_number = isinstance(expected, int | float) and not isinstance(expected, bool)
    return pytest.approx(expected, abs=1e-9) if is_number else expected


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_rules_are_kept_to_the_word(case: dict[str, Any]) -> None:
    assessment = assessment_of(case)

    rating = rate(assessment)

    got = part_of(in_words_of_the_cases(rating), case["expected"])
    assert got == close(case["expected"])


def test_a_line_names_the_sentence_applied_and_where_it_is_written() -> None:
    rating = rate(assessment_of({"levels": {1: "four"}}))

    line = rating.lines[0]
    assert (line.rule, line.source) == (
        "政务服务事项在线率达到90%",
        "济政办字〔2023〕23号《济宁市提质提速推进新型智慧城市建设实施方案》"
        "山东省新型智慧城市建设指标任务分工（市级） 第1项",
    )


def test_a_line_without_a_level_carries_the_sentence_that_is_not_met() -> None:
    rating = rate(assessment_of({"levels": {1: "none"}}))

    assert rating.lines[0].rule == "政务服务事项在线率达到80%"


def test_every_row_has_its_line_in_the_order_of_the_table() -> None:
    rating = rate(assessment_of({}))

    assert [line.indicator.number for line in rating.lines] == list(range(1, 46))


def test_lines_add_up_to_the_balance() -> None:
    rating = rate(
        assessment_of(
            {
                "satisfaction": 0.65,
                "levels": {"every": "four", 25: "five", 1: "none"},
                "security": {"deductions": [{"date": AS_OF, "points": 3}]},
                "innovations": [{"date": AS_OF, "title": "一", "kind": "central_media"}],
            }
        )
    )

    assert sum(line.points for line in rating.lines) == pytest.approx(rating.balance)


@pytest.mark.parametrize("standard_id", ["shandong-2023-city", "shandong-2023-county"])
def test_the_maxima_of_the_lines_add_up_to_a_hundred(standard_id: str) -> None:
    rating = rate(assessment_of({"standard": standard_id}))

    assert sum(line.maximum for line in rating.lines) == pytest.approx(100)


def test_levels_that_are_not_settled_are_named() -> None:
    standard = a_standard()
    assessment = an_assessment(standard, levels={1: "none"}, figures={2: {"online_rate": 0.9}})

    rating = rate(assessment)

    assert [line.indicator.number for line in rating.unsettled] == [3]


def test_a_document_without_points_gives_levels_and_no_star() -> None:
    rating = rate(assessment_of({"standard": "shandong-2020-city", "levels": {1: "five"}}))

    assert (rating.standing, rating.lines[0].points) == (None, 0.0)


def test_a_standard_without_the_rows_on_survey_security_and_innovation_is_rated() -> None:
    standard = a_standard(security=None, innovation=None, survey=None)

    rating = rate(an_assessment(standard, levels={1: "five"}))

    assert (rating.total, rating.is_surveyed, rating.innovation) == (30.0, True, None)
