"""Where every city and its counties stand: by their newest rounds, and over all of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

import analysis.shipped
from analysis.rating.plan import Target
from backend.ratings.live.service import live_rating
from backend.ratings.live.survey import Surveyed, survey_of, surveyed_area
from backend.ratings.rounds.round import Round, RowState
from backend.ratings.rounds.service import list_rounds
from backend.ratings.schemas import RatingOut
from backend.ratings.shape import shape_rating
from backend.ratings.wording import Translate

# The key of a target on the share of counties with four stars or more, in whatever plan has one.
FOUR_STAR_COUNTIES = "four_star_counties"


@dataclass(frozen=True)
class AreaStanding:
    """A round and its rating: of an open one as it stands, of a closed one as it was frozen."""

    round: Round
    rating: RatingOut

    @property
    def accepted(self) -> int:
        """How many rows were accepted."""
        return sum(row.state is RowState.ACCEPTED for row in self.round.rows)

    @property
    def is_at_four(self) -> bool:
        """Whether it holds four stars or more."""
        return self.rating.star in ("four_basic", "four_growth", "five")


@dataclass(frozen=True)
class CityStanding:
    """A city with its counties, by their newest rounds; `rounds` are all of the city's own."""

    code: str
    name: str
    city: AreaStanding | None
    counties: tuple[AreaStanding, ...]
    rounds: tuple[AreaStanding, ...]
    goals: tuple[Target, ...]

    @property
    def share_at_four(self) -> float | None:
        """The share of its rated counties that hold four stars or more; None without any."""
        if not self.counties:
            return None
        return sum(each.is_at_four for each in self.counties) / len(self.counties)


def city_standings(
    session: Session, now: datetime, translate: Translate
) -> tuple[CityStanding, ...]:
    """Rate every round, and put counties under their cities, in the order of division codes."""
    by_city: defaultdict[str, list[AreaStanding]] = defaultdict(list)
    for each in area_standings(session, list_rounds(session), now, translate):
        by_city[_city_code(each.round)].append(each)
    return tuple(_city(code, by_city[code]) for code in sorted(by_city))


def city_standing(
    session: Session, code: str, now: datetime, translate: Translate
) -> CityStanding | None:
    """Rate the rounds of one city and its counties; None when there are none."""
    rounds = [each for each in list_rounds(session) if _city_code(each) == code]
    return _city(code, area_standings(session, rounds, now, translate)) if rounds else None


def area_standings(
    session: Session, rounds: Iterable[Round], now: datetime, translate: Translate
) -> tuple[AreaStanding, ...]:
    """Rate rounds, in their order."""
    pulled: dict[str, Surveyed | None] = {}
    return tuple(
        AreaStanding(each, _rating(session, each, now, pulled, translate)) for each in rounds
    )


def _city_code(found: Round) -> str:
    return found.parent_code or found.division_code


def _rating(
    session: Session,
    found: Round,
    now: datetime,
    pulled: dict[str, Surveyed | None],
    translate: Translate,
) -> RatingOut:
    if found.frozen_rating is not None:
        return RatingOut.model_validate_json(found.frozen_rating)
    surveyed = _surveyed(session, found, now, pulled)
    live = live_rating(session, found, now, surveyed=surveyed)
    return shape_rating(live.assessment, live.rating, translate)


def _surveyed(
    session: Session, found: Round, now: datetime, pulled: dict[str, Surveyed | None]
) -> Surveyed | None:
    """Pull each survey once: a city's counties are districts of the same one."""
    slug = found.survey_slug
    if slug is None:
        return None
    if slug not in pulled:
        pulled[slug] = survey_of(session, found, now)
    surveyed = pulled[slug]
    if surveyed is None or surveyed.result is None:
        return surveyed
    return surveyed_area(surveyed.result, found.division_code)


def _city(code: str, standings: Sequence[AreaStanding]) -> CityStanding:
    own = [each for each in standings if each.round.division_code == code]
    counties: Mapping[str, AreaStanding] = {
        # The newest comes first, so it is written last.
        each.round.division_code: each
        for each in reversed(standings)
        if each.round.parent_code == code
    }
    return CityStanding(
        code=code,
        name=own[0].round.area_name if own else code,
        city=own[0] if own else None,
        counties=tuple(counties[each] for each in sorted(counties)),
        rounds=tuple(own),
        goals=_goals(code),
    )


def _goals(division_code: str) -> tuple[Target, ...]:
    plans = (analysis.shipped.plan(plan_id) for plan_id in analysis.shipped.plan_ids())
    return tuple(
        target
        for plan in plans
        if plan.division_code == division_code
        for target in plan.targets
        if target.key.startswith(FOUR_STAR_COUNTIES)
    )
