"""How ratings print figures: points, shares in per cent, bounds with their units."""

from analysis.rating.gap import OpenCriterion
from analysis.rating.standard import LeveledIndicator, Measure
from backend.ratings.wording import Translate, number_text

OPERATOR_WORDS = {
    "at_least": "不低于 {bound}",
    "above": "高于 {bound}",
    "below": "低于 {bound}",
    "at_most": "不高于 {bound}",
}
ATTEST = "需认定：{name}"
WANTED = "{name}：{bound}（现为 {figure}）"
UNKNOWN = "未填"


def points_text(points: float | None) -> str:
    """Return points, such as 1.5; a dash where the document gives none."""
    return "–" if points is None else number_text(round(points, 6))


def percent_text(share: float, digits: int = 2) -> str:
    """Return a share in per cent, such as 70.12%."""
    return f"{share * 100:.{digits}f}%"


def unit_text(measure: Measure) -> str:
    """Return the unit in which a figure is typed: shares, ratios and changes in per cent."""
    return "%" if measure.kind in ("share", "change", "ratio") else measure.unit or ""


def figure_text(measure: Measure, figure: float) -> str:
    """Return a figure with its unit; shares and changes in per cent."""
    if measure.kind in ("share", "change", "ratio"):
        return f"{number_text(round(figure * 100, 6))}%"
    return f"{number_text(figure)} {measure.unit or ''}".rstrip()


def open_text(indicator: LeveledIndicator, criterion: OpenCriterion, translate: Translate) -> str:
    """Return what a criterion still wants, beside what there is."""
    if criterion.operator is None or criterion.bound is None:
        name = indicator.conditions[criterion.name].name
        return translate(ATTEST).format(name=name)
    measure = indicator.measures[criterion.name]
    bound = translate(OPERATOR_WORDS[criterion.operator]).format(
        bound=figure_text(measure, criterion.bound)
    )
    figure = (
        translate(UNKNOWN)
        if criterion.figure is None
        else figure_text(measure, float(criterion.figure))
    )
    return translate(WANTED).format(name=measure.name, bound=bound, figure=figure)
