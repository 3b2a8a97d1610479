"""Every finding has a Chinese sentence that uses exactly what the finding carries."""

import string

import pytest

from backend.web.finding_words import FINDING_WORDS, finding_sentence
from survey_forms.findings import FINDING_CODES
from survey_forms.lint import check
from tests.builders import a_questionnaire_text


def test_every_code_has_words() -> None:
    assert set(FINDING_WORDS) == set(FINDING_CODES)


@pytest.mark.parametrize("code", FINDING_WORDS)
def test_words_place_exactly_the_arguments_of_their_code(code: str) -> None:
    fields = string.Formatter().parse(FINDING_WORDS[code])

    placed = {name for _, name, _, _ in fields if name is not None}

    assert placed == FINDING_CODES[code].arguments


def test_a_finding_reads_as_what_is_wrong_and_the_cure() -> None:
    (finding,) = check(a_questionnaire_text(title="调查"))

    sentence = finding_sentence(finding, translate=lambda words: words)

    assert sentence == "title 要按语言书写，例如 title: {zh-CN: 中文, en: English}。"


def test_a_translated_sentence_gets_the_same_arguments() -> None:
    (finding,) = check(a_questionnaire_text(estimated_minutes=None))

    sentence = finding_sentence(finding, translate=lambda words: "Add the field {field}.")

    assert sentence == "Add the field estimated_minutes."
