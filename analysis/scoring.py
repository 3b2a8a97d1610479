"""How one respondent's five-level answers become a satisfaction share; averaging is elsewhere.

The documents name a threshold for public satisfaction (公众满意度) but no formula, so four usual
methods are kept side by side (docs/methods.md, "Satisfaction methods").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

LEVELS = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class SatisfactionMethod:
    """A named mapping from the levels 1 (非常不满意) to 5 (非常满意) to shares from 0 to 1."""

    id: str
    scores: tuple[float, float, float, float, float]

    def score(self, level: int) -> float:
        """Share from 0 to 1 of one answer; raises ValueError outside 1 to 5."""
        if level not in LEVELS:
            raise ValueError(f"a satisfaction level is 1 to 5, not {level}")
        return self.scores[level - 1]


METHODS: Mapping[str, SatisfactionMethod] = MappingProxyType(
    {
        method.id: method
        for method in (
            SatisfactionMethod("share_from_4", (0.0, 0.0, 0.0, 1.0, 1.0)),
            SatisfactionMethod("share_from_3", (0.0, 0.0, 1.0, 1.0, 1.0)),
            SatisfactionMethod("score_100_80_60_30_0", (0.0, 0.3, 0.6, 0.8, 1.0)),
            SatisfactionMethod("score_100_75_50_25_0", (0.0, 0.25, 0.5, 0.75, 1.0)),
        )
    }
)


def composite(
    levels: Sequence[int | None], item_weights: Sequence[float], method: SatisfactionMethod
) -> float | None:
    """One respondent's composite satisfaction: the weighted mean over the items answered.

    Parameters
    ----------
    levels
        One per item: 1 to 5, or None for no answer, not applicable and not shown alike.
    item_weights
        One per item, not negative; they need not sum to 1.

    Returns
    -------
    A share from 0 to 1, or None when no item with a positive weight was answered.

    Notes
    -----
    S = sum of λj·s(xj) / sum of λj, both over the answered items j: an item that does not apply
    leaves the others their relative weights, and never counts as dissatisfaction.
    """
    scored = [
        (item_weight, method.score(level))
        for level, item_weight in zip(levels, item_weights, strict=True)
        if level is not None and item_weight > 0
    ]
    total = sum(item_weight for item_weight, _ in scored)
    if not scored:
        return None
    return sum(item_weight * score for item_weight, score in scored) / total
