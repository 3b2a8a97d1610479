"""The page of gaps: what is nearest to its next points, and the cheapest way to a star."""

from dataclasses import dataclass

from analysis.rating.cheapest import Unreachable, Way
from analysis.rating.gap import nearest
from backend.ratings import wording
from backend.ratings.live.figures_text import points_text
from backend.ratings.live.service import LiveRating
from backend.ratings.live.views.lines import StepRow, step_rows
from backend.ratings.live.views.standing import Standing, standing_of
from backend.ratings.rounds.views.head import RoundHead, round_head
from backend.ratings.shape import veto_texts
from backend.ratings.wording import STAR_WORDS, Translate


@dataclass(frozen=True)
class StarChoice:
    """A star to reach."""

    star: str
    name: str
    is_chosen: bool


@dataclass(frozen=True)
class GapPage:
    """What is nearest to its next points, and the cheapest way to a star."""

    head: RoundHead
    standing: Standing
    stars: tuple[StarChoice, ...]
    goal: str
    missing: str
    way: tuple[StepRow, ...]
    cases: tuple[tuple[str, str, str], ...]
    gained: str
    conditions: tuple[str, ...]
    unreachable: str | None
    vetoes: tuple[str, ...]
    is_there: bool
    considers_cases: bool
    nearest: tuple[StepRow, ...]


def gap_page(
    live: LiveRating,
    found: Way | Unreachable | None,
    translate: Translate,
    considers_cases: bool,
) -> GapPage:
    """Prepare the page of gaps."""
    way = found if isinstance(found, Way) else None
    out = found if isinstance(found, Unreachable) else None
    goal = found.star.star if found else None
    return GapPage(
        head=round_head(live.round),
        standing=standing_of(live.rating, translate),
        stars=tuple(
            StarChoice(each.star, translate(STAR_WORDS[each.star]), each.star == goal)
            for each in live.round.standard.stars
        ),
        goal=translate(STAR_WORDS[goal]) if goal else "",
        missing=points_text(found.points_missing) if found else "",
        way=step_rows(way.steps if way else (), translate),
        cases=_cases(way),
        gained=points_text(way.points_gained) if way else "",
        conditions=(translate(wording.BENCHMARK_NEEDED),) if way and way.conditions else (),
        unreachable=points_text(out.points_possible) if out else None,
        vetoes=tuple(veto_texts(live.rating, translate)) if out else (),
        is_there=way is not None and not way.points_missing,
        considers_cases=considers_cases,
        nearest=step_rows(nearest(live.assessment, live.rating), translate),
    )


def _cases(way: Way | None) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (each.row.kinds[each.kind].name, str(each.count), points_text(each.points))
        for each in (way.more_cases if way else ())
    )
