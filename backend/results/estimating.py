"""Estimates what a plan asks for from weighted cells, and judges it by its rule. Pure."""

from collections.abc import Sequence

from analysis.estimation import LINES, Estimate, Options, domain_estimates, estimates
from analysis.margins import Margins
from analysis.rating.survey_rule import SurveyRule, SurveyVerdict, judge
from analysis.scoring import METHODS
from analysis.weighting import unweighted
from backend.results.plan import (
    CONFIDENCE_LEVEL,
    FEWEST_FOR_CERTAINTY,
    INTERVAL,
    SMALLEST_DOMAIN,
    EstimationPlan,
)
from backend.results.result import Domain, ItemResult, MethodResult, Reaction
from backend.results.weigh import Weighted
from backend.tabulation.counts import COMPOSITE, LEVELS, CellCounts, measure_name


def composite_name(method_id: str) -> str:
    """Return the name of the composite under a method in a tabulation."""
    return measure_name(COMPOSITE, method_id)


def _estimate(
    weighted: Weighted,
    rule: SurveyRule | None,
    measures: Sequence[str],
) -> tuple[Estimate, ...]:
    return estimates(weighted.tabulation, weighted.weights, measures, **options_of(rule))


def options_of(rule: SurveyRule | None) -> Options:
    """Return the options of every estimate that a survey's results have."""
    return Options(
        confidence_level=CONFIDENCE_LEVEL,
        interval=INTERVAL,
        thresholds=(rule.deduct_below, rule.void_below) if rule else LINES,
    )


def estimate_methods(
    plan: EstimationPlan, weighted: Weighted, rule: SurveyRule | None
) -> tuple[MethodResult, ...]:
    """Estimate the composite by every method, weighted and not."""
    names = [composite_name(method_id) for method_id in METHODS]
    plain = Weighted(weighted.tabulation, unweighted(weighted.tabulation), ())
    return tuple(
        MethodResult(
            method=method_id,
            is_official=method_id == plan.official_method,
            estimate=estimate,
            unweighted=without_weights,
            verdict=_judge(rule, estimate, weighted.weights.converged),
        )
        for method_id, estimate, without_weights in zip(
            METHODS,
            _estimate(weighted, rule, names),
            _estimate(plain, rule, names),
            strict=True,
        )
    )


def _judge(
    rule: SurveyRule | None, estimate: Estimate, has_converged: bool
) -> SurveyVerdict | None:
    """Judge an estimate; nothing is certain whose weights do not meet the margins.

    Nor is anything between 0 and 1 on few respondents: a linearised error is too small then. At 0
    and 1 the limits are exact at any size.
    """
    if rule is None or estimate.estimate is None:
        return None
    is_exact = estimate.estimate in (0.0, 1.0)
    is_enough = is_exact or (estimate.n_effective or 0.0) >= FEWEST_FOR_CERTAINTY
    interval = estimate.interval if has_converged and is_enough else None
    return judge(rule, estimate.estimate, interval, estimate.p_below)


def estimate_items(
    plan: EstimationPlan,
    weighted: Weighted,
    rule: SurveyRule | None,
    margins: Margins | None,
    counts: CellCounts,
) -> tuple[ItemResult, ...]:
    """Estimate every measure by the official method, in the questionnaire's order."""
    names = [measure_name(measure.key, plan.official_method) for measure in plan.measures]
    found = zip(
        plan.measures,
        _estimate(weighted, rule, names),
        estimate_domains(plan, weighted, rule, margins, names),
        strict=True,
    )
    return tuple(
        ItemResult(measure, estimate, domains, _reaction(counts, position))
        for position, (measure, estimate, domains) in enumerate(found)
    )


def estimate_domains(
    plan: EstimationPlan,
    weighted: Weighted,
    rule: SurveyRule | None,
    margins: Margins | None,
    measures: Sequence[str],
) -> list[tuple[Domain, ...]]:
    """Return the domains of each measure, in the order of the margin's categories."""
    by_measure: list[list[Domain]] = [[] for _ in measures]
    for margin in margins.margins if margins else ():
        if margin.variable not in plan.domain_variables:
            continue
        found = domain_estimates(
            weighted.tabulation,
            weighted.weights,
            measures,
            margin.variable,
            categories=margin.categories,
            **options_of(rule),
        )
        for index, one in enumerate(found):
            shown = one.estimate if one.estimate.n >= SMALLEST_DOMAIN else None
            by_measure[index // len(margin.categories)].append(
                Domain(one.variable, one.category, one.estimate.n, shown)
            )
    return [tuple(domains) for domains in by_measure]


def _reaction(counts: CellCounts, position: int) -> Reaction:
    marks = [int(count) for count in counts.marks[:, position, :].sum(axis=0)]
    not_applicable, no_answer = marks[len(LEVELS) :]
    one, two, three, four, five = marks[: len(LEVELS)]
    return Reaction(
        by_level=(one, two, three, four, five),
        not_applicable=not_applicable,
        no_answer=no_answer,
        not_shown=int(counts.n.sum()) - sum(marks),
    )
