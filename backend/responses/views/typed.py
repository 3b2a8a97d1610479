"""What was typed, as a list to read and copy: for pages that cannot store it."""

from collections.abc import Iterable
from dataclasses import dataclass

from survey_forms.definition import Item, Questionnaire
from survey_forms.items import ChoiceItem, DivisionItem, FormFields, MatrixItem, ScaleItem
from survey_forms.items.base import first_typed


@dataclass(frozen=True)
class TypedAnswer:
    """A question and what was answered, in words."""

    question: str
    answer: str


def typed_answers(
    questionnaire: Questionnaire, fields: FormFields, language: str
) -> tuple[TypedAnswer, ...]:
    """Return every question that something was typed into, however wrong it may be."""
    return tuple(
        TypedAnswer(question, answer)
        for item in questionnaire.items
        for question, answer in _typed(item, fields, language)
        if answer
    )


def _typed(item: Item, fields: FormFields, language: str) -> Iterable[tuple[str, str]]:
    title = item.title.in_language(language)
    if isinstance(item, MatrixItem):
        words = {option.value: option.label.in_language(language) for option in item.options()}
        for row in item.rows:
            level = first_typed(fields, f"{item.key}.{row.key}") or ""
            yield row.label.in_language(language), words.get(level, level)
        return
    values = [value.strip() for value in fields.get(item.key, ())]
    words = _words(item, values, language)
    other = first_typed(fields, f"{item.key}.other") if item.takes_other_text else None
    shown = [words.get(value, value) for value in values if value]
    yield title, " / ".join([*shown, *([other] if other else [])])


def _words(item: Item, values: list[str], language: str) -> dict[str, str]:
    """Return what coded answers mean; nothing for those that are words already."""
    if isinstance(item, ChoiceItem):
        return {choice.code: choice.label.in_language(language) for choice in item.choices}
    if isinstance(item, ScaleItem):
        return {option.value: option.label.in_language(language) for option in item.options()}
    if isinstance(item, DivisionItem):
        divisions = item.divisions
        return {
            code: divisions.name(code) for code in values if divisions.contains(code, item.level)
        }
    return {}
