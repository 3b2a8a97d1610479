"""Conditions mean what JsonLogic says, JavaScript's conversions included."""

import json
from pathlib import Path
from typing import Any

import pytest

from survey_forms.conditions import evaluate, references

VECTORS = json.loads(
    (Path(__file__).parents[1] / "conditions_vectors.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_a_condition_gives_the_result_of_its_shared_vector(vector: dict[str, Any]) -> None:
    result = evaluate(vector["expression"], vector["values"])

    assert result is vector["expected"]


def test_an_operator_outside_the_table_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown operator \\+"):
        evaluate({"+": [1, 2]}, {})


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ({"var": "overall"}, {"overall"}),
        ({"var": ["fields.health", 3]}, {"fields.health"}),
        ({"and": [{"<=": [1, {"var": "a"}, 3]}, {"!": {"var": "b"}}]}, {"a", "b"}),
        ({"missing": ["a", "b"]}, {"a", "b"}),
        ({"missing": [["a", "b"]]}, {"a", "b"}),
        ({"missing_some": [1, ["a", "b"]]}, {"a", "b"}),
        ({"in": ["queues", ["queues"]]}, set()),
        (None, set()),
    ],
)
def test_references_are_all_names_that_an_expression_reads(
    expression: object, names: set[str]
) -> None:
    assert references(expression) == names
