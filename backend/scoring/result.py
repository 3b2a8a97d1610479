"""What an estimate from files leads to: frozen values, before any JSON or table."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.estimation import Difference, DomainEstimate, Estimate
from analysis.weighting import Weights


@dataclass(frozen=True)
class Note:
    """Something that a reader of the estimate must know; `scoring.wording` has the words."""

    code: str
    arguments: Mapping[str, object]


@dataclass(frozen=True)
class ScoredItem:
    """One item, or one composite, with its domains and the comparisons asked for."""

    estimate: Estimate
    domains: tuple[DomainEstimate, ...]
    comparisons: tuple[tuple[str, Difference], ...]


@dataclass(frozen=True)
class Score:
    """The estimates of one wave, or of all respondents.

    Attributes
    ----------
    n, n_used
        Respondents, and those of them who have every weighting variable.
    """

    n: int
    n_used: int
    weights: Weights
    items: tuple[ScoredItem, ...]
    warnings: tuple[Note, ...]


@dataclass(frozen=True)
class WaveScores:
    """Each wave by itself, and the differences of each item between every two of them."""

    waves: Mapping[str, Score]
    differences: tuple[Difference, ...]
    warnings: tuple[Note, ...]
