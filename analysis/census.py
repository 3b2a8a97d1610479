"""Margins of the adult population, derived from rows of the 2020 census.

The census publishes five-year age groups by county, so a population of 18 and over has to be
derived; what is assumed is in docs/methods.md, "Population margins". Reading the rows is left
to `shipped`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from analysis.errors import AnalysisError
from analysis.margins import Margin

# Ages 18 and 19 as a share of the group 15-19, taken as evenly spread over its five years.
ADULTS_AMONG_15_TO_19 = 2 / 5

AGE_BANDS: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "18-29": {"15-19": ADULTS_AMONG_15_TO_19, "20-24": 1.0, "25-29": 1.0},
        "30-39": {"30-34": 1.0, "35-39": 1.0},
        "40-49": {"40-44": 1.0, "45-49": 1.0},
        "50-59": {"50-54": 1.0, "55-59": 1.0},
        "60-69": {"60-64": 1.0, "65-69": 1.0},
        "70+": {"70-74": 1.0, "75-79": 1.0, "80-84": 1.0, "85+": 1.0},
    }
)


@dataclass(frozen=True)
class CensusRow:
    """The residents of one division in one category; `source_id` names the table it is from."""

    division_code: str
    division_name: str
    variable: str
    category: str
    population: int
    source_id: str


def adult_margins(rows: Sequence[CensusRow], city_code: str) -> tuple[Margin, ...]:
    """The residents of a city aged 18 and over, by district, sex, age band and residence.

    Districts are the county-level rows under the city's code, in the order of their codes. Sex
    and residence are those of all ages, scaled to the adult total. Populations are not rounded,
    so that all margins have one total.

    Raises AnalysisError `division_without_census` when the city has no county rows.
    """
    counties = sorted(
        {
            row.division_code
            for row in rows
            if row.division_code[:4] == city_code[:4] and row.division_code != city_code
        }
    )
    if not counties:
        raise AnalysisError("division_without_census", division=city_code)
    population = {
        (row.division_code, row.variable, row.category): float(row.population) for row in rows
    }

    def people(county: str, band: str) -> float:
        groups = AGE_BANDS[band].items()
        return sum(population[county, "age_5yr", group] * part for group, part in groups)

    def city(variable: str, category: str) -> float:
        return sum(population[county, variable, category] for county in counties)

    districts = tuple(sum(people(county, band) for band in AGE_BANDS) for county in counties)
    bands = tuple(sum(people(county, band) for county in counties) for band in AGE_BANDS)
    adults = sum(districts)
    sexes = tuple(city("sex", category) for category in ("male", "female"))
    residences = tuple(city("residence", category) for category in ("urban", "rural"))
    return (
        Margin("district", tuple(counties), districts),
        Margin("sex", ("male", "female"), _scaled(sexes, adults)),
        Margin("age_band", tuple(AGE_BANDS), bands),
        Margin("residence", ("urban", "rural"), _scaled(residences, adults)),
    )


def _scaled(populations: Sequence[float], total: float) -> tuple[float, ...]:
    return tuple(population * total / sum(populations) for population in populations)
