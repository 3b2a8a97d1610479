"""Answers as the short codes that storage keeps for counting; statistics read only these."""

from collections.abc import Mapping

from survey_forms.answers import Answers
from survey_forms.conditions import evaluate
from survey_forms.definition import Measure, Questionnaire
from survey_forms.items import DivisionItem
from survey_forms.values import NOT_APPLICABLE

NOT_APPLICABLE_CODE = "n"
NO_ANSWER_CODE = "-"
NOT_SHOWN_CODE = "."
# What a failed check begins with; the key of the item or of the condition follows.
ATTENTION_PREFIX = "attention:"
IMPLAUSIBLE_PREFIX = "implausible:"


def levels(questionnaire: Questionnaire, answers: Answers) -> str:
    """Return one character per measure of the questionnaire, in order.

    `1` to `5` the level, `n` not applicable, `-` shown but not answered, `.` not shown.
    """
    return "".join(_level(measure, answers) for measure in questionnaire.measures)


def weighting_categories(questionnaire: Questionnaire, answers: Answers) -> tuple[str, ...]:
    """Return the respondent's category of each weighting variable; "" when not answered.

    A choice code, or for a division item the six-digit county code, at whatever depth it asks.
    """
    variables = () if questionnaire.weighting is None else questionnaire.weighting.variables
    return tuple(_category(questionnaire, answers, key) for key in variables)


def failed_checks(questionnaire: Questionnaire, answers: Answers) -> tuple[str, ...]:
    """Return the checks of the quality rules that the answers fail, by prefix and key.

    An attention check fails by another choice; who left it out or never saw it fails nothing.
    """
    quality = questionnaire.quality
    if quality is None:
        return ()
    inattentive = (
        f"{ATTENTION_PREFIX}{check.item}"
        for check in quality.attention
        if answers.values.get(check.item, check.expected) != check.expected
    )
    implausible = (
        f"{IMPLAUSIBLE_PREFIX}{entry.key}"
        for entry in quality.implausible
        if evaluate(entry.when, answers.values)
    )
    return (*inattentive, *implausible)


def _level(measure: Measure, answers: Answers) -> str:
    if measure.item not in answers.shown:
        return NOT_SHOWN_CODE
    answer: object = answers.values.get(measure.item)
    if measure.row is not None and answer is not None:
        answer = answer.get(measure.row) if isinstance(answer, Mapping) else None
    if answer is None:
        return NO_ANSWER_CODE
    return NOT_APPLICABLE_CODE if answer == NOT_APPLICABLE else str(answer)


def _category(questionnaire: Questionnaire, answers: Answers, key: str) -> str:
    answer = answers.values.get(key)
    if not isinstance(answer, str):
        return ""
    item = questionnaire.item(key)
    return item.county_of(answer) if isinstance(item, DivisionItem) else answer
