"""Whatever is sent: reading never fails, loses nothing that is right, and keeps nothing hidden."""

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from survey_forms.answers import Answers, Faults, raw_from_form, read_answers
from survey_forms.coding import levels, weighting_categories
from survey_forms.visibility import shown_items
from tests.properties.strategies import QUESTIONNAIRE, any_json, any_text, right_answers

KEYS = st.sampled_from([item.key for item in QUESTIONNAIRE.items] + ["used.other", "many.other"])
FIELDS = KEYS | st.sampled_from(["rated.first", "rated.second"]) | any_text


def read(raw: Mapping[str, Any]) -> Answers:
    answers = read_answers(QUESTIONNAIRE, raw)
    assert isinstance(answers, Answers), answers
    return answers


@given(st.dictionaries(KEYS | any_text, any_json, max_size=8))
def test_reading_never_raises_and_faults_can_be_sent_as_json(raw: dict[str, Any]) -> None:
    result = read_answers(QUESTIONNAIRE, raw)

    if isinstance(result, Faults):
        assert len(result) > 0
        for fault in result:
            json.dumps([fault.field, dict(fault.arguments)], allow_nan=False).encode()
            f"{fault.field}{dict(fault.arguments)}".encode()
    else:
        json.dumps(result.to_json(), ensure_ascii=False, allow_nan=False).encode()


@given(st.dictionaries(FIELDS, st.lists(any_text, max_size=3), max_size=8))
def test_reading_a_form_never_raises(fields: dict[str, list[str]]) -> None:
    raw = raw_from_form(QUESTIONNAIRE, fields)

    assert isinstance(read_answers(QUESTIONNAIRE, raw), (Answers, Faults))


@given(right_answers())
def test_stored_answers_read_back_as_they_were(raw: dict[str, Any]) -> None:
    answers = read(raw)

    stored = json.loads(json.dumps(answers.to_json()))

    assert read(stored) == answers


@given(right_answers())
def test_a_form_and_json_give_the_same_answers(raw: dict[str, Any]) -> None:
    assert read(raw_from_form(QUESTIONNAIRE, as_form(raw))) == read(raw)


@given(right_answers())
def test_no_answer_of_a_hidden_item_survives(raw: dict[str, Any]) -> None:
    answers = read(raw)

    kept = {key.partition(".")[0] for key in answers.values}

    assert kept <= answers.shown
    assert answers.shown == shown_items(QUESTIONNAIRE, answers.values)


@given(right_answers())
def test_every_measure_has_one_code(raw: dict[str, Any]) -> None:
    answers = read(raw)

    coded = levels(QUESTIONNAIRE, answers)

    assert len(coded) == len(QUESTIONNAIRE.measures)
    assert set(coded) <= set("12345n-.")
    assert weighting_categories(QUESTIONNAIRE, answers) == ()


def as_form(raw: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return what a browser would send for these answers."""
    fields: dict[str, list[str]] = {}
    for key, value in raw.items():
        if isinstance(value, dict):
            fields |= {f"{key}.{row}": [str(level)] for row, level in value.items()}
        else:
            fields[key] = [str(one) for one in value] if isinstance(value, list) else [str(value)]
    return fields
