"""What the page of one target of a plan shows: where it stands, all figures, and the form."""

from dataclasses import dataclass
from datetime import date

from analysis.rating.plan import Plan
from backend.ratings.forms.numbers import shown_figure, unit_of
from backend.ratings.forms.views import FormView
from backend.ratings.registers import plan_wording as wording
from backend.ratings.registers.plan_form import measure_of
from backend.ratings.registers.plan_service import FollowedTarget
from backend.ratings.registers.plan_views import PLANS, TargetRow, target_row
from backend.results.reader import Reader


@dataclass(frozen=True)
class FigureRow:
    """One figure that was reported."""

    figure: str
    measured_on: date
    will_meet_on: date | None
    note: str
    entered: str


@dataclass(frozen=True)
class TargetPage:
    """One target.

    Attributes
    ----------
    note
        How the clause was read, where it leaves something open.
    form
        To report a figure; None for who may not.
    unit
        Of the figure that is typed.
    """

    plan_title: str
    plan_path: str
    row: TargetRow
    note: str | None
    source: str
    figures: tuple[FigureRow, ...]
    unit: str
    form: FormView | None
    done: str | None


def target_page(
    plan: Plan,
    followed: FollowedTarget,
    form: FormView,
    reader: Reader,
    *,
    may_report: bool,
    is_done: bool = False,
) -> TargetPage:
    """Prepare the page of a target; the newest figure comes first."""
    measure = measure_of(followed.target)
    figures = tuple(
        FigureRow(
            figure=shown_figure(measure, each.reported.figure),
            measured_on=each.reported.measured_on,
            will_meet_on=each.reported.will_meet_on,
            note=each.reported.note,
            entered=f"{reader.time(each.entered_at)} · {each.entered_by}",
        )
        for each in followed.figures
    )
    return TargetPage(
        plan_title=plan.title,
        plan_path=f"{PLANS}/{plan.id}",
        row=target_row(plan, followed, reader),
        note=followed.target.note,
        source=plan.source(followed.target),
        figures=figures[::-1],
        unit=unit_of(measure),
        form=form if may_report else None,
        done=wording.REPORTED if is_done else None,
    )
