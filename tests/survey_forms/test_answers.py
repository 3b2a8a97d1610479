"""Raw answers become Answers, or every fault at once."""

from typing import Any

import pytest

from survey_forms.answers import OTHER_MAX_LENGTH, Answers, Faults, raw_from_form, read_answers
from survey_forms.definition import Questionnaire
from tests.builders import a_choice, a_questionnaire, an_item

RIGHT = {"overall": 5, "district": "370811", "sex": "male"}
UNHAPPY = {**RIGHT, "overall": 2}


def accepted(questionnaire: Questionnaire, raw: dict[str, Any]) -> Answers:
    answers = read_answers(questionnaire, raw)
    assert isinstance(answers, Answers), answers
    return answers


def refused(questionnaire: Questionnaire, raw: dict[str, Any]) -> list[tuple[str, str]]:
    faults = read_answers(questionnaire, raw)
    assert isinstance(faults, Faults), faults
    return [(fault.field, fault.code) for fault in faults]


def test_right_answers_come_back_in_the_order_of_the_questionnaire() -> None:
    raw = {"sex": "male", "district": "370811", "overall": 5, "fields": {"health": "na"}}

    answers = accepted(a_questionnaire(), raw)

    assert answers.to_json() == {
        "overall": 5,
        "fields": {"health": "na"},
        "district": "370811",
        "sex": "male",
    }
    assert list(answers.to_json()) == ["overall", "fields", "district", "sex"]


def test_everything_wrong_is_reported_at_once_beside_its_field() -> None:
    raw = {"overall": 9, "fields": {"health": 0, "sports": 3}, "sex": "x", "colour": "red"}

    found = refused(a_questionnaire(), raw)

    assert found == [
        ("overall", "out_of_range"),
        ("fields.health", "out_of_range"),
        ("fields.sports", "unknown_row"),
        ("district", "required"),
        ("sex", "unknown_choice"),
        ("colour", "unknown_item"),
    ]


@pytest.mark.parametrize("nothing", [None, "", "  ", [], {}, ()])
def test_an_empty_value_is_no_answer(nothing: object) -> None:
    found = refused(a_questionnaire(), {**RIGHT, "sex": nothing})

    assert found == [("sex", "required")]


def test_a_hidden_items_answer_is_dropped_even_when_it_is_wrong() -> None:
    answers = accepted(a_questionnaire(), {**RIGHT, "improve": ["nonsense"]})

    assert "improve" not in answers.values
    assert "improve" not in answers.shown


def test_a_hidden_item_is_never_required() -> None:
    items = [
        an_item("single", "used"),
        an_item("text", "why", required=True, show_if={"==": [{"var": "used"}, "a"]}),
    ]

    answers = accepted(a_questionnaire(items=items), {"used": "b"})

    assert answers.shown == {"used"}


def test_an_item_is_not_asked_for_while_the_answer_that_shows_it_is_wrong() -> None:
    items = [
        an_item("single", "used"),
        an_item("text", "why", required=True, show_if={"!=": [{"var": "used"}, "a"]}),
    ]

    found = refused(a_questionnaire(items=items), {"used": "z"})

    assert found == [("used", "unknown_choice")]


def test_the_text_of_a_chosen_other_comes_along() -> None:
    raw = {**UNHAPPY, "improve": ["other"], "improve.other": " 路灯\x00 "}

    answers = accepted(a_questionnaire(), raw)

    assert answers.values["improve.other"] == "路灯"


def test_the_text_of_an_other_that_was_not_chosen_is_dropped() -> None:
    raw = {**UNHAPPY, "improve": ["queues"], "improve.other": "路灯"}

    answers = accepted(a_questionnaire(), raw)

    assert "improve.other" not in answers.values


def test_a_single_choice_takes_an_other_text_too() -> None:
    items = [an_item("single", "used", choices=[a_choice("a"), a_choice("b", other=True)])]

    answers = accepted(a_questionnaire(items=items), {"used": "b", "used.other": "微信"})

    assert answers.to_json() == {"used": "b", "used.other": "微信"}


@pytest.mark.parametrize(
    ("text", "code"), [("字" * (OTHER_MAX_LENGTH + 1), "too_long"), (7, "wrong_type")]
)
def test_a_wrong_other_text_stands_at_its_own_field(text: object, code: str) -> None:
    raw = {**UNHAPPY, "improve": ["other"], "improve.other": text}

    found = refused(a_questionnaire(), raw)

    assert found == [("improve.other", code)]


def test_an_other_text_of_an_item_without_one_is_unknown() -> None:
    found = refused(a_questionnaire(), {**RIGHT, "sex.other": "x"})

    assert found == [("sex.other", "unknown_item")]


def test_a_strange_key_is_named_without_what_cannot_be_stored() -> None:
    found = refused(a_questionnaire(), {**RIGHT, "\ud800x" + "y" * 500: 1})

    assert found == [("x" + "y" * 99, "unknown_item")]


def test_a_form_is_read_by_the_names_of_its_fields() -> None:
    fields = {
        "overall": ["2"],
        "fields.government": ["na"],
        "fields.health": [""],
        "improve": ["other", "queues"],
        "improve.other": ["路灯"],
        "district": [" 370811 "],
        "sex": [],
        "lang": ["en"],
    }

    raw = raw_from_form(a_questionnaire(), fields)

    assert raw == {
        "overall": 2,
        "fields": {"government": "na"},
        "improve": ["other", "queues"],
        "improve.other": "路灯",
        "district": "370811",
    }


def test_what_a_form_got_wrong_reads_as_a_fault() -> None:
    raw = raw_from_form(a_questionnaire(), {"overall": ["great"], "district": ["x"]})

    found = refused(a_questionnaire(), raw)

    assert found == [
        ("overall", "wrong_type"),
        ("district", "unknown_division"),
        ("sex", "required"),
    ]
