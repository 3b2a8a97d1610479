"""The layout of the workbook: its sheets, columns and fixed words, for export and import alike.

The workbook is a document like the official table that it follows: Chinese in every language, so
nothing here is a message of the catalogue.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.rating.standard import LeveledIndicator, Measure, MeasureKind, Quantity
from backend.ratings.forms.numbers import is_in_per_cent

TABLE_SHEET = "指标任务分工"
DATA_SHEET = "指标数据"
GUIDE_SHEET = "填写说明"
# Beside this label stands the round's address, so that a file of another round is recognised.
ROUND_LABEL = "评价轮次编号"

NUMBER, INDICATOR, ITEM, KEY, HOW = "序号", "指标名称", "数据项", "代码", "单位/填写方式"
VALUE, NUMERATOR, DENOMINATOR, REVISION = "数值", "分子", "分母", "修订号"
DATA_COLUMNS = (
    NUMBER,
    INDICATOR,
    ITEM,
    KEY,
    HOW,
    VALUE,
    NUMERATOR,
    DENOMINATOR,
    REVISION,
)
YES, NO = "是", "否"

_HOW: dict[MeasureKind, str] = {
    "share": "百分比（0%～100%）",
    "ratio": "百分比（可以超过 100%）",
    "change": "百分比（下降填负数）",
    "count": "整数",
    "quantity": "数值",
    "rank": "名次（整数，1 为最好）",
}


@dataclass(frozen=True)
class DataLine:
    """One line of the data sheet: a measure that is entered, or a condition (`measure` None)."""

    indicator: LeveledIndicator
    key: str
    name: str
    measure: Measure | None

    @property
    def has_sides(self) -> bool:
        """Whether it may be entered by numerator and denominator."""
        return self.measure is not None and self.measure.numerator is not None

    @property
    def is_percent(self) -> bool:
        """Whether its figure is written in per cent."""
        return self.measure is not None and is_in_per_cent(self.measure)

    @property
    def how(self) -> str:
        """How it is to be filled in, with unit and both sides."""
        if self.measure is None:
            return f"{YES}/{NO}"
        how = _HOW[self.measure.kind]
        lines = [f"{how}，单位：{self.measure.unit}" if self.measure.unit else how]
        if self.measure.numerator and self.measure.denominator:
            lines += [
                f"分子：{_quantity(self.measure.numerator)}",
                f"分母：{_quantity(self.measure.denominator)}",
            ]
        if self.measure.note:
            lines.append(self.measure.note)
        return "\n".join(lines)


def data_lines(indicator: LeveledIndicator) -> Iterator[DataLine]:
    """Return what can be entered for an indicator; weighted averages follow from their parts."""
    for key, measure in indicator.measures.items():
        if measure.weights is None:
            yield DataLine(indicator, key, measure.name, measure)
    for key, condition in indicator.conditions.items():
        yield DataLine(indicator, key, condition.name, None)


def _quantity(side: Quantity) -> str:
    return f"{side.name}（{side.unit}）"
