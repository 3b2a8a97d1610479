"""During fieldwork: what a hundred more responses of one kind of people would buy.

Who those people are and how they are reached is left to the caller. Assumptions and formulas:
docs/methods.md, "What further responses would buy".
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from analysis.estimation import Estimate
from analysis.tabulation import BY_CELL_AND_MEASURE, Floats, Tabulation

_SUMS_BY_CELL = ("n", "weight", "weight_squared")


@dataclass(frozen=True)
class Gain:
    """One category with further respondents.

    Attributes
    ----------
    n
        Respondents of the category now.
    after
        The estimate with the further ones; None where nobody is in the category yet, since
        nothing is known of such people's answers.
    se_saved
        Standard error now less standard error then; negative where more of the same people would
        only unbalance the sample; None where either is not known.
    """

    variable: str
    category: str
    n: int
    after: Estimate | None
    se_saved: float | None


def further_responses(
    tabulation: Tabulation,
    categories: Sequence[tuple[str, str]],
    estimate: Callable[[Tabulation], Estimate],
    *,
    responses: int = 100,
) -> tuple[Gain, ...]:
    """What `responses` more would buy in each category, the largest saving first.

    Parameters
    ----------
    categories
        Pairs of a variable of the tabulation and its category; a crossed variable
        (`Tabulation.cross`) asks for single cells.
    estimate
        Weighs and estimates a tabulation that has the same cells as `tabulation`.

    Returns
    -------
    One gain for each category; those that cannot be known come last.

    Notes
    -----
    The further respondents are taken to be like those of the category so far, in their answers
    and in their other categories: all sums of its cells grow by (n + responses)/n. Weights,
    estimate and standard error are then made anew, so nothing is approximated besides.
    """
    now = estimate(tabulation)
    gains = [
        _gain(tabulation, variable, category, estimate, now, responses)
        for variable, category in categories
    ]
    return tuple(sorted(gains, key=_least_gain))


def _gain(
    tabulation: Tabulation,
    variable: str,
    category: str,
    estimate: Callable[[Tabulation], Estimate],
    now: Estimate,
    responses: int,
) -> Gain:
    inside = tabulation.codes(variable, (category,)) == 0
    n = float(tabulation.n[inside].sum())
    if n == 0:
        return Gain(variable, category, 0, None, None)
    factor = 1.0 + inside * (responses / n)
    after = estimate(_scaled(tabulation, factor))
    saved = None if now.se is None or after.se is None else now.se - after.se
    return Gain(variable, category, round(n), after, saved)


def _scaled(tabulation: Tabulation, factor: Floats) -> Tabulation:
    """The tabulation with each cell's respondents multiplied by `factor` (C,)."""
    by_cell = {name: getattr(tabulation, name) * factor for name in _SUMS_BY_CELL}
    by_measure = {name: getattr(tabulation, name) * factor[:, None] for name in BY_CELL_AND_MEASURE}
    return replace(tabulation, **by_cell, **by_measure)


def _least_gain(gain: Gain) -> tuple[bool, float]:
    return gain.se_saved is None, -(gain.se_saved or 0.0)
