"""Pulls the satisfaction of a survey: tabulate, weigh, estimate, judge if a rule is named.

Each step is another module's; this one says in which order, and for which figures.
"""

from collections import Counter
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

import analysis.shipped
from analysis.errors import AnalysisError
from analysis.margins import Margins
from analysis.rating.survey_rule import SurveyRule
from analysis.weighting.balance import balance
from backend.errors import Conflict, NotFound
from backend.results.cautions import find_cautions
from backend.results.decision import support_decision
from backend.results.disclosing import disclose_survey
from backend.results.estimating import (
    composite_name,
    estimate_channels,
    estimate_differences,
    estimate_domains,
    estimate_items,
    estimate_methods,
    estimate_official,
)
from backend.results.plan import EstimationPlan, plan_estimation
from backend.results.repository import fetch_period
from backend.results.result import Collection, SatisfactionResult, WithoutFlagged
from backend.results.weigh import choose, weigh
from backend.surveys.service import PublishedSurvey
from backend.tabulation.counts import included, to_cells, unflagged
from backend.tabulation.groups import GroupedCounts
from backend.tabulation.rollup import read_counts


class NothingMeasured(NotFound):
    """The questionnaire of the survey has no satisfaction to estimate."""

    code = "no-satisfaction"
    detail = "这份问卷没有设置满意度指标，因此没有满意度结果。"


class CannotWeigh(Conflict):
    """The questionnaire wants population margins that do not ship, or not for its variables."""

    code, title = "unknown-margins", "无法加权"
    detail = "没有人口数据“{margins}”，或其中没有问卷指定的加权变量。请核对问卷定义。"


class CannotJudge(Conflict):
    """The questionnaire wants a rule that does not ship."""

    code, title = "unknown-rule", "无法评分"
    detail = "没有评分规则“{rule}”。请核对问卷定义。"


def satisfaction(
    session: Session, survey: PublishedSurvey, now: datetime, *, supports_decision: bool = False
) -> SatisfactionResult:
    """Return the satisfaction of a survey as its responses stand.

    Parameters
    ----------
    supports_decision
        Whether to make `SatisfactionResult.decision` too, which takes a hundred milliseconds more.

    Raises
    ------
    NothingMeasured
        When the questionnaire declares no satisfaction.
    CannotWeigh
        When it declares population margins that are not known. Publishing refuses such ids, so
        this is a definition of another version of Minsheng.
    CannotJudge
        When it declares a rule that is not known, likewise.
    """
    plan = plan_estimation(survey.questionnaire)
    if plan is None:
        raise NothingMeasured
    margins = _margins(plan)
    rule = _rule(plan)
    stored = read_counts(session, survey.id, survey.questionnaire)
    counts = included(stored)
    chosen = choose(to_cells(counts, survey.questionnaire), margins)
    weighted = weigh(chosen.counts, margins)
    collection = _collection(stored, *fetch_period(session, survey.id))
    methods = estimate_methods(plan, weighted, rule)
    official = next(method for method in methods if method.is_official)
    (domains,) = estimate_domains(
        plan, weighted, rule, margins, [composite_name(plan.official_method)]
    )
    items = estimate_items(plan, weighted, rule, margins, chosen.counts)
    excluded = {**_excluded(stored), **chosen.excluded}
    return SatisfactionResult(
        survey=survey,
        as_of=now,
        collection=collection,
        excluded=excluded,
        official_method=plan.official_method,
        composite=official.estimate,
        domains=domains,
        items=items,
        methods=methods,
        rule=rule,
        verdict=official.verdict,
        weights=weighted.weights,
        variables=plan.variables,
        margins=plan.margins,
        margins_source=margins.source if margins else None,
        cautions=(
            *find_cautions(official.estimate, official.verdict, weighted.weights, collection),
            *weighted.cautions,
        ),
        channels=estimate_channels(plan, weighted, rule),
        without_flagged=_without_flagged(plan, counts, survey, margins, rule),
        differences=estimate_differences(plan, weighted, rule, domains),
        balance=balance(weighted.tabulation, weighted.weights, weighted.margins)
        if weighted.margins
        else None,
        disclosure=disclose_survey(
            plan,
            survey.questionnaire,
            collection,
            excluded,
            official.estimate,
            items,
            margins,
            weighted.weights,
        ),
        decision=support_decision(plan, weighted, rule) if supports_decision else None,
    )


def _without_flagged(
    plan: EstimationPlan,
    counts: GroupedCounts,
    survey: PublishedSurvey,
    margins: Margins | None,
    rule: SurveyRule | None,
) -> WithoutFlagged | None:
    """Return the composite without the flagged responses, weighed anew; None where none is."""
    others = unflagged(counts)
    flagged = int(counts.n.sum() - others.n.sum())
    if flagged == 0:
        return None
    chosen = choose(to_cells(others, survey.questionnaire), margins).counts
    return WithoutFlagged(flagged, *estimate_official(plan, weigh(chosen, margins), rule))


def _margins(plan: EstimationPlan) -> Margins | None:
    """Return the margins of the weighting variables, in the order of the questionnaire."""
    if plan.margins is None:
        return None
    unknown = CannotWeigh(arguments={"margins": plan.margins})
    try:
        shipped = analysis.shipped.margins(plan.margins)
    except AnalysisError as error:
        raise unknown from error
    by_variable = {margin.variable: margin for margin in shipped.margins}
    if not by_variable.keys() >= set(plan.variables):
        raise unknown
    return replace(shipped, margins=tuple(by_variable[name] for name in plan.variables))


def _rule(plan: EstimationPlan) -> SurveyRule | None:
    if plan.rule is None:
        return None
    try:
        return analysis.shipped.survey_rule(plan.rule)
    except AnalysisError as error:
        raise CannotJudge(arguments={"rule": plan.rule}) from error


def _collection(
    stored: GroupedCounts, first_at: datetime | None, last_at: datetime | None
) -> Collection:
    by_channel: Counter[str] = Counter()
    simulated = 0
    for group, count in zip(stored.groups, stored.n.tolist(), strict=True):
        by_channel[group.channel] += count
        simulated += count * group.simulated
    return Collection(
        responses=by_channel.total(),
        simulated=simulated,
        by_channel=dict(sorted(by_channel.items())),
        first_at=first_at,
        last_at=last_at,
    )


def _excluded(stored: GroupedCounts) -> dict[str, int]:
    """Count the responses that were excluded by a rule, by its reason."""
    excluded: Counter[str] = Counter()
    for group, count in zip(stored.groups, stored.n.tolist(), strict=True):
        if group.excluded_reason:
            excluded[group.excluded_reason] += count
    return dict(excluded)
