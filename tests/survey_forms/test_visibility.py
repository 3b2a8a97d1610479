"""What a respondent sees follows from earlier answers alone."""

from typing import Any

import pytest

from survey_forms.visibility import shown_items
from tests.builders import a_questionnaire, an_item

USED = {"==": [{"var": "used"}, "a"]}


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ({}, {"used", "last"}),
        ({"used": "a"}, {"used", "which", "last"}),
        ({"used": "a", "which": "a"}, {"used", "which", "why", "last"}),
        ({"used": "b", "which": "a"}, {"used", "last"}),
    ],
)
def test_an_answer_left_in_a_hidden_item_shows_nothing(
    values: dict[str, Any], shown: set[str]
) -> None:
    items = [
        an_item("single", "used"),
        an_item("single", "which", show_if=USED),
        an_item("text", "why", show_if={"==": [{"var": "which"}, "a"]}),
        an_item("text", "last"),
    ]

    assert shown_items(a_questionnaire(items=items), values) == shown


@pytest.mark.parametrize(("used", "shown"), [("a", {"used", "why"}), ("b", {"used"})])
def test_a_hidden_section_hides_all_its_items(used: str, shown: set[str]) -> None:
    title = {"zh-CN": "部分", "en": "Section"}
    sections = [
        {"key": "one", "title": title, "items": [an_item("single", "used")]},
        {"key": "two", "title": title, "show_if": USED, "items": [an_item("text", "why")]},
    ]
    questionnaire = a_questionnaire(items=[], sections=sections)

    assert shown_items(questionnaire, {"used": used}) == shown


def test_a_row_of_a_matrix_can_show_an_item() -> None:
    items = [
        an_item("matrix", "rated"),
        an_item("text", "why", show_if={"<=": [1, {"var": "rated.second"}, 2]}),
    ]
    questionnaire = a_questionnaire(items=items)

    assert "why" in shown_items(questionnaire, {"rated": {"first": 5, "second": 1}})
    assert "why" not in shown_items(questionnaire, {"rated": {"first": 1}})
