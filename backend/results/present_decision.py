"""Makes the parts of the evaluator's page on how firm a result is: figures and words."""

from collections.abc import Sequence

from analysis.design import Gain
from analysis.estimation import Estimate
from analysis.quality.robustness import Crossing
from analysis.rating.survey_rule import SurveyVerdict
from analysis.weighting.balance import CategoryBalance
from backend.results import decision_words as words
from backend.results import figures, wording
from backend.results.chart_rows import TOO_FEW
from backend.results.labels import category_label
from backend.results.reader import Reader
from backend.results.result import Domain, DomainDifference, SatisfactionResult, WithoutFlagged
from backend.results.views import (
    BalanceSummary,
    ChannelRow,
    ChartImage,
    DifferenceCell,
    FlaggedRow,
    GainRow,
    GainTable,
)

# How many categories stand in sight; the rest opens below.
GAINS_SHOWN = 5
SIGNIFICANT = 0.05


def fake_sentences(result: SatisfactionResult, reader: Reader) -> tuple[str, ...]:
    """Say for each line how many fake responses would carry the estimate over it."""
    crossings = result.decision.crossings if result.decision else ()
    return tuple(_fakes(crossing, reader) for crossing in crossings)


def _fakes(crossing: Crossing, reader: Reader) -> str:
    line = f"{crossing.line:.0%}"
    if crossing.spread is None or crossing.aimed is None:
        return reader.translate(words.FAKES_UNKNOWN).format(line=line)
    template = words.FAKES_BELOW if crossing.goes_below else words.FAKES_ABOVE
    return reader.translate(template).format(
        line=line,
        spread=figures.number(crossing.spread),
        spread_share=figures.percent(crossing.spread_share),
        aimed=figures.number(crossing.aimed),
        aimed_share=figures.percent(crossing.aimed_share),
    )


def gain_table(result: SatisfactionResult, reader: Reader) -> GainTable | None:
    """Return what further responses of each category would buy; None where nothing is known."""
    decision = result.decision
    if decision is None or not decision.gains:
        return None
    rows = [_gain(gain, result, reader) for gain in decision.gains]
    return GainTable(
        responses=figures.number(decision.responses),
        now=_gain_row(
            reader.translate(words.EVERYBODY_NOW),
            result.composite.n,
            result.composite,
            figures.MISSING,
            reader,
        ),
        first=tuple(rows[:GAINS_SHOWN]),
        others=tuple(rows[GAINS_SHOWN:]),
    )


def _gain(gain: Gain, result: SatisfactionResult, reader: Reader) -> GainRow:
    questionnaire = result.survey.questionnaire
    variable = wording.variable_name(
        gain.variable, questionnaire, reader.language, reader.translate
    )
    category = category_label(questionnaire, gain.variable, gain.category, reader.language)
    saved = None if gain.se_saved is None else -gain.se_saved
    return _gain_row(
        f"{variable}：{category}" if reader.language != "en" else f"{variable}: {category}",
        gain.n,
        gain.after,
        figures.points(saved, 3),
        reader,
    )


def _gain_row(label: str, n: int, after: Estimate | None, saved: str, reader: Reader) -> GainRow:
    width = None
    if after is not None and after.interval is not None:
        low, high = after.interval
        width = (high - low) / 2.0
    return GainRow(
        label=label,
        n=figures.number(n),
        half_width=figures.MISSING if width is None else f"±{100 * width:.2f}",
        saved=saved if after is not None else reader.translate(words.NOBODY_YET),
        n_effective=figures.number(after.n_effective if after else None),
    )


def difference_cells(
    differences: Sequence[DomainDifference],
) -> dict[tuple[str, str], DifferenceCell]:
    """Return by variable and category how far it is from the others."""
    return {(found.variable, found.category): _difference(found) for found in differences}


def _difference(found: DomainDifference) -> DifferenceCell:
    difference = found.difference
    interval = figures.MISSING
    if difference.interval is not None:
        interval = " – ".join(figures.points(limit) for limit in difference.interval)
    is_different = difference.p_adjusted is not None and difference.p_adjusted < SIGNIFICANT
    return DifferenceCell(
        value=figures.points(difference.estimate),
        interval=interval,
        is_different=is_different,
    )


def channel_rows(channels: Sequence[Domain], reader: Reader) -> tuple[ChannelRow, ...]:
    """Return the composite by channel; none when all came the same way."""
    if len(channels) < 2:
        return ()
    return tuple(
        ChannelRow(
            label=reader.translate(wording.CHANNELS[domain.category])
            if domain.category in wording.CHANNELS
            else domain.category,
            n=figures.number(domain.n),
            value=figures.percent(domain.estimate.estimate)
            if domain.estimate
            else reader.translate(TOO_FEW),
            interval=figures.interval(domain.estimate) if domain.estimate else figures.MISSING,
        )
        for domain in channels
    )


def flagged_rows(
    result: SatisfactionResult, found: WithoutFlagged | None, reader: Reader
) -> tuple[FlaggedRow, ...]:
    """Return the composite with and without flagged responses; none when nothing is flagged."""
    if found is None:
        return ()
    verdict, other = result.verdict, found.verdict
    return (
        _flagged(reader.translate("全部答卷"), result.composite, verdict, reader),
        _flagged(reader.translate("不含被标记的答卷"), found.estimate, other, reader),
    )


def _flagged(
    label: str, estimate: Estimate, verdict: SurveyVerdict | None, reader: Reader
) -> FlaggedRow:
    return FlaggedRow(
        label=label,
        n=figures.number(estimate.n),
        value=figures.percent(estimate.estimate, 2),
        interval=figures.interval(estimate, 2),
        verdict=reader.translate(wording.VERDICTS[verdict.verdict]) if verdict else figures.MISSING,
    )


def balance_summary(result: SatisfactionResult, reader: Reader) -> BalanceSummary | None:
    """Return the largest gaps before and after weighting, and what closing them costs."""
    balance = result.balance
    if balance is None or balance.largest_before is None or balance.largest_after is None:
        return None
    after = balance.largest_after
    return BalanceSummary(
        before=_gap(balance.largest_before, balance.largest_before.difference, result, reader),
        after=_gap(after, after.weighted_difference, result, reader),
        deff=figures.number(balance.deff_kish, 2),
    )


def _gap(
    row: CategoryBalance, difference: float, result: SatisfactionResult, reader: Reader
) -> str:
    questionnaire = result.survey.questionnaire
    return reader.translate(words.LARGEST_GAP).format(
        variable=wording.variable_name(
            row.variable, questionnaire, reader.language, reader.translate
        ),
        category=category_label(questionnaire, row.variable, row.category, reader.language),
        difference=figures.points(difference),
    )


def chart_images(result: SatisfactionResult, reader: Reader) -> dict[str, ChartImage]:
    """Return the picture of each chart that the result has, with what it shows in words."""
    if result.composite.estimate is None:
        return {}
    base = f"/staff/surveys/{result.survey.slug}/results"
    found = {"items": _range_alt(words.ITEMS_ALT, _items(result, reader), result, reader)}
    shown = _districts(result, reader)
    if shown:
        found["districts"] = _range_alt(words.DISTRICTS_ALT, shown, result, reader)
    summary = balance_summary(result, reader)
    if summary is not None:
        found["structure"] = reader.translate(words.STRUCTURE_ALT).format(largest=summary.before)
    return {
        name: ChartImage(f"{base}/{name}.svg?lang={reader.language}", alt)
        for name, alt in found.items()
    }


def _items(result: SatisfactionResult, reader: Reader) -> list[tuple[float, str]]:
    return [
        (item.estimate.estimate, item.measure.label.in_language(reader.language))
        for item in result.items
        if item.estimate.estimate is not None
    ]


def _districts(result: SatisfactionResult, reader: Reader) -> list[tuple[float, str]]:
    questionnaire = result.survey.questionnaire
    return [
        (
            domain.estimate.estimate,
            category_label(questionnaire, domain.variable, domain.category, reader.language),
        )
        for domain in result.domains
        if domain.estimate is not None and domain.estimate.estimate is not None
    ]


def _range_alt(
    template: str, shown: list[tuple[float, str]], result: SatisfactionResult, reader: Reader
) -> str:
    if not shown:
        return reader.translate(words.EMPTY_ALT)
    lowest, highest = min(shown), max(shown)
    return reader.translate(template).format(
        whole=figures.percent(result.composite.estimate),
        highest=f"{highest[1]} {figures.percent(highest[0])}",
        lowest=f"{lowest[1]} {figures.percent(lowest[0])}",
    )
