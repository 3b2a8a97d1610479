from pathlib import Path
from typing import Any

import pytest
import yaml

from analysis import shipped
from analysis.rating.survey_rule import judge

CASES = yaml.safe_load(
    (Path(__file__).parent / "cases" / "survey_rule.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
@pytest.mark.parametrize("rule_id", shipped.survey_rule_ids())
def test_the_rule_is_kept_to_the_word(rule_id: str, case: dict[str, Any]) -> None:
    rule = shipped.survey_rule(rule_id)
    interval = case.get("interval")

    verdict = judge(
        rule,
        case["satisfaction"],
        tuple(interval) if interval else None,
        case.get("p_below", {}),
    )

    got = {name: getattr(verdict, name) for name in case["expected"]}
    assert got == pytest.approx(case["expected"])
