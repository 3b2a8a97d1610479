import pytest

from analysis.census import AGE_BANDS, CensusRow, adult_margins
from analysis.errors import AnalysisError

GROUPS = tuple(group for band in AGE_BANDS.values() for group in band)


def county(code: str, by_age: dict[str, int], *, men: int, urban: int) -> list[CensusRow]:
    """A county of 100 people of all ages, with the adults of the age groups given."""
    figures = [("age_5yr", group, by_age.get(group, 0)) for group in GROUPS]
    figures += [("sex", "male", men), ("sex", "female", 100 - men)]
    figures += [("residence", "urban", urban), ("residence", "rural", 100 - urban)]
    return [
        CensusRow(code, "", variable, category, population, "test")
        for variable, category, population in figures
    ]


# Every age band of the first county has somebody; the second has only people of 15 to 19.
ROWS = (
    *county(
        "370801",
        {"15-19": 5, "20-24": 3, "30-34": 10, "40-44": 10, "50-54": 20, "60-64": 15, "85+": 10},
        men=60,
        urban=80,
    ),
    *county("370802", {"15-19": 50}, men=40, urban=30),
    *county("371001", {"15-19": 50}, men=40, urban=30),
)


def populations(variable: str) -> dict[str, float]:
    margin = next(own for own in adult_margins(ROWS, "370800") if own.variable == variable)
    return dict(zip(margin.categories, margin.populations, strict=True))


def test_two_fifths_of_those_from_15_to_19_are_adults() -> None:
    assert populations("district") == pytest.approx({"370801": 70.0, "370802": 20.0})


def test_age_bands_sum_the_five_year_groups_of_the_citys_counties() -> None:
    assert populations("age_band") == pytest.approx(
        {"18-29": 25.0, "30-39": 10.0, "40-49": 10.0, "50-59": 20.0, "60-69": 15.0, "70+": 10.0}
    )


def test_sex_and_residence_divide_the_adults_as_they_divide_all_ages() -> None:
    assert populations("sex") == pytest.approx({"male": 45.0, "female": 45.0})
    assert populations("residence") == pytest.approx({"urban": 49.5, "rural": 40.5})


def test_a_city_without_county_rows_is_named() -> None:
    with pytest.raises(AnalysisError) as caught:
        adult_margins(ROWS, "379900")

    assert caught.value.code == "division_without_census"
