"""Answers as the codes that are counted."""

from typing import Any

import pytest

from survey_forms.answers import Answers, read_answers
from survey_forms.coding import failed_checks, levels, weighting_categories
from survey_forms.definition import Questionnaire
from tests.builders import a_questionnaire, an_item


def answers_to(questionnaire: Questionnaire, raw: dict[str, Any]) -> Answers:
    answers = read_answers(questionnaire, raw)
    assert isinstance(answers, Answers), answers
    return answers


def test_levels_tell_a_level_from_not_applicable_no_answer_and_not_shown() -> None:
    items = [
        an_item("scale", "first"),
        an_item("matrix", "rated", not_applicable=True),
        an_item("scale", "hidden", show_if={"==": [{"var": "first"}, 1]}),
        an_item("scale", "left"),
    ]
    questionnaire = a_questionnaire(items=items)
    answers = answers_to(questionnaire, {"first": 4, "rated": {"first": "na"}})

    assert levels(questionnaire, answers) == "4n-.-"


def test_weighting_categories_follow_the_variables() -> None:
    questionnaire = a_questionnaire()
    answers = answers_to(questionnaire, {"overall": 5, "district": "370811", "sex": "male"})

    assert weighting_categories(questionnaire, answers) == ("370811", "male")


@pytest.mark.parametrize(("raw", "category"), [({"home": "370811002"}, "370811"), ({}, "")])
def test_a_township_counts_for_its_county_and_no_answer_for_none(
    raw: dict[str, Any], category: str
) -> None:
    questionnaire = a_questionnaire(
        items=[an_item("division", "home", level="township")],
        weighting={"margins": "m", "variables": ["home"]},
    )
    answers = answers_to(questionnaire, raw)

    assert weighting_categories(questionnaire, answers) == (category,)


def test_without_weighting_there_are_no_categories() -> None:
    questionnaire = a_questionnaire(weighting=None)
    answers = answers_to(questionnaire, {"overall": 5, "district": "370811", "sex": "male"})

    assert weighting_categories(questionnaire, answers) == ()


QUALITY = {
    "attention": [{"item": "check", "expected": "b"}],
    "implausible": [
        {
            "key": "used_unknown",
            "title": {"zh-CN": "矛盾", "en": "Contradiction"},
            "when": {"and": [{"!": {"var": "known"}}, {"==": [{"var": "used"}, "a"]}]},
        }
    ],
}
CHECKED = [an_item("single", key) for key in ("known", "used", "check")]


@pytest.mark.parametrize(
    ("raw", "failed"),
    [
        pytest.param({"check": "b"}, (), id="the choice that was asked for"),
        pytest.param({"check": "a"}, ("attention:check",), id="another choice"),
        pytest.param({}, (), id="left out"),
        pytest.param({"known": "a", "used": "a"}, (), id="no contradiction"),
        pytest.param(
            {"used": "a", "check": "a"},
            ("attention:check", "implausible:used_unknown"),
            id="both, in the order of the rules",
        ),
    ],
)
def test_failed_checks_are_named_by_rule_and_key(
    raw: dict[str, Any], failed: tuple[str, ...]
) -> None:
    questionnaire = a_questionnaire(items=CHECKED, quality=QUALITY)

    assert failed_checks(questionnaire, answers_to(questionnaire, raw)) == failed


def test_without_quality_rules_no_check_fails() -> None:
    questionnaire = a_questionnaire(items=CHECKED)

    assert failed_checks(questionnaire, answers_to(questionnaire, {"check": "a"})) == ()
