"""The figures reported for the targets of plans: kept as they came, held against the targets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

import analysis.shipped
from analysis.errors import AnalysisError
from analysis.rating.plan import Plan, Target
from analysis.rating.progress import ProgressEntry, TargetProgress, progress
from backend.errors import Forbidden, NotFound
from backend.ratings.registers import repository
from backend.ratings.registers.models import TargetEntry
from backend.staff.service import Role, Staff


@dataclass(frozen=True)
class TargetFigure:
    """What is entered for a target, checked by `plan_form`; shares from 0 to 1."""

    figure: float
    measured_on: date
    will_meet_on: date | None
    note: str


@dataclass(frozen=True)
class ReportedFigure:
    """A figure as it was reported. It never changes: a correction is a new one of the same day."""

    reported: TargetFigure
    entered_by: str
    entered_at: datetime

    @property
    def entry(self) -> ProgressEntry:
        """As the progress follows from it."""
        return ProgressEntry(
            self.reported.measured_on, self.reported.figure, self.reported.will_meet_on
        )


@dataclass(frozen=True)
class FollowedTarget:
    """A target, where it stands, and all that was reported, in the order it came."""

    target: Target
    progress: TargetProgress
    figures: tuple[ReportedFigure, ...]


def list_plans() -> tuple[Plan, ...]:
    """Return the plans that ship."""
    return tuple(analysis.shipped.plan(plan_id) for plan_id in analysis.shipped.plan_ids())


def fetch_plan(plan_id: str) -> Plan:
    """Return a plan; NotFound when none has this id."""
    try:
        return analysis.shipped.plan(plan_id)
    except AnalysisError as error:
        raise NotFound("没有这个方案，请核对地址。") from error


def fetch_target(plan: Plan, key: str) -> Target:
    """Return a target of a plan; NotFound when none has this key."""
    target = plan.target(key)
    if target is None:
        raise NotFound("方案中没有这项目标，请核对地址。")
    return target


def follow(session: Session, plan: Plan, as_of: date) -> tuple[FollowedTarget, ...]:
    """Return the plan's targets in its order, and where each stands at the end of a day."""
    figures = _figures(session, plan)
    return tuple(
        FollowedTarget(
            target,
            progress(target, [each.entry for each in figures.get(target.key, ())], as_of),
            figures.get(target.key, ()),
        )
        for target in plan.targets
    )


def may_report(staff: Staff, target: Target) -> bool:
    """Whether somebody reports figures of a target: its departments, and reviewers."""
    if staff.role in (Role.ADMIN, Role.REVIEWER):
        return True
    return staff.role is Role.DEPARTMENT and staff.department in target.departments


def report_figure(
    session: Session, plan: Plan, target: Target, figure: TargetFigure, staff: Staff, now: datetime
) -> None:
    """Add a figure; Forbidden for who may not."""
    if not may_report(staff, target):
        raise Forbidden("您只能填报由本部门负责的目标。")
    session.add(
        TargetEntry(
            plan_id=plan.id,
            target=target.key,
            figure=figure.figure,
            measured_on=figure.measured_on,
            will_meet_on=figure.will_meet_on,
            note=figure.note,
            entered_by=staff.email,
            entered_at=now,
        )
    )
    session.flush()


def _figures(session: Session, plan: Plan) -> Mapping[str, tuple[ReportedFigure, ...]]:
    figures: dict[str, tuple[ReportedFigure, ...]] = {}
    for entry in repository.fetch_target_entries(session, plan.id):
        reported = TargetFigure(entry.figure, entry.measured_on, entry.will_meet_on, entry.note)
        figure = ReportedFigure(reported, entry.entered_by, entry.entered_at)
        figures[entry.target] = (*figures.get(entry.target, ()), figure)
    return figures
