"""Says in words when a conditional question is to be answered, for pages without JavaScript.

A condition on one single-choice question is spelled out by trying each of its choices; any other
is only traced to the questions it reads. Questions are named by their number on the page.
"""

from backend.web.wording import translate
from survey_forms.conditions import evaluate, references
from survey_forms.definition import Item, Questionnaire
from survey_forms.items import ScaleItem, SingleItem
from survey_forms.items.scale import level_from_form

SPELLED_OUT = "第 {number} 题选择{choices}时，请回答本题。"
TRACED = "请根据第 {numbers} 题的回答决定是否填写；如不涉及，可以不答。"
LIST_OR = "或"
LIST_COMMA = "、"


def when_to_answer(questionnaire: Questionnaire, item: Item, language: str) -> str:
    """Return one sentence; "" for a question that everybody answers."""
    section = next(part for part in questionnaire.sections if item in part.items)
    conditions = [
        condition for condition in (section.show_if, item.show_if) if condition is not None
    ]
    if not conditions:
        return ""
    condition = conditions[0] if len(conditions) == 1 else {"and": conditions}
    numbers = {each.key: number for number, each in enumerate(questionnaire.items, start=1)}
    read = {name.partition(".")[0] for name in references(condition)} & set(numbers)
    if len(read) == 1:
        (key,) = read
        labels = _choices_that_show(questionnaire.item(key), condition, language)
        if labels:
            quoted = [f"“{label}”" for label in labels]
            choices = translate(LIST_OR, language).join(quoted)
            return translate(SPELLED_OUT, language, {"number": numbers[key], "choices": choices})
    ordered = sorted(numbers[key] for key in read)
    listed = translate(LIST_COMMA, language).join(str(number) for number in ordered)
    return translate(TRACED, language, {"numbers": listed})


def _choices_that_show(item: Item, condition: object, language: str) -> list[str]:
    """Return the choices with which the condition holds; none for other kinds of questions."""
    values: list[tuple[object, str]] = []
    if isinstance(item, SingleItem):
        values = [(choice.code, choice.label.in_language(language)) for choice in item.choices]
    elif isinstance(item, ScaleItem):
        values = [
            (level_from_form(option.value), option.label.in_language(language))
            for option in item.options()
        ]
    return [label for value, label in values if evaluate(condition, {item.key: value})]
