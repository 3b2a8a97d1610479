"""How a number of respondents is spread over districts, and how precise the city's figure then is.

How many are needed is `sample_size`'s. Formulas and sources: docs/methods.md, "Sample size".
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from analysis.design.sample_size import require_positive, two_sided_quantile
from analysis.errors import AnalysisError


@dataclass(frozen=True)
class AllocatedPrecision:
    """What the city's figure is worth under an allocation, its districts weighted by population.

    `deff_allocation` is what unequal chances between districts cost: n·Σw²/(Σw)² (Kish 1965,
    section 11.7); 1 for a proportional allocation.
    """

    respondents: int
    deff_allocation: float
    half_width: float


# What a district's part is proportional to, given its population.
ALLOCATIONS: Mapping[str, Callable[[float], float]] = MappingProxyType(
    {
        "proportional": lambda population: population,
        "square_root": math.sqrt,
        "equal": lambda population: 1.0,
    }
)


def allocate(
    populations: Mapping[str, float], respondents: int, allocation: str = "proportional"
) -> dict[str, int]:
    """Spread respondents over districts; whole numbers by largest remainder, at least one each.

    Parameters
    ----------
    allocation
        `proportional` to the population (best for the city), `equal` (best for comparing
        districts), or `square_root` (between the two: proportional to the root of the
        population, as Bankier 1988, The American Statistician 42(3), has with exponent 1/2).

    Raises
    ------
    AnalysisError
        `no_districts`; `too_few_to_allocate` with fewer respondents than districts.
    """
    if not populations:
        raise AnalysisError("no_districts")
    if respondents < len(populations):
        raise AnalysisError(
            "too_few_to_allocate", respondents=respondents, districts=len(populations)
        )
    for population in populations.values():
        require_positive("population", population)
    size = {name: ALLOCATIONS[allocation](people) for name, people in populations.items()}
    # One each comes first, so that no district is left without; the rest by size.
    rest, total = respondents - len(size), sum(size.values())
    exact = {name: max(respondents * part / total - 1.0, 0.0) for name, part in size.items()}
    scale = rest / sum(exact.values()) if rest else 0.0
    whole = {name: math.floor(part * scale) for name, part in exact.items()}
    left = rest - sum(whole.values())
    by_remainder = sorted(exact, key=lambda name: whole[name] - exact[name] * scale)
    for name in by_remainder[:left]:
        whole[name] += 1
    return {name: count + 1 for name, count in whole.items()}


def precision_of(
    populations: Mapping[str, float],
    respondents: Mapping[str, int],
    share: float,
    confidence_level: float = 0.95,
    *,
    deff: float = 1.0,
) -> AllocatedPrecision:
    """The half-width of the city's share when district h has n_h of its N_h people.

    Parameters
    ----------
    share
        The share expected in every district.
    deff
        Design effect within districts, in addition to that of the allocation.

    Notes
    -----
    V = deff · p(1-p) · Σ (N_h/N)²/n_h · (1 - n_h/N_h), the variance of a stratified sample
    (Cochran 1977, section 5.3); with W_h = N_h/N, deff_allocation = n·Σ W_h²/n_h.
    """
    z = two_sided_quantile(confidence_level)
    people, n = sum(populations.values()), sum(respondents.values())
    inflation = variance = 0.0
    for name, population in populations.items():
        part = (population / people) ** 2 / respondents[name]
        inflation += n * part
        variance += part * max(1.0 - respondents[name] / population, 0.0)
    half_width = z * math.sqrt(deff * share * (1.0 - share) * variance)
    return AllocatedPrecision(n, inflation, half_width)
