"""Shapes what stands beside the estimates: comparisons, balance, decision support, disclosure."""

from collections.abc import Mapping
from datetime import tzinfo

from analysis.design import Gain
from analysis.disclosure import Question
from analysis.quality.robustness import Crossing
from analysis.weighting.balance import CategoryBalance
from backend.results import schemas, wording
from backend.results.disclosure_words import Speaker, item_name, sentence
from backend.results.labels import category_label
from backend.results.result import SatisfactionResult


def by_line(p_below: Mapping[float, float | None]) -> dict[str, float | None]:
    """Return probabilities by their line as a decimal."""
    return {f"{line:g}": probability for line, probability in p_below.items()}


def shape_differences(result: SatisfactionResult) -> list[schemas.DifferenceOut]:
    """Return each shown district against all others."""
    return [
        schemas.DifferenceOut(
            variable=found.variable,
            category=found.category,
            label=_label(found.variable, found.category, result),
            estimate=found.difference.estimate,
            se=found.difference.se,
            ci=found.difference.interval,
            p_value=found.difference.p_value,
            p_adjusted=found.difference.p_adjusted,
        )
        for found in result.differences
    ]


def shape_without_flagged(result: SatisfactionResult) -> schemas.WithoutFlaggedOut | None:
    """Return the composite without flagged responses."""
    found = result.without_flagged
    if found is None:
        return None
    return schemas.WithoutFlaggedOut(
        flagged=found.flagged,
        n=found.estimate.n,
        estimate=found.estimate.estimate,
        se=found.estimate.se,
        ci=found.estimate.interval,
        verdict=found.verdict.verdict if found.verdict else None,
        verdict_certain=found.verdict.certain if found.verdict else None,
    )


def shape_balance(result: SatisfactionResult) -> schemas.BalanceOut | None:
    """Return sample and population side by side."""
    balance = result.balance
    if balance is None or balance.largest_before is None or balance.largest_after is None:
        return None
    return schemas.BalanceOut(
        largest_before=abs(balance.largest_before.difference),
        largest_after=abs(balance.largest_after.weighted_difference),
        deff_kish=balance.deff_kish,
        categories=[_balance(row, result) for row in balance.categories],
    )


def _balance(row: CategoryBalance, result: SatisfactionResult) -> schemas.BalanceCategoryOut:
    return schemas.BalanceCategoryOut(
        variable=row.variable,
        category=row.category,
        label=_label(row.variable, row.category, result),
        population=row.population_share,
        sample=row.sample_share,
        weighted=row.weighted_share,
        difference=row.difference,
        standardised_difference=row.standardised_difference,
    )


def shape_decision(result: SatisfactionResult) -> schemas.DecisionOut | None:
    """Return decision support, where it was asked for."""
    decision = result.decision
    if decision is None:
        return None
    return schemas.DecisionOut(
        further_responses=schemas.FurtherOut(
            responses=decision.responses,
            gains=[_gain(gain, result) for gain in decision.gains],
        ),
        fake_responses=[_crossing(crossing) for crossing in decision.crossings],
    )


def _gain(gain: Gain, result: SatisfactionResult) -> schemas.GainOut:
    after = gain.after
    return schemas.GainOut(
        variable=gain.variable,
        category=gain.category,
        label=_label(gain.variable, gain.category, result),
        n=gain.n,
        se=after.se if after else None,
        se_saved=gain.se_saved,
        ci=after.interval if after else None,
        n_effective=after.n_effective if after else None,
        p_below=by_line(after.p_below) if after else {},
    )


def _crossing(crossing: Crossing) -> schemas.CrossingOut:
    return schemas.CrossingOut(
        line=crossing.line,
        direction="below" if crossing.goes_below else "to",
        spread=crossing.spread,
        spread_share=crossing.spread_share,
        aimed=crossing.aimed,
        aimed_share=crossing.aimed_share,
    )


def shape_disclosure(result: SatisfactionResult, zone: tzinfo) -> schemas.DisclosureOut:
    """Return the method statement in Simplified Chinese."""
    questionnaire = result.survey.questionnaire
    speaker = Speaker("zh-CN", zone, str, lambda name: wording.variable_name(name, questionnaire))
    return schemas.DisclosureOut(
        statements=[
            schemas.StatementOut(
                item=statement.item,
                name=item_name(statement),
                code=statement.code,
                text=sentence(statement, speaker),
            )
            for statement in result.disclosure.statements
        ],
        unknown=list(result.disclosure.unknown),
        questions=[_question(question) for question in result.disclosure.questions],
    )


def _question(question: Question) -> schemas.QuestionOut:
    return schemas.QuestionOut(
        wording=question.wording.zh,
        rows=[row.zh for row in question.rows],
        choices=[choice.zh for choice in question.choices],
        asked_of_all=not question.shown_if,
    )


def _label(variable: str, category: str, result: SatisfactionResult) -> str:
    return category_label(result.survey.questionnaire, variable, category, "zh-CN")
