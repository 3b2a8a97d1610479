"""A definition text becomes a questionnaire only when nothing in it is an error."""

import pytest

from survey_forms.findings import DefinitionError
from survey_forms.loading import parse_questionnaire
from tests.builders import a_questionnaire_text, an_item


def test_a_right_text_becomes_a_questionnaire() -> None:
    assert parse_questionnaire(a_questionnaire_text()).key == "example"


def test_a_wrong_text_raises_with_all_its_findings() -> None:
    text = a_questionnaire_text(key="Bad Key", weighting={"margins": "m", "variables": ["age"]})

    with pytest.raises(DefinitionError) as raised:
        parse_questionnaire(text)

    codes = {finding.code for finding in raised.value.findings}
    assert codes == {"bad_questionnaire_key", "unknown_weighting_variable"}


def test_warnings_alone_do_not_stop_a_questionnaire() -> None:
    text = a_questionnaire_text(
        items=[an_item("single", "sex")], weighting={"margins": "m", "variables": ["sex"]}
    )

    assert parse_questionnaire(text).weighting is not None
