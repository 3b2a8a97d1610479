import csv
from collections.abc import Callable
from pathlib import Path

import pytest

import analysis
from analysis import shipped
from analysis.errors import AnalysisError

DATA = Path(analysis.__file__).parent / "data"


def test_the_adults_of_jining_are_those_of_its_twelve_county_level_divisions() -> None:
    margins = shipped.margins("jining-adults-2020")

    district = margins.margins[0]
    assert margins.variables == ("district", "sex", "age_band", "residence")
    assert len(district.categories) == 12
    # 985,308 of 任城区 aged 20 and over, and two fifths of its 62,144 from 15 to 19.
    assert district.populations[district.categories.index("370811")] == pytest.approx(969_720.6)
    assert margins.total == pytest.approx(6_385_226.0)


@pytest.mark.parametrize("margin_set_id", shipped.margin_set_ids())
def test_a_shipped_margin_set_says_in_both_languages_where_it_comes_from(
    margin_set_id: str,
) -> None:
    source = shipped.margins(margin_set_id).source

    assert "978-7-5037-9772-9" in source.zh
    assert "978-7-5037-9772-9" in source.en


def test_the_county_rows_of_jining_add_up_to_its_census_total() -> None:
    totals = {
        row.division_code: row.population
        for row in shipped.census_rows()
        if row.variable == "total" and row.division_code.startswith("3708")
    }

    city = totals.pop("370800")

    assert city == sum(totals.values()) == 8_357_897


def test_every_census_row_names_a_source_that_is_listed() -> None:
    with (DATA / "census_2020_sources.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["source_id"] for row in csv.DictReader(file)}

    assert {row.source_id for row in shipped.census_rows()} == listed


@pytest.mark.parametrize(
    ("rule_id", "row", "table"),
    [("shandong-2023-city", 45, "市级"), ("shandong-2023-county", 38, "县级")],
)
def test_the_survey_rule_is_the_documents_row(rule_id: str, row: int, table: str) -> None:
    rule = shipped.survey_rule(rule_id)

    assert (rule.deduct_below, rule.deduct_points, rule.void_below) == (0.7, 10.0, 0.6)
    assert rule.source.row == row
    assert table in rule.source.table
    assert "公众满意度低于70%" in rule.source.text


@pytest.mark.parametrize(
    ("load", "code"),
    [(shipped.margins, "unknown_margin_set"), (shipped.survey_rule, "unknown_survey_rule")],
)
def test_an_unknown_id_is_named(load: Callable[[str], object], code: str) -> None:
    with pytest.raises(AnalysisError) as caught:
        load("nowhere-1999")

    assert (caught.value.code, caught.value.arguments) == (code, {"id": "nowhere-1999"})
