"""How ratings print points, shares in per cent, and what a criterion still wants."""

from analysis.rating.gap import OpenCriterion
from analysis.rating.standard import LeveledIndicator
from backend.ratings.forms.numbers import shown_figure
from backend.ratings.wording import OPERATOR_WORDS, Translate, number_text

ATTEST = "需认定：{name}"
WANTED = "{name}：{bound}（现为 {figure}）"
UNKNOWN = "未填"


def points_text(points: float | None) -> str:
    """Return points, such as 1.5; a dash where the document gives none."""
    return "–" if points is None else number_text(round(points, 6))


def percent_text(share: float, digits: int = 2) -> str:
    """Return a share in per cent, such as 70.12%."""
    return f"{share * 100:.{digits}f}%"


def open_text(indicator: LeveledIndicator, criterion: OpenCriterion, translate: Translate) -> str:
    """Return what a criterion still wants, beside what there is."""
    if criterion.operator is None or criterion.bound is None:
        name = indicator.conditions[criterion.name].name
        return translate(ATTEST).format(name=name)
    measure = indicator.measures[criterion.name]
    bound = translate(OPERATOR_WORDS[criterion.operator]).format(
        bound=shown_figure(measure, criterion.bound)
    )
    figure = (
        translate(UNKNOWN)
        if criterion.figure is None
        else shown_figure(measure, float(criterion.figure))
    )
    return translate(WANTED).format(name=measure.name, bound=bound, figure=figure)
