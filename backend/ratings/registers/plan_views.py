"""What the pages of plans show: all plans, and one with its targets."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from analysis.rating.plan import Plan
from backend.ratings.forms.numbers import shown_figure
from backend.ratings.forms.views import Choice
from backend.ratings.paths import RATINGS
from backend.ratings.registers import plan_wording as wording
from backend.ratings.registers.plan_form import measure_of
from backend.ratings.registers.plan_service import FollowedTarget
from backend.results.figures import MISSING, percent
from backend.results.reader import Reader

PLANS = f"{RATINGS}/plans"


@dataclass(frozen=True)
class StatusCount:
    """How many targets have one status."""

    word: str
    tone: str
    count: int


@dataclass(frozen=True)
class PlanRow:
    """One plan, and how its targets stand."""

    path: str
    title: str
    area: str
    document: str
    targets: int
    counts: tuple[StatusCount, ...]


@dataclass(frozen=True)
class PlansPage:
    """All plans."""

    rows: tuple[PlanRow, ...]


@dataclass(frozen=True)
class TargetRow:
    """One target, and where it stands."""

    path: str
    heading: str
    name: str
    text: str
    wanted: str
    due_on: date
    departments: str
    latest: str
    measured_on: date | None
    share_done: str
    will_meet_on: date | None
    status_word: str
    status_tone: str


@dataclass(frozen=True)
class PlanPage:
    """One plan; `rows` are those that the filters leave."""

    path: str
    title: str
    area: str
    document: str
    counts: tuple[StatusCount, ...]
    departments: tuple[Choice, ...]
    statuses: tuple[Choice, ...]
    rows: tuple[TargetRow, ...]


def plans_page(plans: Iterable[tuple[Plan, tuple[FollowedTarget, ...]]]) -> PlansPage:
    """Prepare the page of all plans."""
    return PlansPage(
        tuple(
            PlanRow(
                path=f"{PLANS}/{plan.id}",
                title=plan.title,
                area=plan.area,
                document=plan.document.number or "",
                targets=len(followed),
                counts=_counts(followed),
            )
            for plan, followed in plans
        )
    )


def plan_page(
    plan: Plan,
    followed: tuple[FollowedTarget, ...],
    department: str,
    status: str,
    reader: Reader,
) -> PlanPage:
    """Prepare the page of a plan; an empty `department` or `status` filters nothing."""
    departments = dict.fromkeys(name for each in followed for name in each.target.departments)
    return PlanPage(
        path=f"{PLANS}/{plan.id}",
        title=plan.title,
        area=plan.area,
        document=plan.document.number or "",
        counts=_counts(followed),
        departments=tuple(Choice(name, name, name == department) for name in departments),
        statuses=tuple(
            Choice(key, word, key == status) for key, word in wording.STATUS_WORDS.items()
        ),
        rows=tuple(
            target_row(plan, each, reader)
            for each in followed
            if _is_wanted(department, status)(each)
        ),
    )


def target_row(plan: Plan, followed: FollowedTarget, reader: Reader) -> TargetRow:
    """Prepare one target."""
    target, stands = followed.target, followed.progress
    latest = stands.latest
    return TargetRow(
        path=f"{PLANS}/{plan.id}/{target.key}",
        heading=target.heading,
        name=target.name,
        text=target.text,
        wanted=wording.wanted(target, reader),
        due_on=target.due_on,
        departments="、".join(target.departments),
        latest=shown_figure(measure_of(target), latest.figure) if latest else MISSING,
        measured_on=latest.measured_on if latest else None,
        share_done=percent(stands.share_done, 0),
        will_meet_on=latest.will_meet_on if latest else None,
        status_word=wording.STATUS_WORDS[stands.status],
        status_tone=wording.STATUS_TONES[stands.status],
    )


def _is_wanted(department: str, status: str) -> Callable[[FollowedTarget], bool]:
    def is_wanted(each: FollowedTarget) -> bool:
        is_theirs = not department or department in each.target.departments
        return is_theirs and (not status or status == each.progress.status)

    return is_wanted


def _counts(followed: tuple[FollowedTarget, ...]) -> tuple[StatusCount, ...]:
    found = Counter(each.progress.status for each in followed)
    return tuple(
        StatusCount(word, wording.STATUS_TONES[status], found[status])
        for status, word in wording.STATUS_WORDS.items()
    )
