"""Charts of totals against the lines of the stars: a city's counties, or its rounds over time."""

from collections.abc import Sequence

from backend.ratings.live.figures_text import points_text
from backend.ratings.live.standings import AreaStanding, CityStanding
from backend.ratings.wording import STAR_WORDS, Translate
from backend.results.charts import Chart, Row, draw


def draw_counties(city: CityStanding, translate: Translate) -> str:
    """Return an SVG document with the counties that have points."""
    labels = [each.round.area_name for each in city.counties]
    return _draw(city.counties, labels, translate)


def draw_trend(city: CityStanding, translate: Translate) -> str:
    """Return an SVG document with the city's own rounds, the oldest first."""
    rounds = sorted(city.rounds, key=lambda each: each.round.as_of)
    return _draw(rounds, [each.round.as_of.isoformat() for each in rounds], translate)


CHARTS = {"counties": draw_counties, "trend": draw_trend}


def _draw(standings: Sequence[AreaStanding], labels: Sequence[str], translate: Translate) -> str:
    rated = [
        pair for pair in zip(standings, labels, strict=True) if pair[0].rating.total is not None
    ]
    most = max((each.round.standard.maximum for each, _ in rated), default=1.0)
    stars = {star.points for each, _ in rated for star in each.round.standard.stars}
    return draw(
        Chart(
            rows=tuple(_row(each, label, most, translate) for each, label in rated),
            empty=translate("还没有可以比较的评价"),
            lines=tuple(sorted(points / most for points in stars)),
            scale=lambda share: points_text(share * most),
        )
    )


def _row(standing: AreaStanding, label: str, most: float, translate: Translate) -> Row:
    total = standing.rating.total or 0.0
    star = translate(STAR_WORDS[standing.rating.star or "none"])
    return Row(label=label, figure=f"{points_text(total)} {star}", value=total / most)
