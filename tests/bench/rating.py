"""What a rating costs: of 1,000 counties with one what-if each, and the search for a next star.

The counties are made up (fixed seed) against the county table that ships: every figure and
condition given, twelve innovation cases, two security notices.
"""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from statistics import median
from typing import TypeVar

from analysis import shipped
from analysis.rating.assessment import (
    Assessment,
    Figure,
    InnovationCase,
    SecurityDeduction,
    SecurityRecord,
)
from analysis.rating.cheapest import Way, cheapest
from analysis.rating.options import Terms
from analysis.rating.rate import rate
from analysis.rating.standard import Criterion, LeveledIndicator, Measure, Standard
from analysis.rating.what_if import Changes, what_if
from tests.bench.tables import say_table

T = TypeVar("T")

COUNTIES, COUNTIES_QUICK = 1_000, 100
CITIES, CITIES_QUICK = 25, 3
AS_OF = date(2024, 10, 31)
CASES, SEED = 12, 20241031


def run(quick: bool) -> None:
    """Measure ratings and what-ifs, then the search for each star of a city."""
    chance = random.Random(SEED)  # noqa: S311
    county = shipped.standard("shandong-2023-county")
    counties = [_made_up(county, chance) for _ in range(COUNTIES_QUICK if quick else COUNTIES)]
    _say_ratings(counties)
    city = shipped.standard("shandong-2023-city")
    cities = [_made_up(city, chance) for _ in range(CITIES_QUICK if quick else CITIES)]
    _say_searches(cities)


def _say_ratings(counties: Sequence[Assessment]) -> None:
    rated = _milliseconds(rate, counties)
    tried = _milliseconds(_tried, counties)
    say_table(
        f"{len(counties):,} counties, each rated, and rated with a what-if of one figure",
        ("work", "each ms, median", "slowest", "all s"),
        [
            [name, f"{median(took):.2f}", f"{max(took):.2f}", f"{sum(took) / 1000:.2f}"]
            for name, took in (("a rating", rated), ("a rating and a what-if", tried))
        ],
    )


def _tried(assessment: Assessment) -> None:
    what_if(assessment, Changes(satisfaction=0.75, figures={1: {"online_rate": 0.95}}))


def _say_searches(cities: Sequence[Assessment]) -> None:
    """Search the way to every star of every city; what is out of reach does not count."""
    standard = cities[0].standard
    rows = []
    for name, terms in _terms(standard).items():
        searches = [
            (city, rating, star.star, terms)
            for city, rating in ((city, rate(city)) for city in cities)
            for star in standard.stars
            if isinstance(cheapest(city, rating, star.star, terms), Way)
            and rating.total < star.points
        ]
        took = _milliseconds(lambda search: cheapest(*search), searches)
        rows.append([name, f"{len(took)}", f"{median(took):.0f}", f"{max(took):.0f}"])
    say_table(
        f"The cheapest way to a star, {len(cities)} cities",
        ("costs", "searches", "each ms, median", "slowest"),
        rows,
    )


def _terms(standard: Standard) -> Mapping[str, Terms]:
    """Costs that make a search easy and hard: many that are equal are the hardest."""
    chance = random.Random(SEED)  # noqa: S311
    steps = [(row.number, level) for row in standard.leveled for level in row.requirements]
    kinds = {"award": 0.5, "provincial_media": 1.0, "central_media": 3.0}
    return {
        "efforts, no cases": Terms(),
        "efforts, and cases": Terms(case_costs=kinds),
        "money, all different": Terms({step: chance.uniform(1, 500) for step in steps}),
        "whole numbers from 1 to 5": Terms(
            {step: float(chance.randint(1, 5)) for step in steps}, case_costs=kinds
        ),
        "all the same": Terms(dict.fromkeys(steps, 1.0), case_costs=dict.fromkeys(kinds, 1.0)),
    }


def _milliseconds(work: Callable[[T], object], inputs: Sequence[T]) -> list[float]:
    took = []
    for each in inputs:
        begun = time.perf_counter()
        work(each)
        took.append((time.perf_counter() - begun) * 1000)
    return took


def _made_up(standard: Standard, chance: random.Random) -> Assessment:
    kinds = list(standard.innovation.kinds) if standard.innovation else []
    return Assessment(
        standard=standard,
        as_of=AS_OF,
        satisfaction=chance.uniform(0.6, 0.9),
        figures={row.number: _figures(row, chance) for row in standard.leveled},
        security=SecurityRecord(
            tuple(SecurityDeduction(AS_OF, points, "通报") for points in (1.0, 0.5))
        ),
        innovations=tuple(
            InnovationCase(AS_OF - timedelta(days=30 * at), f"案例 {at}", chance.choice(kinds))
            for at in range(CASES)
        ),
    )


def _figures(row: LeveledIndicator, chance: random.Random) -> dict[str, Figure]:
    """Draw a figure near one of the bounds of each measure, so that levels vary."""
    leaves = [leaf for each in row.requirements.values() for leaf in each.criteria.leaves()]
    figures: dict[str, Figure] = {name: chance.random() < 0.7 for name in row.conditions}
    for name, measure in row.measures.items():
        bounds = [_bound(leaf) for leaf in leaves if leaf.measure == name]
        figure = chance.choice(bounds) * chance.uniform(0.7, 1.2)
        figures[name] = _possible(measure, figure)
    return figures


def _bound(leaf: Criterion) -> float:
    bounds = (leaf.at_least, leaf.above, leaf.below, leaf.at_most)
    return next(bound for bound in bounds if bound is not None)


def _possible(measure: Measure, figure: float) -> float:
    if measure.kind == "share":
        return min(1.0, figure)
    return float(round(figure)) if measure.kind == "count" else figure
