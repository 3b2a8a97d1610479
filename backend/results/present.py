"""Makes the evaluator's page of a result: figures written, words in the reader's language.

No figure is computed here that is not a difference or a share of two others.
"""

from collections.abc import Mapping
from itertools import groupby

from backend.results import figures, wording
from backend.results.chart_rows import TOO_FEW
from backend.results.disclosure_words import Speaker, question_lines, sentences
from backend.results.labels import category_label
from backend.results.present_decision import (
    balance_summary,
    channel_rows,
    chart_images,
    difference_cells,
    fake_sentences,
    flagged_rows,
    gain_table,
)
from backend.results.reader import Reader
from backend.results.result import Domain, ItemResult, MethodResult, SatisfactionResult
from backend.results.views import (
    DifferenceCell,
    DisclosureSection,
    DomainRow,
    Fact,
    Headline,
    ItemGroup,
    ItemRow,
    MarginRow,
    MarginTable,
    MethodRow,
    ResultsPage,
    VerdictCard,
)

TONES = {"no_deduction": "good", "deduct_10": "warn", "void": "bad"}


def results_page(result: SatisfactionResult, reader: Reader) -> ResultsPage:
    """Prepare the page of a result."""
    collection, questionnaire = result.collection, result.survey.questionnaire
    cautions = [
        (
            caution.code,
            wording.caution_text(caution, questionnaire, reader.language, reader.translate),
        )
        for caution in result.cautions
    ]
    return ResultsPage(
        title=questionnaire.title.in_language(reader.language),
        slug=result.survey.slug,
        responses=figures.number(collection.responses),
        used=figures.number(result.composite.n),
        as_of=reader.time(result.as_of),
        is_weighted=result.margins is not None,
        simulated=next((text for code, text in cautions if code == "simulated"), None),
        has_rule=result.rule is not None,
        headline=_headline(result, reader),
        verdict=_verdict(result, reader),
        precision=_precision(result, reader),
        cautions=tuple(text for code, text in cautions if code != "simulated"),
        methods=tuple(_method(method, reader) for method in result.methods),
        items=_items(result, reader),
        domains=_domains(result, reader),
        margins=_margins(result, reader),
        channels=_counts(collection.by_channel, wording.CHANNELS, reader),
        exclusions=_counts(result.excluded, wording.EXCLUSIONS, reader),
        collected=f"{reader.time(collection.first_at)} – {reader.time(collection.last_at)}",
        methodology=_methodology(result, reader),
        charts=chart_images(result, reader),
        fakes=fake_sentences(result, reader),
        gains=gain_table(result, reader),
        by_channel=channel_rows(result.channels, reader),
        flagged=flagged_rows(result, result.without_flagged, reader),
        balance=balance_summary(result, reader),
        disclosure=_disclosure(result, reader),
    )


def _lines(result: SatisfactionResult) -> tuple[float, ...]:
    rule = result.rule
    return () if rule is None else (rule.void_below, rule.deduct_below)


def _headline(result: SatisfactionResult, reader: Reader) -> Headline | None:
    estimate = result.composite
    bar = figures.bar(estimate, _lines(result))
    if bar is None or estimate.estimate is None:
        return None
    unweighted = next(m.unweighted for m in result.methods if m.is_official).estimate
    translate = reader.translate
    return Headline(
        value=figures.percent(estimate.estimate, 2),
        interval_name=translate(wording.INTERVAL_TITLE),
        interval=figures.interval(estimate, 2),
        bar=bar,
        legend=translate(wording.LEGEND if result.rule else wording.LEGEND_WITHOUT_RULE).format(
            lines=" / ".join(f"{line:.0%}" for line in _lines(result))
        ),
        unweighted=figures.percent(unweighted, 2),
        difference=figures.points(
            None if unweighted is None else estimate.estimate - unweighted, 2
        ),
    )


def _verdict(result: SatisfactionResult, reader: Reader) -> VerdictCard | None:
    rule, verdict, estimate = result.rule, result.verdict, result.composite
    if rule is None or verdict is None:
        return None
    translate = reader.translate
    return VerdictCard(
        tone=TONES[verdict.verdict] if verdict.certain else "warn",
        verdict=translate(wording.VERDICTS[verdict.verdict]),
        verdict_in_full=wording.verdict_text(
            verdict, rule, estimate, result.weights.converged, translate
        ),
        is_certain=verdict.certain,
        probabilities=tuple(
            Fact(
                translate(wording.P_BELOW).format(line=f"{line:.0%}"),
                figures.probability(estimate.p_below[line]),
            )
            for line in reversed(_lines(result))
        ),
    )


def _precision(result: SatisfactionResult, reader: Reader) -> tuple[Fact, ...]:
    estimate, summary = result.composite, result.weights.summary
    shown = {
        "标准误（百分点）": figures.MISSING
        if estimate.se is None
        else figures.number(100 * estimate.se, 2),
    }
    if result.margins is not None:
        shown |= {
            "有效样本量": figures.number(estimate.n_effective),
            "加权设计效应（Kish）": figures.number(estimate.deff_kish, 2),
            "权数变异系数": figures.number(summary.cv, 2),
        }
    return tuple(Fact(reader.translate(name), value) for name, value in shown.items())


def _method(method: MethodResult, reader: Reader) -> MethodRow:
    verdict = method.verdict
    return MethodRow(
        name=reader.translate(wording.METHODS[method.method]),
        is_official=method.is_official,
        value=figures.percent(method.estimate.estimate, 2),
        interval=figures.interval(method.estimate, 2),
        unweighted=figures.percent(method.unweighted.estimate, 2),
        tone=TONES[verdict.verdict] if verdict else "",
        verdict=reader.translate(wording.VERDICTS[verdict.verdict]) if verdict else figures.MISSING,
        is_certain=verdict is not None and verdict.certain,
    )


def _items(result: SatisfactionResult, reader: Reader) -> tuple[ItemGroup, ...]:
    satisfaction = result.survey.questionnaire.satisfaction
    dimensions = {d.key: d for d in satisfaction.dimensions} if satisfaction else {}
    groups = []
    for key, items in groupby(result.items, key=lambda item: item.measure.dimension):
        dimension = dimensions.get(key or "")
        groups.append(
            ItemGroup(
                title=dimension.title.in_language(reader.language)
                if dimension
                else reader.translate("不计入综合满意度"),
                weight=figures.percent(dimension.weight, 0) if dimension else None,
                rows=tuple(_item(item, reader) for item in items),
            )
        )
    return tuple(groups)


def _item(item: ItemResult, reader: Reader) -> ItemRow:
    return ItemRow(
        label=item.measure.label.in_language(reader.language),
        n=figures.number(item.estimate.n),
        value=figures.percent(item.estimate.estimate),
        interval=figures.interval(item.estimate),
        not_applicable=figures.percent(item.reaction.not_applicable_share),
        no_answer=figures.percent(item.reaction.no_answer_share),
    )


def _domains(result: SatisfactionResult, reader: Reader) -> tuple[DomainRow, ...]:
    differences = difference_cells(result.differences)
    return tuple(
        _domain(domain, differences.get((domain.variable, domain.category)), result, reader)
        for domain in result.domains
    )


def _domain(
    domain: Domain, difference: DifferenceCell | None, result: SatisfactionResult, reader: Reader
) -> DomainRow:
    shown = domain.estimate
    questionnaire = result.survey.questionnaire
    return DomainRow(
        label=category_label(questionnaire, domain.variable, domain.category, reader.language),
        n=figures.number(domain.n),
        suppressed=shown is None,
        value=figures.percent(shown.estimate) if shown else reader.translate(TOO_FEW),
        interval=figures.interval(shown) if shown else figures.MISSING,
        difference=difference,
    )


def _disclosure(result: SatisfactionResult, reader: Reader) -> DisclosureSection:
    questionnaire = result.survey.questionnaire
    speaker = Speaker(
        reader.language,
        reader.zone,
        reader.translate,
        lambda name: wording.variable_name(name, questionnaire, reader.language, reader.translate),
    )
    return DisclosureSection(
        statements=tuple(Fact(*said) for said in sentences(result.disclosure, speaker)),
        questions=tuple(
            question_lines(question, speaker) for question in result.disclosure.questions
        ),
    )


def _margins(result: SatisfactionResult, reader: Reader) -> tuple[MarginTable, ...]:
    questionnaire, tables = result.survey.questionnaire, []
    for variable, found in groupby(result.weights.margins, key=lambda fit: fit.variable):
        fits = list(found)
        population = sum(fit.population for fit in fits)
        respondents = sum(fit.respondents for fit in fits)
        weighted = sum(fit.weighted for fit in fits)
        rows = tuple(
            MarginRow(
                label=category_label(questionnaire, variable, fit.category, reader.language),
                respondents=figures.number(fit.respondents),
                population_share=figures.percent(fit.population / population),
                respondents_share=figures.percent(fit.respondents / respondents),
                weighted_share=figures.percent(fit.weighted / weighted),
                difference=figures.points(
                    fit.respondents / respondents - fit.population / population
                ),
            )
            for fit in fits
        )
        name = wording.variable_name(variable, questionnaire, reader.language, reader.translate)
        tables.append(MarginTable(name, rows))
    return tuple(tables)


def _counts(
    counts: Mapping[str, int], words: Mapping[str, str], reader: Reader
) -> tuple[Fact, ...]:
    """Name what was counted; what has no word (an operator's own channel) stays as it is."""
    return tuple(
        Fact(reader.translate(words[code]) if code in words else code, figures.number(count))
        for code, count in sorted(counts.items(), key=lambda entry: -entry[1])
    )


def _methodology(result: SatisfactionResult, reader: Reader) -> tuple[Fact, ...]:
    translate = reader.translate
    weighting = "rake" if result.margins else "none"
    stated = [
        ("正式算法", wording.METHODS[result.official_method]),
        ("加权", wording.WEIGHTING[weighting]),
        ("方差", wording.VARIANCE[weighting]),
        ("区间", wording.INTERVAL_IN_FULL),
        ("未作答", wording.ITEM_NONRESPONSE),
        ("参与方式", wording.SELF_SELECTED),
        ("小样本", wording.SMALL_DOMAINS),
    ]
    facts = [Fact(translate(name), translate(text)) for name, text in stated]
    if result.margins_source:
        source = result.margins_source
        text = source.en if reader.language == "en" else source.zh
        facts.insert(2, Fact(translate("人口数据来源"), text))
    if result.rule is None:
        return (*facts, Fact(translate("评分规则"), translate(wording.NO_RULE)))
    rule = result.rule.source
    text = f"《{rule.title}》（{rule.document}），{rule.table} {rule.row}：{rule.text}"
    return (*facts, Fact(translate("评分规则来源"), text))
