"""The multiple-choice knapsack: at most one choice of each group, enough points, least cost.

What the choices stand for is left to `cheapest`.

References
----------
Kellerer, H., Pferschy, U., Pisinger, D. (2004). Knapsack Problems, chapter 11: The
multiple-choice knapsack problem (here with "at most one" of a group). Solved as a binary program
by HiGHS: Huangfu, Q., Hall, J. (2018). Parallelizing the dual revised simplex method,
Mathematical Programming Computation 10.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp

Floats = npt.NDArray[np.float64]
# Costs that differ by less, in parts of the dearest choice that may be worth it, are the same cost.
SAME_COST = 1e-6


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen.

    Attributes
    ----------
    group
        Of choices of a group at most one is taken.
    points
        In whole units, not negative.
    cost
        Not negative.
    tie_breaks
        Whole numbers; as many for each choice. Of sets of the same cost the one with the least
        sum of the first is taken, then of the second, and so on.
    is_pooled
        Whether its points are among those that together count for the pool's cap at most.
    """

    group: str
    points: int
    cost: float
    tie_breaks: tuple[int, ...] = ()
    is_pooled: bool = False


def most_points(choices: Sequence[Choice], pool_cap: int) -> int:
    """Return the points of all that can be chosen together."""
    best: dict[tuple[bool, str], int] = {}
    for choice in choices:
        key = choice.is_pooled, choice.group
        best[key] = max(best.get(key, 0), choice.points)
    pooled = sum(points for (is_pooled, _), points in best.items() if is_pooled)
    alone = sum(points for (is_pooled, _), points in best.items() if not is_pooled)
    return alone + min(pool_cap, pooled)


def choose(choices: Sequence[Choice], needed: int, pool_cap: int = 0) -> tuple[Choice, ...] | None:
    """Return the cheapest choices that give at least `needed` units, or None when none do.

    The least cost is found first. Then it is held, and the sum of each tie-break is made as small
    as it goes, one after another: they can never change what the set costs.
    """
    if needed <= 0:
        return ()
    if most_points(choices, pool_cap) < needed:
        return None
    costs = np.array([choice.cost for choice in choices])
    constraints = _constraints(choices, needed, pool_cap)
    # Scaled, since the solver's tolerances are absolute.
    scaled = costs / (costs.max() or 1.0)
    taken = _minimise(scaled, constraints, pool_cap)
    affordable = [choice for choice in choices if choice.cost <= costs @ taken]
    if max(choice.cost for choice in affordable) < costs.max() / 10:
        # One choice that nobody can pay for must not blur the costs of the others.
        return choose(affordable, needed, pool_cap)
    objective = scaled
    for tie_break in _tie_breaks(choices):
        # The last variable is the pool's points, which cost nothing.
        held = np.append(objective, 0.0)[np.newaxis]
        constraints.append(LinearConstraint(held, -np.inf, objective @ taken + SAME_COST))
        objective = tie_break
        taken = _minimise(objective, constraints, pool_cap)
    return tuple(choice for choice, is_taken in zip(choices, taken, strict=True) if is_taken)


def _tie_breaks(choices: Sequence[Choice]) -> list[Floats]:
    return [
        np.array(each, dtype=float) for each in zip(*(c.tie_breaks for c in choices), strict=True)
    ]


def _constraints(choices: Sequence[Choice], needed: int, pool_cap: int) -> list[LinearConstraint]:
    groups = list(dict.fromkeys(choice.group for choice in choices))
    points = np.array([choice.points for choice in choices], dtype=float)
    pooled = np.array([choice.is_pooled for choice in choices])
    one_of_each = np.array(
        [[choice.group == group for choice in choices] for group in groups], dtype=float
    )
    return [
        LinearConstraint(np.c_[one_of_each, np.zeros(len(groups))], -np.inf, 1.0),
        # What counts of the pool is no more than what was chosen of it.
        LinearConstraint(np.append(np.where(pooled, points, 0.0), -1.0)[np.newaxis], 0.0, np.inf),
        LinearConstraint(np.append(np.where(pooled, 0.0, points), 1.0)[np.newaxis], needed, np.inf),
    ]


def _minimise(objective: Floats, constraints: Sequence[LinearConstraint], pool_cap: int) -> Floats:
    count = len(objective)
    solution = milp(
        np.append(objective, 0.0),
        constraints=constraints,
        integrality=np.append(np.ones(count), 0.0),
        bounds=Bounds(0.0, np.append(np.ones(count), float(pool_cap))),
        options={"mip_rel_gap": 0.0},
    )
    if not solution.success:
        # Enough points can be chosen, so there is a cheapest set.
        raise RuntimeError(solution.message)
    taken: Floats = np.round(solution.x[:count])
    return taken
