"""Which charts a result has, and their rows in the reader's words; drawing is `charts.py`'s."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from analysis.estimation import Estimate
from backend.results import figures, wording
from backend.results.charts import Chart, Row
from backend.results.labels import category_label
from backend.results.plan import CONFIDENCE_LEVEL
from backend.results.reader import Reader
from backend.results.result import SatisfactionResult

NOTHING_TO_SHOW = "还没有可以计算满意度的答卷。"
KEY_OF_ESTIMATES = "● 满意度和 {level} 区间"
KEY_OF_WHOLE = "┃ 全体 {value}"
KEY_OF_STRUCTURE = "● 答卷　◇ 人口"
TOO_FEW = "样本太少"


def districts_chart(result: SatisfactionResult, reader: Reader) -> Chart:
    """Return the satisfaction of each district beside that of the whole."""
    questionnaire = result.survey.questionnaire
    rows = []
    for domain in result.domains:
        label = category_label(questionnaire, domain.variable, domain.category, reader.language)
        if domain.estimate is None:
            rows.append(Row(label, reader.translate(TOO_FEW)))
        else:
            rows.append(_row(label, domain.estimate))
    return _estimates(tuple(rows), result, reader)


def items_chart(result: SatisfactionResult, reader: Reader) -> Chart:
    """Return the satisfaction with each item beside the composite."""
    rows = tuple(
        _row(item.measure.label.in_language(reader.language), item.estimate)
        for item in result.items
    )
    return _estimates(rows, result, reader)


def structure_chart(result: SatisfactionResult, reader: Reader) -> Chart:
    """Return the share of each population category among the respondents and the people."""
    questionnaire, rows = result.survey.questionnaire, []
    categories = result.balance.categories if result.balance else ()
    variable = ""
    for row in categories:
        if row.variable != variable:
            variable = row.variable
            rows.append(
                Row(
                    wording.variable_name(
                        variable, questionnaire, reader.language, reader.translate
                    ),
                    is_heading=True,
                )
            )
        rows.append(
            Row(
                category_label(questionnaire, variable, row.category, reader.language),
                f"{figures.percent(row.sample_share)} / {figures.percent(row.population_share)}",
                row.sample_share,
                other=row.population_share,
            )
        )
    return Chart(
        tuple(rows), reader.translate(NOTHING_TO_SHOW), key=reader.translate(KEY_OF_STRUCTURE)
    )


CHARTS: Mapping[str, Callable[[SatisfactionResult, Reader], Chart]] = MappingProxyType(
    {"districts": districts_chart, "items": items_chart, "structure": structure_chart}
)


def _estimates(rows: tuple[Row, ...], result: SatisfactionResult, reader: Reader) -> Chart:
    rule, composite = result.rule, result.composite
    level = f"{CONFIDENCE_LEVEL:.0%}"
    key = [reader.translate(KEY_OF_ESTIMATES).format(level=level)]
    if composite.estimate is not None:
        whole = figures.percent(composite.estimate)
        key.append(reader.translate(KEY_OF_WHOLE).format(value=whole))
    return Chart(
        rows,
        reader.translate(NOTHING_TO_SHOW),
        key="  ".join(key),
        lines=(rule.void_below, rule.deduct_below) if rule else (),
        whole=_row("", composite) if composite.estimate is not None else None,
    )


def _row(label: str, estimate: Estimate) -> Row:
    return Row(label, figures.percent(estimate.estimate), estimate.estimate, estimate.interval)
