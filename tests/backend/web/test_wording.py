import pytest

from backend.web.language import LANGUAGES
from backend.web.wording import fault_text, translate
from survey_forms.faults import FAULT_CODES, Fault

EXPECTED = ("code", "codes", "level", "rows", "number", "whole_number", "date", "text")
BOUNDS = ((1, 9), ("", 9), (1, ""))


def faults() -> list[Fault]:
    """Return a fault for every code, and for every sort of the two that have sorts."""
    plain = [
        Fault("asked", code, arguments=dict.fromkeys(arguments, 7))
        for code, arguments in FAULT_CODES.items()
        if code not in {"wrong_type", "out_of_range"}
    ]
    types = [Fault("asked", "wrong_type", arguments={"expected": each}) for each in EXPECTED]
    ranges = [
        Fault("asked", "out_of_range", arguments={"minimum": minimum, "maximum": maximum})
        for minimum, maximum in BOUNDS
    ]
    return [*plain, *types, *ranges]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fault", faults(), ids=lambda fault: f"{fault.code}-{fault.arguments}")
def test_every_fault_has_words_without_open_placeholders(fault: Fault, language: str) -> None:
    text = fault_text(fault, language)

    assert text
    assert "{" not in text


def test_bounds_are_named() -> None:
    fault = Fault("age", "out_of_range", arguments={"minimum": 18, "maximum": 120})

    assert fault_text(fault, "zh-CN") == "请填写 18 至 120 之间的值。"
    assert fault_text(fault, "en") == "Please give a value from 18 to 120."


def test_what_was_typed_is_not_read_as_a_placeholder() -> None:
    fault = Fault("sex", "unknown_choice", arguments={"value": "{maximum}"})

    assert "{maximum}" in fault_text(fault, "en")


def test_an_unknown_message_is_its_own_text() -> None:
    assert translate("没有翻译的话", "en") == "没有翻译的话"
