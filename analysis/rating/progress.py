"""How far a plan's target has come, from the figures that were reported; reminding is left to
others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from analysis.rating.levels import evaluate
from analysis.rating.plan import Target

# In the order from best to worst; unknown is none of them.
Progress = Literal["met", "on_track", "late", "unknown"]


@dataclass(frozen=True)
class ProgressEntry:
    """One figure that was reported.

    Attributes
    ----------
    measured_on
        The day that the figure is of.
    figure
        In the target's unit; shares from 0 to 1.
    will_meet_on
        The day by which the target is promised, where one was given.
    """

    measured_on: date
    figure: float
    will_meet_on: date | None = None


@dataclass(frozen=True)
class TargetProgress:
    """Where a target stands.

    Attributes
    ----------
    status
        `met`: the latest figure reaches the target, even if after its due date. `late`: it does
        not, and the due date has passed or the promised day lies after it. `on_track`: it does
        not, but there is still time. `unknown`: nothing was reported.
    latest
        The entry that this follows from; None when nothing was reported.
    share_done
        The part of the target that is reached, from 0 to 1; of an upper bound, the bound divided
        by the figure. 1 also on a bound that has yet to be passed (超过). None when nothing was
        reported.
    """

    status: Progress
    latest: ProgressEntry | None = None
    share_done: float | None = None


def progress(target: Target, entries: Sequence[ProgressEntry], as_of: date) -> TargetProgress:
    """Return where a target stands at the end of a day.

    Parameters
    ----------
    entries
        In the order in which they were made. The latest by its day counts, and of one day the
        last made, which corrects those before; entries of days after `as_of` do not count.
    """
    known = [entry for entry in entries if entry.measured_on <= as_of]
    if not known:
        return TargetProgress("unknown")
    # max() keeps the first of equals, and the last made is wanted.
    latest = max(reversed(known), key=lambda entry: entry.measured_on)
    is_met = bool(evaluate(target.criterion, {target.key: latest.figure}))
    promised_on = latest.will_meet_on or target.due_on
    is_late = max(as_of, promised_on) > target.due_on
    status: Progress = "met" if is_met else "late" if is_late else "on_track"
    return TargetProgress(status, latest, _share_done(target, latest.figure))


def _share_done(target: Target, figure: float) -> float:
    if target.rises:
        return min(1.0, max(0.0, figure / target.figure))
    return 1.0 if figure <= target.figure else target.figure / figure
