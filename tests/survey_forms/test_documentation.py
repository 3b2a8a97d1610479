"""docs/questionnaires.md covers the whole format, and its examples are right."""

import re
from pathlib import Path
from typing import get_args

import pytest
import yaml

from survey_forms.conditions import OPERATORS
from survey_forms.definition import OfficialMethod, json_schema
from survey_forms.items import KINDS
from survey_forms.lint import check
from tests.builders import a_choice, a_questionnaire_text, a_row, an_item

PAGE = (Path(__file__).parents[2] / "docs" / "questionnaires.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
ITEM_EXAMPLES = [example for example in EXAMPLES if example.startswith("- key:")]
(QUALITY_EXAMPLE,) = [example for example in EXAMPLES if example.startswith("quality:")]
WHOLE_EXAMPLES = [text for text in EXAMPLES if text not in (*ITEM_EXAMPLES, QUALITY_EXAMPLE)]


@pytest.mark.parametrize("example", WHOLE_EXAMPLES)
def test_a_whole_example_has_no_findings(example: str) -> None:
    assert check(example) == ()


@pytest.mark.parametrize("example", ITEM_EXAMPLES)
def test_an_example_of_items_has_no_findings(example: str) -> None:
    items = yaml.safe_load(example)

    assert check(a_questionnaire_text(items=items)) == ()


def test_the_example_of_quality_rules_has_no_findings() -> None:
    items = [
        an_item("matrix", "fields", rows=[a_row(f"row{number}") for number in range(12)]),
        an_item("single", "check"),
        an_item("single", "age_band", choices=[a_choice("18-69"), a_choice("70+")]),
        an_item("single", "occupation", choices=[a_choice("student"), a_choice("retired")]),
    ]

    assert check(a_questionnaire_text(items=items, **yaml.safe_load(QUALITY_EXAMPLE))) == ()


def test_every_kind_has_an_example() -> None:
    shown = {item["kind"] for example in ITEM_EXAMPLES for item in yaml.safe_load(example)}

    assert shown == set(KINDS)


def test_every_operator_stands_in_the_table() -> None:
    cells = " ".join(line.split("|")[1] for line in PAGE.splitlines() if line.startswith("| `"))

    assert {name for name in OPERATORS if f"`{name}`" not in cells} == set()


@pytest.mark.parametrize("method", get_args(OfficialMethod))
def test_every_method_is_explained(method: str) -> None:
    assert f"| `{method}` |" in PAGE


def test_every_field_is_mentioned() -> None:
    parts = {name: part for name, part in json_schema()["$defs"].items() if name != "Condition"}
    fields = {field for part in parts.values() for field in part["properties"]}
    fields |= set(json_schema()["properties"])

    assert {name for name in fields if not re.search(rf"[`{{ ]{name}[`:]", PAGE)} == set()
