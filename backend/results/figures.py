"""Writes figures as a reader sees them: shares as per cent, probabilities, positions on a bar."""

from dataclasses import dataclass

from analysis.estimation import Estimate

MISSING = "—"
# Below this and above its complement a probability is only said to be very small or very large.
SMALLEST_PROBABILITY = 0.001


@dataclass(frozen=True)
class Bar:
    """A share and its interval as positions from 0 to 100, with the lines of the rule."""

    value: float
    low: float
    high: float
    lines: tuple[float, ...]

    @property
    def width(self) -> float:
        """The length of the interval."""
        return round(self.high - self.low, 2)


def percent(share: float | None, digits: int = 1) -> str:
    """Write a share as per cent."""
    return MISSING if share is None else f"{share:.{digits}%}"


def interval(estimate: Estimate, digits: int = 1) -> str:
    """Write the limits of an interval as per cent."""
    if estimate.interval is None:
        return MISSING
    low, high = estimate.interval
    return f"{percent(low, digits)} – {percent(high, digits)}"


def points(difference: float | None, digits: int = 1) -> str:
    """Write a difference of shares in percentage points, with its sign."""
    if difference is None:
        return MISSING
    # Adding 0.0 turns a rounded -0.0 into 0.0.
    return f"{round(100 * difference, digits) + 0.0:+.{digits}f}"


def probability(value: float | None) -> str:
    """Write a probability as per cent, without pretending to 0 or 100."""
    if value is None:
        return MISSING
    if value < SMALLEST_PROBABILITY:
        return f"< {SMALLEST_PROBABILITY:.1%}"
    if value > 1 - SMALLEST_PROBABILITY:
        return f"> {1 - SMALLEST_PROBABILITY:.1%}"
    return f"{value:.1%}"


def number(value: float | None, digits: int = 0) -> str:
    """Write a number with thousands apart."""
    return MISSING if value is None else f"{value:,.{digits}f}"


def bar(estimate: Estimate, lines: tuple[float, ...]) -> Bar | None:
    """Place an estimate on a bar; None without one."""
    if estimate.estimate is None:
        return None
    low, high = estimate.interval or (estimate.estimate, estimate.estimate)
    return Bar(
        value=round(100 * estimate.estimate, 2),
        low=round(100 * low, 2),
        high=round(100 * high, 2),
        lines=tuple(100 * line for line in lines),
    )
