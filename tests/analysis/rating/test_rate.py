from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from analysis import shipped
from analysis.errors import AnalysisError
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
        "left_out": {each.case.title: each.reason for each in bonus.left_out} if bonus else {},
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
    """Return of what was got only what the case names; lists and `left_out` are named whole."""
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
