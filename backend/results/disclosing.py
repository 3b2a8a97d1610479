"""Collects what a survey's questionnaire and responses say for the method statement. Pure."""

from collections.abc import Iterable, Sequence

from analysis.disclosure import (
    Disclosure,
    IntervalFacts,
    Question,
    SurveyFacts,
    WeightingFacts,
    disclose,
)
from analysis.estimation import Estimate
from analysis.margins import BilingualText, Margins
from analysis.weighting import Weights
from backend.results.plan import CONFIDENCE_LEVEL, INTERVAL, EstimationPlan
from backend.results.result import Collection, ItemResult
from survey_forms.definition import Item, Questionnaire
from survey_forms.items import DivisionItem, MatrixItem, ScaleItem, SingleItem
from survey_forms.texts import Text


def disclose_survey(
    plan: EstimationPlan,
    questionnaire: Questionnaire,
    collection: Collection,
    excluded: dict[str, int],
    estimate: Estimate,
    items: Sequence[ItemResult],
    margins: Margins | None,
    weights: Weights,
) -> Disclosure:
    """Return the method statement of a result.

    Anybody who has the link may answer, so respondents select themselves and nobody knows how
    many were invited. Who carried the survey out for the organiser is not declared anywhere, and
    is said to be unknown.
    """
    weighting = None
    if margins is not None:
        weighting = WeightingFacts(
            method=weights.method,
            variables=plan.variables,
            source=margins.source,
            deff_kish=estimate.deff_kish,
            n_effective=estimate.n_effective,
        )
    by_channel = sorted(collection.by_channel.items(), key=lambda entry: -entry[1])
    return disclose(
        SurveyFacts(
            sponsor=_bilingual(questionnaire.organiser),
            conductor=None,
            population=margins.source if margins else None,
            frame=None,
            is_probability_sample=False,
            modes=tuple(channel for channel, _ in by_channel),
            first_at=collection.first_at,
            last_at=collection.last_at,
            received=collection.responses,
            used=estimate.n,
            excluded=excluded,
            invited=None,
            weighting=weighting,
            interval=IntervalFacts(INTERVAL, CONFIDENCE_LEVEL),
            questions=tuple(_question(item) for item in _asked(plan, questionnaire)),
            no_answer=_range(item.reaction.no_answer_share for item in items),
            not_applicable=_range(item.reaction.not_applicable_share for item in items),
            quality_rules=_quality_rules(questionnaire),
            simulated=collection.simulated,
        )
    )


def _asked(plan: EstimationPlan, questionnaire: Questionnaire) -> list[Item]:
    """Return the items that are estimated or weighted by, in the questionnaire's order."""
    wanted = {measure.item for measure in plan.measures} | set(plan.variables)
    return [item for item in questionnaire.items if item.key in wanted]


def _question(item: Item) -> Question:
    rows: tuple[Text, ...] = ()
    choices: tuple[Text, ...] = ()
    if isinstance(item, ScaleItem | MatrixItem):
        choices = tuple(option.label for option in item.options())
    if isinstance(item, MatrixItem):
        rows = tuple(row.label for row in item.rows)
    if isinstance(item, SingleItem):
        choices = tuple(choice.label for choice in item.choices)
    names = _division_names(item) if isinstance(item, DivisionItem) else ()
    return Question(
        wording=_bilingual(item.title),
        rows=tuple(_bilingual(row) for row in rows),
        choices=(*(_bilingual(choice) for choice in choices), *names),
        shown_if=item.show_if is not None,
    )


def _division_names(item: DivisionItem) -> tuple[BilingualText, ...]:
    """Return the counties to choose from; names are Chinese in every language."""
    return tuple(BilingualText(county.name, county.name) for county in item.divisions.counties)


def _quality_rules(questionnaire: Questionnaire) -> tuple[str, ...]:
    quality = questionnaire.quality
    if quality is None:
        return ()
    return tuple(name for name in type(quality).model_fields if getattr(quality, name))


def _range(shares: Iterable[float | None]) -> tuple[float, float] | None:
    known = [share for share in shares if share is not None]
    return (min(known), max(known)) if known else None


def _bilingual(text: Text) -> BilingualText:
    return BilingualText(text.in_language("zh-CN"), text.in_language("en"))
