"""From a total to the star level: 40, 70, 80 and 90 points; five stars also need a judgement."""

from dataclasses import dataclass
from typing import Literal

from analysis.rating.standard import Standard, StarLevel

# Sums of points are exact to this much.
ROUNDING = 1e-9

# What a star still wants beside points.
Condition = Literal["national_benchmark"]


@dataclass(frozen=True)
class NextStar:
    """The star after the one held: points still missing, and what it wants beside points."""

    star: StarLevel
    points_missing: float
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class StarStanding:
    """The star held, or None for none; and the next, or None at the highest."""

    star: StarLevel | None
    next_star: NextStar | None


def star_of(standard: Standard, total: float, national_benchmark: bool) -> StarStanding:
    """Return the star that a total holds; "不低于" includes the line itself.

    Parameters
    ----------
    total
        In points, 0 after a veto.
    """
    held: StarLevel | None = None
    for star in standard.stars:
        conditions = conditions_missing(star, national_benchmark)
        points_missing = star.points - total if star.points - total > ROUNDING else 0.0
        if points_missing or conditions:
            return StarStanding(held, NextStar(star, points_missing, conditions))
        held = star
    return StarStanding(held, None)


def conditions_missing(star: StarLevel, national_benchmark: bool) -> tuple[Condition, ...]:
    """Return what a star wants beside points and does not have."""
    return ("national_benchmark",) if star.needs_benchmark and not national_benchmark else ()
