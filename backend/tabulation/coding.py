"""Codes one response for counting, when it is written.

What is stored beside the answers (the cell, one character a measure, the composites) is all that
a tabulation ever reads, so that it never has to open an answer. Which answer means which level is
`survey_forms.coding`'s; what a level is worth is `analysis.scoring`'s.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.scoring import METHODS, composite
from survey_forms.answers import Answers
from survey_forms.coding import failed_checks, weighting_categories
from survey_forms.coding import levels as levels_of
from survey_forms.definition import Questionnaire

# Choice codes and division codes hold no bar, so the categories can be taken apart again.
CELL_SEPARATOR = "|"


@dataclass(frozen=True)
class CodedResponse:
    """One response as it is counted.

    Attributes
    ----------
    weighting_cell
        The categories of the weighting variables in the questionnaire's order, joined by `|`;
        an unanswered one is empty. Empty when the questionnaire is not weighted.
    levels
        One character a measure: `1` to `5`, `n` not applicable, `-` no answer, `.` not shown.
    composites
        Method id to the respondent's composite, a share from 0 to 1; None when no item that
        counts was answered. Every method, whichever is official.
    failed_checks
        The checks of the quality rules that the answers fail, such as `attention:KEY`, joined by
        blanks; None when they fail none.
    """

    weighting_cell: str
    levels: str
    composites: Mapping[str, float | None]
    failed_checks: str | None


def code_response(questionnaire: Questionnaire, answers: Answers) -> CodedResponse:
    """Code the checked answers to a questionnaire; raises nothing."""
    levels = levels_of(questionnaire, answers)
    answered = [int(character) if character.isdigit() else None for character in levels]
    item_weights = [measure.weight for measure in questionnaire.measures]
    return CodedResponse(
        weighting_cell=CELL_SEPARATOR.join(weighting_categories(questionnaire, answers)),
        levels=levels,
        composites={
            method_id: composite(answered, item_weights, method)
            for method_id, method in METHODS.items()
        },
        # Keys hold no blank.
        failed_checks=" ".join(failed_checks(questionnaire, answers)) or None,
    )
