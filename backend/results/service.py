"""Pulls the satisfaction of a survey: tabulate, weigh, estimate, judge if a rule is named.

Each step is another module's; this one says in which order, and for which figures.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

import analysis.shipped
from analysis.errors import AnalysisError
from analysis.margins import Margins
from analysis.rating.survey_rule import SurveyRule
from backend.errors import Conflict, NotFound
from backend.results.cautions import find_cautions
from backend.results.estimating import (
    composite_name,
    estimate_domains,
    estimate_items,
    estimate_methods,
)
from backend.results.plan import EstimationPlan, plan_estimation
from backend.results.repository import CollectedGroup, fetch_collected
from backend.results.result import Collection, SatisfactionResult
from backend.results.weigh import choose, weigh
from backend.surveys.service import PublishedSurvey
from backend.tabulation.sql import count_cells


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


def satisfaction(session: Session, survey: PublishedSurvey, now: datetime) -> SatisfactionResult:
    """Return the satisfaction of a survey as its responses stand.

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
    chosen = choose(count_cells(session, survey.id, survey.questionnaire), margins)
    # Counted last: what arrives between the two statements is then received and not yet used.
    groups = fetch_collected(session, survey.id)
    weighted = weigh(chosen.counts, margins)
    collection = _collection(groups)
    methods = estimate_methods(plan, weighted, rule)
    official = next(method for method in methods if method.is_official)
    (domains,) = estimate_domains(
        plan, weighted, rule, margins, [composite_name(plan.official_method)]
    )
    return SatisfactionResult(
        survey=survey,
        as_of=now,
        collection=collection,
        excluded={**_excluded(groups), **chosen.excluded},
        official_method=plan.official_method,
        composite=official.estimate,
        domains=domains,
        items=estimate_items(plan, weighted, rule, margins, chosen.counts),
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
    )


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


def _collection(groups: Sequence[CollectedGroup]) -> Collection:
    by_channel: dict[str, int] = {}
    for group in groups:
        by_channel[group.channel] = by_channel.get(group.channel, 0) + group.count
    return Collection(
        responses=sum(by_channel.values()),
        simulated=sum(group.count for group in groups if group.simulated),
        by_channel=by_channel,
        first_at=min((group.first_at for group in groups), default=None),
        last_at=max((group.last_at for group in groups), default=None),
    )


def _excluded(groups: Sequence[CollectedGroup]) -> dict[str, int]:
    """Count the responses that were excluded by a rule, by its reason."""
    excluded: dict[str, int] = {}
    for group in groups:
        if group.excluded_reason is not None:
            excluded[group.excluded_reason] = excluded.get(group.excluded_reason, 0) + group.count
    return excluded
