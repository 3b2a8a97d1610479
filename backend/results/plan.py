"""What to estimate for a questionnaire, before any number is known."""

from dataclasses import dataclass

from survey_forms.definition import Measure, Questionnaire

# Categories with fewer respondents are named, but their figures are kept back: they are neither
# reliable nor anonymous (docs/methods.md).
SMALLEST_DOMAIN = 10
# Effective respondents below which no verdict is called certain (docs/methods.md, "Verdict").
FEWEST_FOR_CERTAINTY = 50
CONFIDENCE_LEVEL = 0.95
INTERVAL = "logit"


@dataclass(frozen=True)
class EstimationPlan:
    """What is estimated, how it is weighted, and by which subpopulations.

    Attributes
    ----------
    official_method
        Id of the method of satisfaction that was declared before publishing.
    rule
        Id of the rule that makes a verdict of it; None for a survey that nothing judges.
    measures
        One for each scale item and matrix row, in the questionnaire's order.
    margins
        Id of the shipped margin set; None for an unweighted survey.
    variables
        The weighting variables; none for an unweighted survey.
    domain_variables
        Those of them by which results are broken down: where people live.
    """

    official_method: str
    rule: str | None
    measures: tuple[Measure, ...]
    margins: str | None
    variables: tuple[str, ...]
    domain_variables: tuple[str, ...]


def plan_estimation(questionnaire: Questionnaire) -> EstimationPlan | None:
    """Return the plan of a questionnaire, or None for one that measures no satisfaction."""
    satisfaction, weighting = questionnaire.satisfaction, questionnaire.weighting
    if satisfaction is None:
        return None
    variables = weighting.variables if weighting else ()
    return EstimationPlan(
        official_method=satisfaction.official_method,
        rule=satisfaction.rule,
        measures=questionnaire.measures,
        margins=weighting.margins if weighting else None,
        variables=variables,
        domain_variables=tuple(
            variable for variable in variables if questionnaire.item(variable).kind == "division"
        ),
    )
