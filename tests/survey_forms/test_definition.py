"""A definition becomes typed values that answer what pages, storage and statistics ask."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import survey_forms
from survey_forms.definition import json_schema, json_schema_text
from survey_forms.shipped import questionnaire_ids, questionnaire_text
from tests.builders import a_questionnaire, a_questionnaire_text, an_item

PUBLISHED_SCHEMA = Path(survey_forms.__file__).parent / "questionnaire.schema.json"
REGENERATE = (
    "write it anew: .venv/bin/python -c 'from survey_forms.definition import json_schema_text as t;"
    ' print(t(), end="")\' > survey_forms/questionnaire.schema.json'
)


def test_items_of_all_sections_come_in_order() -> None:
    title = {"zh-CN": "部分", "en": "Section"}
    sections = [
        {"key": "one", "title": title, "items": [an_item("text", "a"), an_item("text", "b")]},
        {"key": "two", "title": title, "items": [an_item("text", "c")]},
    ]

    questionnaire = a_questionnaire(items=[], sections=sections)

    assert [item.key for item in questionnaire.items] == ["a", "b", "c"]


def test_an_unknown_item_is_a_key_error() -> None:
    questionnaire = a_questionnaire()

    with pytest.raises(KeyError):
        questionnaire.item("nowhere")


def test_a_page_break_starts_a_page_without_a_title() -> None:
    items = [an_item("text", "a"), an_item("text", "b", page_break=True), an_item("text", "c")]

    pages = a_questionnaire(items=items).pages

    assert [[item.key for item in page.items] for page in pages] == [["a"], ["b", "c"]]
    assert [page.title is None for page in pages] == [False, True]


def test_a_page_break_on_the_first_item_makes_no_empty_page() -> None:
    items = [an_item("text", "a", page_break=True)]

    pages = a_questionnaire(items=items).pages

    assert len(pages) == 1


def test_measures_are_scale_items_and_matrix_rows_with_their_share_of_the_score() -> None:
    measures = a_questionnaire().measures

    assert [(measure.key, measure.dimension) for measure in measures] == [
        ("overall", "overall"),
        ("fields.government", "services"),
        ("fields.health", "services"),
    ]
    assert [measure.weight for measure in measures] == pytest.approx([0.4, 0.3, 0.3])


def test_a_measure_in_no_dimension_weighs_nothing() -> None:
    (measure,) = a_questionnaire(items=[an_item("scale", "pace")]).measures

    assert (measure.weight, measure.dimension) == (0, None)


def test_a_text_without_the_language_asked_for_is_chinese() -> None:
    questionnaire = a_questionnaire(
        languages=["zh-CN"],
        items=[an_item("text", title={"zh-CN": "问题"})],
        title={"zh-CN": "调查"},
        organiser={"zh-CN": "中心"},
        notice={
            "purpose": {"zh-CN": "甲"},
            "collected": {"zh-CN": "乙"},
            "retention_months": 1,
            "contact": {"zh-CN": "丙"},
        },
        sections=[
            {
                "key": "main",
                "title": {"zh-CN": "部分"},
                "items": [an_item("text", title={"zh-CN": "问题"})],
            }
        ],
    )

    assert questionnaire.title.in_language("en") == "调查"
    assert a_questionnaire().title.in_language("en") == "An example"


def test_a_questionnaire_cannot_be_changed() -> None:
    questionnaire = a_questionnaire()

    with pytest.raises(ValueError, match="frozen"):
        questionnaire.key = "another"  # type: ignore[misc]


def test_the_published_schema_is_current() -> None:
    published = PUBLISHED_SCHEMA.read_text(encoding="utf-8")

    assert published == json_schema_text(), REGENERATE


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_every_field_of_the_schema_is_explained() -> None:
    parts = json_schema()["$defs"] | {"Questionnaire": json_schema()}
    del parts["Condition"]  # explains its operators as a whole

    unexplained = [
        f"{name}.{field}"
        for name, part in parts.items()
        for field, about in part["properties"].items()
        if not explained(about)
    ]

    assert unexplained == []


def explained(about: dict[str, Any]) -> bool:
    if "description" in about:
        return True
    return all(explained(one) for one in about.get("anyOf", ())) and "anyOf" in about


def test_the_schema_accepts_what_parses() -> None:
    definition = yaml.safe_load(a_questionnaire_text())

    jsonschema.validate(definition, json_schema())


@pytest.mark.parametrize("questionnaire_id", questionnaire_ids())
def test_the_schema_accepts_what_ships(questionnaire_id: str) -> None:
    text = questionnaire_text(questionnaire_id)
    definition = json.loads(json.dumps(yaml.safe_load(text), default=str))

    jsonschema.validate(definition, json_schema())
