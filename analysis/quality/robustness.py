"""How many coordinated fake responses it would take to carry an estimate over a line.

A bound for judgement, not a detector: finding fakes is the other rules' work. The model and its
limits: docs/methods.md, "Fake responses".
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.tabulation import Codes, Floats, Tabulation
from analysis.weighting import Weights

# Beyond this many times the sample nobody asks any more.
_MOST_TIMES_THE_SAMPLE = 10_000
# As close to the line as rounding can bring an estimate that stands on it.
_ROUNDING = 1e-12


@dataclass(frozen=True)
class Crossing:
    """Fewest fakes that carry the estimate over `line`, for two kinds of attackers.

    Attributes
    ----------
    goes_below
        Whether the estimate now stands at or above the line and fakes of value 0 carry it below;
        else fakes of value 1 carry it to the line.
    n
        Respondents now.
    spread
        Fakes needed when they are distributed as the sample is; None when no number in reach
        does it or the weights then fail.
    aimed
        Fakes that suffice for somebody who knows weights and answers and picks the cells where a
        fake moves most; never more than `spread`.
    """

    line: float
    goes_below: bool
    n: int
    spread: int | None
    aimed: int | None

    @property
    def spread_share(self) -> float | None:
        """The fakes as a share of all responses with them."""
        return _share(self.spread, self.n)

    @property
    def aimed_share(self) -> float | None:
        """Likewise for aimed fakes."""
        return _share(self.aimed, self.n)


def fakes_to_cross(
    tabulation: Tabulation,
    measure: str,
    line: float,
    *,
    weigh: Callable[[Tabulation], Weights],
    variables: Sequence[str],
) -> Crossing | None:
    """The fewest fakes that carry a share over a line; None without respondents who answered.

    Parameters
    ----------
    measure
        One with values from 0 to 1.
    line
        Between 0 and 1.
    weigh
        Weighs a tabulation of `variables`; fakes are weighed as everybody else.
    variables
        The weighting variables; none for an unweighted sample.

    Notes
    -----
    With W_c the weighted share of cell c, n_c its respondents, p_c their mean and v the fakes'
    value, m_c fakes move a post-stratified estimate by W_c (v - p_c) m_c/(n_c + m_c). For a sum
    of k the largest move has m_c = √(W_c |p_c - v| n_c/μ) - n_c where that is positive. The same
    is tried with the categories of each variable in place of cells, which is what raking resists
    least; every answer is then confirmed by weighing the sample with the fakes in it.
    """
    cells = tabulation.only(variables).select((measure,))
    now = _estimate(cells, weigh)
    if now is None:
        return None
    goes_below = now >= line - _ROUNDING
    attack = _Attack(cells, weigh, line, goes_below)
    everybody = np.zeros(len(cells.cells), dtype=np.intp)
    groupings = [np.arange(len(cells.cells))]
    groupings += [cells.codes(name, cells.categories(name)) for name in variables]
    spread = attack.fewest(everybody)
    found = [spread, *(attack.fewest(groups) for groups in groupings)]
    aimed = min((fakes for fakes in found if fakes is not None), default=None)
    return Crossing(line, goes_below, cells.respondents, spread, aimed)


class _Attack:
    """What fakes of one value do to one weighted share."""

    def __init__(
        self,
        cells: Tabulation,
        weigh: Callable[[Tabulation], Weights],
        line: float,
        goes_below: bool,
    ) -> None:
        self.cells = cells
        self.weigh = weigh
        self.line = line
        self.goes_below = goes_below
        self.value = 0.0 if goes_below else 1.0
        weighted = weigh(cells).factor * cells.w[:, 0]
        self.cell_share = weighted / weighted.sum()
        answered = np.where(cells.w[:, 0] > 0, cells.w[:, 0], 1.0)
        self.reach = self.cell_share * np.abs(cells.wy[:, 0] / answered - self.value)

    def fewest(self, groups: Codes) -> int | None:
        """The smallest number that crosses, `groups` (C,) being what the attacker tells apart.

        Within a group the fakes are spread as the respondents are, so that cells may get parts.
        """
        n, reach = _by_group(groups, self.cells.n), _by_group(groups, self.reach)

        def crosses(fakes: int) -> bool:
            by_group = best_placed(fakes, n, reach)
            per_respondent = np.divide(by_group, n, out=np.zeros_like(n), where=n > 0)
            return self._crosses(self.cells.n * per_respondent[groups])

        return _smallest(crosses, self._predicted(n, reach), self._most)

    @property
    def _most(self) -> int:
        return max(self.cells.respondents, 1) * _MOST_TIMES_THE_SAMPLE

    def _predicted(self, n: Floats, reach: Floats) -> int:
        """What the formula for post-stratified cells gives; where the search begins."""
        wanted = abs(float(reach.sum()) - abs(self.line - self.value))

        def moves(fakes: int) -> bool:
            placed = best_placed(fakes, n, reach)
            with_fakes = np.where(n > 0, n + placed, 1.0)
            return float((reach * placed / with_fakes).sum()) >= wanted

        return _smallest(moves, max(math.ceil(wanted * float(n.sum())), 1), self._most) or 1

    def _crosses(self, fakes: Floats) -> bool:
        estimate = _estimate(_with_fakes(self.cells, fakes, self.value), self.weigh)
        if estimate is None:
            return False
        if self.goes_below:
            return estimate < self.line - _ROUNDING
        return estimate >= self.line - _ROUNDING


def best_placed(fakes: int, n: Floats, reach: Floats) -> Floats:
    """(G,) whole numbers that sum to `fakes` and move Σ reach·m/(n + m) most.

    `n` (G,) are the respondents of each group and `reach` (G,) what an endless number of fakes
    there would move.
    """
    root = np.sqrt(reach * n)
    if not root.any():
        root = n.copy()
    # Groups come in one after the other, as λ = 1/√μ grows past n/root.
    entry = np.divide(n, root, out=np.full_like(n, np.inf), where=root > 0)
    order = np.argsort(entry)
    levels = (fakes + np.cumsum(n[order])) / np.cumsum(root[order])
    level = float(levels[np.flatnonzero(entry[order] < levels).max(initial=0)])
    placed: Floats = np.floor(np.maximum(level * root - n, 0.0) + _ROUNDING)
    for _ in range(fakes - round(float(placed.sum()))):
        placed[int(np.argmax(_gain_of_one_more(placed, n, reach)))] += 1.0
    return _exchanged(placed, n, reach)


def _exchanged(placed: Floats, n: Floats, reach: Floats) -> Floats:
    """Move single fakes while that helps; for a concave sum the end of it is the best there is."""
    while True:
        gain = _gain_of_one_more(placed, n, reach)
        lost = np.where(placed > 0, _gain_of_one_more(placed - 1.0, n, reach), np.inf)
        to, from_ = int(np.argmax(gain)), int(np.argmin(lost))
        if gain[to] <= lost[from_] * (1.0 + _ROUNDING):
            return placed
        placed[to] += 1.0
        placed[from_] -= 1.0


def _gain_of_one_more(placed: Floats, n: Floats, reach: Floats) -> Floats:
    """(G,) what one more fake in each group would move; -1 where nobody is."""
    after = n + placed
    gain = np.divide(reach * n, after * (after + 1.0), out=np.zeros_like(n), where=after > 0)
    return np.where(n > 0, gain, -1.0)


def _by_group(groups: Codes, values: Floats) -> Floats:
    return np.bincount(groups, weights=values).astype(np.float64)


def _smallest(holds: Callable[[int], bool], start: int, most: int) -> int | None:
    """The smallest whole number from 1 to `most` that holds, all above it taken to hold too."""
    low, high, step = 0, min(start, most), 1
    if holds(high):
        while high - step > low and holds(high - step):
            high, step = high - step, 2 * step
        low = max(high - step, low)
    else:
        while True:
            low = high
            if low >= most:
                return None
            high, step = min(high + step, most), 2 * step
            if holds(high):
                break
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def _estimate(cells: Tabulation, weigh: Callable[[Tabulation], Weights]) -> float | None:
    """The weighted mean of the one measure; None where weights fail or nobody answered."""
    if cells.answered.sum() == 0:
        return None
    weights = weigh(cells)
    total = float(weights.factor @ cells.w[:, 0])
    if not weights.converged or total <= 0:
        return None
    return float(weights.factor @ cells.wy[:, 0]) / total


def _with_fakes(cells: Tabulation, fakes: Floats, value: float) -> Tabulation:
    """Add (C,) fakes that all answer with `value` and have the mean base weight of their cell."""
    d = np.divide(cells.weight, cells.n, out=np.zeros_like(cells.n), where=cells.n > 0)
    first, second = fakes * d, fakes * d**2
    return replace(
        cells,
        n=cells.n + fakes,
        weight=cells.weight + first,
        weight_squared=cells.weight_squared + second,
        answered=cells.answered + fakes[:, None],
        w=cells.w + first[:, None],
        wy=cells.wy + value * first[:, None],
        wyy=cells.wyy + value**2 * first[:, None],
        ww=cells.ww + second[:, None],
        wwy=cells.wwy + value * second[:, None],
        wwyy=cells.wwyy + value**2 * second[:, None],
    )


def _share(fakes: int | None, n: int) -> float | None:
    return None if fakes is None else fakes / (n + fakes)
