"""From weights to estimates with their uncertainty; verdicts on them are left to `rating`."""

from analysis.estimation.contrasts import (
    Difference,
    adjusted,
    domain_differences,
    sample_difference,
)
from analysis.estimation.domains import DomainEstimate, domain_estimates
from analysis.estimation.estimate import LINES, Estimate, Options, estimate, estimates
from analysis.estimation.intervals import INTERVALS
from analysis.estimation.sample_structure import LONELY_PSU_RULES, degrees_of_freedom

__all__ = [
    "INTERVALS",
    "LINES",
    "LONELY_PSU_RULES",
    "Difference",
    "DomainEstimate",
    "Estimate",
    "Options",
    "adjusted",
    "degrees_of_freedom",
    "domain_differences",
    "domain_estimates",
    "estimate",
    "estimates",
    "sample_difference",
]
