"""From a definition text to a Questionnaire that passed every check."""

from survey_forms.definition import Questionnaire
from survey_forms.findings import DefinitionError, Finding
from survey_forms.lint import examine

__all__ = ["DefinitionError", "Finding", "parse_questionnaire"]


def parse_questionnaire(text: str) -> Questionnaire:
    """Return the questionnaire that a YAML text defines.

    Raises DefinitionError with all findings when one of them is an error; warnings alone pass.
    """
    examination = examine(text)
    if examination.questionnaire is None:
        raise DefinitionError(examination.findings)
    return examination.questionnaire
