"""Estimates by category of one variable: subpopulations of the calibrated whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.estimation.estimate import LINES, Estimate, estimate
from analysis.tabulation import Tabulation
from analysis.weighting import Weights


@dataclass(frozen=True)
class DomainEstimate:
    """The estimate of one domain, for example one district."""

    variable: str
    category: str
    estimate: Estimate


def domain_estimates(
    tabulation: Tabulation,
    weights: Weights,
    measure: str,
    variable: str,
    *,
    confidence_level: float = 0.95,
    interval: str = "logit",
    thresholds: Sequence[float] = LINES,
    fpc: float | None = None,
    is_share: bool = True,
) -> tuple[DomainEstimate, ...]:
    """One measure in each category of a variable of the tabulation, categories sorted.

    The weights stay those of the whole sample, and respondents of other categories stay in the
    design with value 0, so that the uncertainty of a domain's size is in the standard error.
    Other parameters as in `estimates`.
    """
    return tuple(
        DomainEstimate(
            variable,
            category,
            estimate(
                tabulation,
                weights,
                measure,
                domain=(variable, category),
                confidence_level=confidence_level,
                interval=interval,
                thresholds=thresholds,
                fpc=fpc,
                is_share=is_share,
            ),
        )
        for category in tabulation.categories(variable)
    )
