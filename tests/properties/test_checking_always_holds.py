"""Checking never fails, whatever a definition says, and what passes is a questionnaire."""

from copy import deepcopy
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from backend.web.finding_words import finding_sentence
from survey_forms.lint import check, examine
from tests.builders import a_questionnaire_text
from tests.properties.strategies import any_json

DEFINITION = yaml.safe_load(a_questionnaire_text())


def places(part: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the paths of all parts of a definition."""
    if isinstance(part, dict):
        inner = list(part.items())
    elif isinstance(part, list):
        inner = list(enumerate(part))
    else:
        return [path]
    deeper = [found for key, value in inner for found in places(value, (*path, key))]
    return [path, *deeper] if path else deeper


def with_part(path: tuple[Any, ...], value: object) -> str:
    """Return the definition with one part of it replaced."""
    changed = deepcopy(DEFINITION)
    parent = changed
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = value
    return yaml.safe_dump(changed, allow_unicode=True)


@given(st.text() | st.text(alphabet="ab:-?{}[]&*!|>'\"%@`#, \n\t0"))
def test_checking_any_text_never_raises(text: str) -> None:
    for finding in check(text):
        assert finding_sentence(finding, translate=str)


@given(st.sampled_from(places(DEFINITION)), any_json | st.sampled_from(list(range(-1, 3))))
def test_checking_a_definition_with_any_part_replaced_never_raises(
    path: tuple[Any, ...], value: object
) -> None:
    examination = examine(with_part(path, value))

    has_error = any(finding.severity == "error" for finding in examination.findings)
    assert has_error is (examination.questionnaire is None)
    for finding in examination.findings:
        finding_sentence(finding, translate=str).encode()
