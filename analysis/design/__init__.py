"""Before and during fieldwork: how many responses are needed, and what more of them would buy."""

from analysis.design.allocation import ALLOCATIONS, AllocatedPrecision, allocate, precision_of
from analysis.design.further_responses import Gain, further_responses
from analysis.design.sample_size import (
    DistrictSize,
    DistrictSizes,
    SampleSize,
    by_district,
    for_half_width,
    for_power,
    require_between,
)

__all__ = [
    "ALLOCATIONS",
    "AllocatedPrecision",
    "DistrictSize",
    "DistrictSizes",
    "Gain",
    "SampleSize",
    "allocate",
    "by_district",
    "for_half_width",
    "for_power",
    "further_responses",
    "precision_of",
    "require_between",
]
