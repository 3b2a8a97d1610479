"""How the variables and categories of a questionnaire's weighting are called by its readers."""

from survey_forms.definition import Questionnaire
from survey_forms.items import DivisionItem, SingleItem


def category_label(
    questionnaire: Questionnaire, variable: str, category: str, language: str
) -> str:
    """Return the name of a division or the label of a choice; the code itself if unknown."""
    item = questionnaire.item(variable)
    if isinstance(item, DivisionItem):
        known = item.divisions.contains(category, "county")
        return item.divisions.name(category) if known else category
    if isinstance(item, SingleItem):
        for choice in item.choices:
            if choice.code == category:
                return choice.label.in_language(language)
    return category


def variable_title(questionnaire: Questionnaire, variable: str, language: str) -> str:
    """Return the question that asks for the variable."""
    return questionnaire.item(variable).title.in_language(language)
