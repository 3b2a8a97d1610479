"""What a definition refers to outside itself is checked before anybody answers."""

from typing import Any

import pytest

from backend.surveys.references import examine
from survey_forms.findings import FINDING_CODES, Finding
from survey_forms.lint import check
from survey_forms.shipped import questionnaire_ids, questionnaire_text
from tests.builders import a_choice, a_questionnaire_text, an_item

DISTRICT = an_item("division", "district", required=True)
AGE_BANDS = ("18-29", "30-39", "40-49", "50-59", "60-69", "70+")


def asking_age(*codes: str, **changes: Any) -> dict[str, Any]:
    choices = [a_choice(code) for code in codes]
    return an_item("single", "age_band", required=True, choices=choices, **changes)


def weighted_by(item: dict[str, Any], margins: str = "jining-adults-2020") -> str:
    """Return a definition that asks one item and weights by it."""
    weighting = {"margins": margins, "variables": [item["key"]]}
    return a_questionnaire_text(items=[item], weighting=weighting)


def judged_by(rule: str) -> str:
    return a_questionnaire_text().replace("rule: shandong-2023-city", f"rule: {rule}")


CASES: dict[str, str] = {
    "unknown_rule": judged_by("shandong-2032-city"),
    "unknown_margins": weighted_by(DISTRICT, margins="atlantis-2020"),
    "variable_without_margin": weighted_by(an_item("single", "occupation", required=True)),
    "choice_without_population": weighted_by(asking_age(*AGE_BANDS, "under-18")),
    "counties_without_population": weighted_by(DISTRICT, margins="weihai-adults-2020"),
    "population_without_choice": weighted_by(asking_age(*AGE_BANDS[:-1])),
}


def findings(text: str) -> tuple[Finding, ...]:
    return examine(text).findings


@pytest.mark.parametrize("code", CASES)
def test_a_reference_to_what_is_not_there_is_the_one_finding(code: str) -> None:
    (found,) = findings(CASES[code])

    assert found.code == code
    assert found.severity == FINDING_CODES[code].severity
    assert set(found.arguments) == FINDING_CODES[code].arguments


@pytest.mark.parametrize("code", CASES)
def test_only_an_error_keeps_the_questionnaire_back(code: str) -> None:
    is_usable = examine(CASES[code]).questionnaire is not None

    assert is_usable is (FINDING_CODES[code].severity == "warning")


@pytest.mark.parametrize("code", CASES)
def test_the_definition_alone_shows_nothing_of_it(code: str) -> None:
    assert check(CASES[code]) == ()


def test_a_choice_nobody_can_be_weighted_by_is_named_at_its_line_and_item() -> None:
    text = CASES["choice_without_population"]
    (found,) = findings(text)

    assert "under-18" in text.splitlines()[found.line - 1]
    assert found.item == "age_band"
    assert found.arguments["choice"] == "under-18"
    assert found.arguments["known"] == ", ".join(AGE_BANDS)


def test_a_rule_that_does_not_ship_is_answered_with_those_that_do() -> None:
    (found,) = findings(CASES["unknown_rule"])

    assert found.arguments["known"] == "shandong-2023-city, shandong-2023-county"


def test_people_whom_no_choice_offers_are_named() -> None:
    (found,) = findings(CASES["population_without_choice"])

    assert found.arguments["categories"] == "70+"


def test_townships_are_weighted_by_their_county() -> None:
    townships = an_item("division", "district", level="township", required=True)

    assert findings(weighted_by(townships)) == ()


@pytest.mark.parametrize(
    "item",
    [
        an_item("text", "sex"),
        an_item("single", "sex", choices="none"),
        an_item("division", "district", root="110000"),
    ],
)
def test_a_broken_variable_is_reported_for_what_is_broken_only(item: dict[str, Any]) -> None:
    text = weighted_by(item)

    assert findings(text) == check(text)


def test_other_mistakes_are_reported_at_once_in_the_order_of_lines() -> None:
    text = judged_by("none-such").replace("kind: scale", "kind: scael")
    text = text.replace("margins: jining-adults-2020", "margins: atlantis-2020")

    assert [found.code for found in findings(text)] == [
        "unknown_kind",
        "unknown_rule",
        "unknown_margins",
    ]


@pytest.mark.parametrize("questionnaire_id", questionnaire_ids())
def test_what_ships_refers_only_to_what_ships(questionnaire_id: str) -> None:
    text = questionnaire_text(questionnaire_id)

    assert findings(text) == check(text)


def test_the_citizen_survey_is_judged_and_the_service_hall_is_not() -> None:
    rules = {}
    for questionnaire_id in questionnaire_ids():
        questionnaire = examine(questionnaire_text(questionnaire_id)).questionnaire
        assert questionnaire is not None
        assert questionnaire.satisfaction is not None
        rules[questionnaire_id] = questionnaire.satisfaction.rule

    assert rules == {"citizen-experience-2023": "shandong-2023-city", "service-hall": None}
