"""Which items a respondent sees, derived from the definition and the answers; nothing is stored."""

from collections.abc import Mapping

from survey_forms.conditions import evaluate
from survey_forms.definition import Questionnaire


def shown_items(questionnaire: Questionnaire, values: Mapping[str, object]) -> frozenset[str]:
    """Return the keys of the items shown to a respondent with these answers.

    One walk forward: an item's condition sees only answers to earlier items that are themselves
    shown, so an answer left behind in a hidden item has no effect.
    """
    shown: set[str] = set()
    known: dict[str, object] = {}
    for section in questionnaire.sections:
        if not _holds(section.show_if, known):
            continue
        for item in section.items:
            if not _holds(item.show_if, known):
                continue
            shown.add(item.key)
            if item.key in values:
                known[item.key] = values[item.key]
    return frozenset(shown)


def _holds(condition: object, known: Mapping[str, object]) -> bool:
    return condition is None or evaluate(condition, known)
