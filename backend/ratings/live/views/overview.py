"""The overview: every city with its counties, the goals of plans, and earlier rounds."""

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.rating.plan import Target
from backend.ratings.live.figures_text import percent_text, points_text
from backend.ratings.live.standings import AreaStanding, CityStanding
from backend.ratings.wording import STAR_WORDS, Translate


@dataclass(frozen=True)
class AreaRow:
    """One round of an area: as it stands now, or as it was frozen."""

    slug: str
    area_name: str
    title: str
    as_of: str
    total: str
    star: str
    tag: str
    deduction: str
    accepted: str
    is_closed: bool
    is_demonstration: bool


@dataclass(frozen=True)
class GoalRow:
    """A goal on the share of counties with four stars or more."""

    text: str
    wanted: str
    due_on: str
    now: str
    is_met: bool


@dataclass(frozen=True)
class CityPart:
    """A city with its counties; `goals` are empty where no plan ships for it.

    Attributes
    ----------
    at_four
        How many of the rated counties hold four stars or more, as a share of all of them.
    """

    name: str
    code: str
    city: AreaRow | None
    counties: tuple[AreaRow, ...]
    at_four: str
    goals: tuple[GoalRow, ...]
    trend: tuple[AreaRow, ...]
    has_charts: bool


@dataclass(frozen=True)
class OverviewPage:
    """All areas."""

    cities: tuple[CityPart, ...]
    may_open: bool


def overview_page(
    cities: Iterable[CityStanding], translate: Translate, *, may_open: bool
) -> OverviewPage:
    """Prepare the overview."""
    return OverviewPage(tuple(_city(each, translate) for each in cities), may_open)


def _city(city: CityStanding, translate: Translate) -> CityPart:
    rounds = [each for each in city.rounds if each.rating.total is not None]
    share = city.share_at_four
    return CityPart(
        name=city.name,
        code=city.code,
        city=area_row(city.city, translate) if city.city else None,
        counties=tuple(area_row(each, translate) for each in city.counties),
        at_four=percent_text(share, 0) if share is not None else "–",
        goals=tuple(_goal(each, share) for each in city.goals),
        trend=tuple(area_row(each, translate) for each in city.rounds) if len(rounds) > 1 else (),
        has_charts=any(each.rating.total is not None for each in city.counties),
    )


def area_row(standing: AreaStanding, translate: Translate) -> AreaRow:
    """Return one line of a table of rounds."""
    found, rating = standing.round, standing.rating
    deduction = "–" if not rating.surveyed else points_text(-rating.survey_deduction + 0.0)
    return AreaRow(
        slug=found.slug,
        area_name=found.area_name,
        title=found.title,
        as_of=found.as_of.isoformat(),
        total=points_text(rating.total),
        star=translate(STAR_WORDS[rating.star]) if rating.star else "–",
        tag="error" if rating.vetoed else "open" if rating.star not in (None, "none") else "paused",
        deduction=translate("整体不得分") if rating.vetoed else deduction,
        accepted=f"{standing.accepted} / {len(found.rows)}",
        is_closed=found.is_closed,
        is_demonstration=found.is_demonstration,
    )


def _goal(goal: Target, share: float | None) -> GoalRow:
    wanted = goal.figure
    return GoalRow(
        text=goal.text,
        wanted=percent_text(wanted, 0),
        due_on=goal.due_on.isoformat(),
        now=percent_text(share, 0) if share is not None else "–",
        is_met=share is not None and share >= wanted,
    )
