"""Shapes a result as the JSON of `schemas.py`; no figure is computed here."""

from dataclasses import asdict
from datetime import datetime, tzinfo
from typing import Any

from analysis.estimation import Estimate
from backend.results import schemas, wording
from backend.results.labels import category_label
from backend.results.plan import CONFIDENCE_LEVEL
from backend.results.result import Domain, ItemResult, MethodResult, SatisfactionResult
from backend.results.shape_decision import (
    by_line,
    shape_balance,
    shape_decision,
    shape_differences,
    shape_disclosure,
    shape_without_flagged,
)
from survey_forms.definition import Questionnaire


def shape_satisfaction(result: SatisfactionResult, zone: tzinfo) -> schemas.SatisfactionOut:
    """Return the JSON shape, times in the zone."""
    questionnaire = result.survey.questionnaire
    collection, summary = result.collection, result.weights.summary
    return schemas.SatisfactionOut(
        item="composite",
        survey=result.survey.slug,
        **_estimate(result.composite),
        domains=[_domain(domain, questionnaire) for domain in result.domains],
        items=[_item(item, questionnaire) for item in result.items],
        rule=_rule(result),
        as_of=result.as_of.astimezone(zone),
        responses=collection.responses,
        excluded=dict(result.excluded),
        simulated=collection.simulated,
        channels=dict(collection.by_channel),
        first_response_at=_local(collection.first_at, zone),
        last_response_at=_local(collection.last_at, zone),
        methods=[_method(method) for method in result.methods],
        weights=schemas.WeightsOut(
            min=summary.minimum, max=summary.maximum, mean=summary.mean, cv=summary.cv
        ),
        margins=_margins(result),
        differences=shape_differences(result),
        by_channel=[_channel(domain) for domain in result.channels],
        without_flagged=shape_without_flagged(result),
        balance=shape_balance(result),
        decision=shape_decision(result),
        methodology=_methodology(result, zone),
        warnings=[wording.caution_text(caution, questionnaire) for caution in result.cautions],
        converged=result.weights.converged,
        iterations=result.weights.iterations,
    )


def _estimate(estimate: Estimate) -> dict[str, Any]:
    return {
        "n": estimate.n,
        "estimate": estimate.estimate,
        "se": estimate.se,
        "ci": estimate.interval,
        "deff_kish": estimate.deff_kish,
        "n_effective": estimate.n_effective,
        "p_below": by_line(estimate.p_below),
    }


def _channel(domain: Domain) -> schemas.DomainOut:
    """A channel that an operator made up is called as it is."""
    return _labelled(domain, wording.CHANNELS.get(domain.category, domain.category))


def _domain(domain: Domain, questionnaire: Questionnaire) -> schemas.DomainOut:
    label = category_label(questionnaire, domain.variable, domain.category, "zh-CN")
    return _labelled(domain, label)


def _labelled(domain: Domain, label: str) -> schemas.DomainOut:
    shown = domain.estimate
    return schemas.DomainOut(
        variable=domain.variable,
        category=domain.category,
        label=label,
        n=domain.n,
        estimate=shown.estimate if shown else None,
        se=shown.se if shown else None,
        ci=shown.interval if shown else None,
        suppressed=domain.suppressed,
    )


def _item(item: ItemResult, questionnaire: Questionnaire) -> schemas.ItemOut:
    reaction = item.reaction
    return schemas.ItemOut(
        item=item.measure.key,
        label=item.measure.label.in_language("zh-CN"),
        item_weight=item.measure.weight,
        **_estimate(item.estimate),
        not_applicable=reaction.not_applicable_share,
        no_answer=reaction.no_answer_share,
        domains=[_domain(domain, questionnaire) for domain in item.domains],
    )


def _rule(result: SatisfactionResult) -> schemas.RuleOut | None:
    if result.rule is None:
        return None
    verdict = result.verdict
    return schemas.RuleOut(
        verdict=verdict.verdict if verdict else None,
        verdict_certain=verdict.certain if verdict else None,
        p_below=by_line(result.composite.p_below),
        points_deducted=verdict.points if verdict else None,
        source=schemas.RuleSourceOut(**asdict(result.rule.source)),
    )


def _method(method: MethodResult) -> schemas.MethodOut:
    return schemas.MethodOut(
        method=method.method,
        name=wording.METHODS[method.method],
        official=method.is_official,
        estimate=method.estimate.estimate,
        se=method.estimate.se,
        ci=method.estimate.interval,
        p_below=by_line(method.estimate.p_below),
        unweighted=method.unweighted.estimate,
        verdict=method.verdict.verdict if method.verdict else None,
        verdict_certain=method.verdict.certain if method.verdict else None,
    )


def _margins(result: SatisfactionResult) -> list[schemas.MarginOut]:
    return [
        schemas.MarginOut(
            variable=fit.variable,
            category=fit.category,
            label=category_label(result.survey.questionnaire, fit.variable, fit.category, "zh-CN"),
            population=fit.population,
            weighted=fit.weighted,
            respondents=fit.respondents,
        )
        for fit in result.weights.margins
    ]


def _methodology(result: SatisfactionResult, zone: tzinfo) -> schemas.MethodologyOut:
    method = "rake" if result.margins else "none"
    source = result.margins_source
    return schemas.MethodologyOut(
        method=result.official_method,
        name=wording.METHODS[result.official_method],
        weighting=schemas.WeightingOut(
            method=method,
            description=wording.WEIGHTING[method],
            variables=list(result.variables),
            margins=result.margins,
            source=source.zh if source else None,
        ),
        variance=wording.VARIANCE[method],
        interval=schemas.IntervalOut(
            name=wording.INTERVAL_NAME,
            kind=wording.INTERVAL_KIND,
            confidence_level=CONFIDENCE_LEVEL,
        ),
        item_nonresponse=wording.ITEM_NONRESPONSE,
        participation=wording.SELF_SELECTED,
        small_domains=wording.SMALL_DOMAINS,
        disclosure=shape_disclosure(result, zone),
    )


def _local(at: datetime | None, zone: tzinfo) -> datetime | None:
    return at.astimezone(zone) if at else None
