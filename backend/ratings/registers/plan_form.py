"""Reads the form of a target's figure. Shares and ratios are typed in per cent, as plans have them,
and kept as shares.
"""

from collections.abc import Mapping
from datetime import date

from analysis.rating.plan import Target
from analysis.rating.standard import Measure
from backend.ratings.forms.typed import TypedForm
from backend.ratings.registers.plan_service import TargetFigure

FIGURE_MISSING = "请填写完成值。"
NOT_A_SHARE = "比例应在 0 至 100% 之间。"
NOT_NEGATIVE = "不能小于 0。"
NOT_WHOLE = "应为整数。"
NOT_A_RANK = "名次应为不小于 1 的整数。"
PROMISED_BEFORE = "预计完成日期不能早于数据日期 {measured_on}。"


def read_figure(typed: Mapping[str, str], target: Target, today: date) -> TargetFigure:
    """Return what was typed.

    Raises
    ------
    Invalid
        Naming every bad field: a figure that is none or cannot be, a date after today, a promise
        for a day before the figure's, a note that is too long.
    """
    form = TypedForm(typed)
    measured_on = form.day("measured_on", today)
    will_meet_on = form.optional_day("will_meet_on")
    if will_meet_on is not None and will_meet_on < measured_on:
        form.refuse("will_meet_on", PROMISED_BEFORE, measured_on=measured_on)
    figure = TargetFigure(
        figure=_figure(form, target),
        measured_on=measured_on,
        will_meet_on=will_meet_on,
        note=form.text("note", 2000),
    )
    form.settle()
    return figure


def measure_of(target: Target) -> Measure:
    """Return what a target's figures measure: their kind and unit."""
    return Measure(name=target.name, kind=target.kind, unit=target.unit)


def _figure(form: TypedForm, target: Target) -> float:
    figure = form.number("figure", FIGURE_MISSING, measure_of(target))
    is_whole = figure == int(figure)
    if target.kind == "share" and not 0 <= figure <= 1:
        form.refuse("figure", NOT_A_SHARE)
    if target.kind == "rank" and not (figure >= 1 and is_whole):
        form.refuse("figure", NOT_A_RANK)
    if target.kind == "count" and not is_whole:
        form.refuse("figure", NOT_WHOLE)
    if target.kind in ("ratio", "count", "quantity") and figure < 0:
        form.refuse("figure", NOT_NEGATIVE)
    return figure
