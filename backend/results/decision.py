"""What helps to decide about a result: what more responses would buy, what fakes would take. Pure.

Each asks for the weights to be made anew many times, a few milliseconds each, so this is made
only for who asks for it.
"""

from collections.abc import Callable

from analysis.design import further_responses
from analysis.estimation import Estimate, estimate
from analysis.margins import Margins
from analysis.quality.robustness import Crossing, fakes_to_cross
from analysis.rating.survey_rule import SurveyRule
from analysis.tabulation import Tabulation
from analysis.weighting import Weights
from backend.results.estimating import composite_name, lines_of, options_of
from backend.results.plan import EstimationPlan
from backend.results.result import DecisionSupport
from backend.results.weigh import Weighted

RESPONSES = 100


def support_decision(
    plan: EstimationPlan, weighted: Weighted, rule: SurveyRule | None
) -> DecisionSupport:
    """Return what helps to decide about the composite by the official method."""
    measure, margins = composite_name(plan.official_method), weighted.margins
    variables = margins.variables if margins else ()
    cells = weighted.tabulation.only(variables).select((measure,))
    if cells.respondents == 0:
        return DecisionSupport(RESPONSES, (), ())

    def estimated(tabulation: Tabulation) -> Estimate:
        return estimate(tabulation, weighted.again(tabulation), measure, **options_of(rule))

    return DecisionSupport(
        responses=RESPONSES,
        gains=further_responses(cells, _categories(margins), estimated, responses=RESPONSES),
        crossings=_crossings(cells, measure, variables, weighted.again, rule),
    )


def _categories(margins: Margins | None) -> list[tuple[str, str]]:
    return [
        (margin.variable, category)
        for margin in (margins.margins if margins else ())
        for category in margin.categories
    ]


def _crossings(
    cells: Tabulation,
    measure: str,
    variables: tuple[str, ...],
    weigh: Callable[[Tabulation], Weights],
    rule: SurveyRule | None,
) -> tuple[Crossing, ...]:
    found = (
        fakes_to_cross(cells, measure, line, weigh=weigh, variables=variables)
        for line in lines_of(rule)
    )
    return tuple(crossing for crossing in found if crossing is not None)
