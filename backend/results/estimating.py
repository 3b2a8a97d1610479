"""Estimates what a plan asks for from weighted cells, and judges it by its rule. Pure."""

from collections.abc import Sequence

from analysis.estimation import (
    LINES,
    DomainEstimate,
    Estimate,
    Options,
    domain_differences,
    domain_estimates,
    estimates,
)
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
from backend.results.result import (
    Domain,
    DomainDifference,
    ItemResult,
    MethodResult,
    Reaction,
)
from backend.results.weigh import Weighted
from backend.tabulation.counts import CHANNEL, COMPOSITE, CellCounts, measure_name
from backend.tabulation.groups import LEVELS


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
        thresholds=lines_of(rule),
    )


def lines_of(rule: SurveyRule | None) -> tuple[float, ...]:
    """Return the lines that matter, the higher one first: the rule's, or else the usual ones."""
    return (rule.deduct_below, rule.void_below) if rule else LINES


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


def estimate_official(
    plan: EstimationPlan, weighted: Weighted, rule: SurveyRule | None
) -> tuple[Estimate, SurveyVerdict | None]:
    """Estimate and judge the composite by the official method alone."""
    (found,) = _estimate(weighted, rule, [composite_name(plan.official_method)])
    return found, _judge(rule, found, weighted.weights.converged)


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
            by_measure[index // len(margin.categories)].append(_shown(one))
    return [tuple(domains) for domains in by_measure]


def _shown(found: DomainEstimate) -> Domain:
    """Keep the estimate back where too few answered."""
    shown = found.estimate if found.estimate.n >= SMALLEST_DOMAIN else None
    return Domain(found.variable, found.category, found.estimate.n, shown)


def estimate_channels(
    plan: EstimationPlan, weighted: Weighted, rule: SurveyRule | None
) -> tuple[Domain, ...]:
    """Return the composite of each channel, those with most respondents first."""
    if CHANNEL in plan.variables or CHANNEL not in weighted.tabulation.variables:
        return ()
    found = domain_estimates(
        weighted.tabulation,
        weighted.weights,
        [composite_name(plan.official_method)],
        CHANNEL,
        **options_of(rule),
    )
    domains = [_shown(one) for one in found]
    return tuple(sorted(domains, key=lambda domain: -domain.n))


def estimate_differences(
    plan: EstimationPlan,
    weighted: Weighted,
    rule: SurveyRule | None,
    domains: Sequence[Domain],
) -> tuple[DomainDifference, ...]:
    """Return how far each shown domain of the composite is from all other respondents.

    Not for a domain beside which too few others would be left to show.
    """
    shown = [domain for domain in domains if not domain.suppressed]
    found: list[DomainDifference] = []
    for variable in dict.fromkeys(domain.variable for domain in shown):
        n = {domain.category: domain.n for domain in domains if domain.variable == variable}
        everybody = sum(n.values())
        categories = [
            domain.category
            for domain in shown
            if domain.variable == variable and everybody - domain.n >= SMALLEST_DOMAIN
        ]
        differences = domain_differences(
            weighted.tabulation,
            weighted.weights,
            composite_name(plan.official_method),
            variable,
            from_rest=True,
            categories=categories,
            **options_of(rule),
        )
        found += [
            DomainDifference(variable, category, difference)
            for category, difference in zip(categories, differences, strict=True)
        ]
    return tuple(found)


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
