"""From weights to estimates with their uncertainty; verdicts on them are left to `rating`."""

from analysis.estimation.domains import DomainEstimate, domain_estimates
from analysis.estimation.estimate import LINES, Estimate, estimate, estimates
from analysis.estimation.intervals import INTERVALS

__all__ = [
    "INTERVALS",
    "LINES",
    "DomainEstimate",
    "Estimate",
    "domain_estimates",
    "estimate",
    "estimates",
]
