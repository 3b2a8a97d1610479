"""What ships with the statistics: population margins and the survey rule, by their ids.

The only module of `analysis` that opens files, and only those in its own folder.
"""

import csv
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from analysis.census import CensusRow, adult_margins
from analysis.errors import AnalysisError
from analysis.margins import BilingualText, Margins
from analysis.rating.survey_rule import RuleSource, SurveyRule

_HERE = Path(__file__).parent
_MARGIN_SETS = _HERE / "data" / "margin_sets.yaml"
_SURVEY_RULES = _HERE / "standards" / "survey_rule.yaml"


def margin_set_ids() -> tuple[str, ...]:
    """The ids that `margins` knows."""
    return tuple(_entries(_MARGIN_SETS))


@cache
def margins(margin_set_id: str) -> Margins:
    """A shipped set of population margins, for example `jining-adults-2020`.

    Raises AnalysisError `unknown_margin_set`.
    """
    entries = _entries(_MARGIN_SETS)
    if margin_set_id not in entries:
        raise AnalysisError("unknown_margin_set", id=margin_set_id)
    entry = entries[margin_set_id]
    return Margins(
        margins=adult_margins(census_rows(), entry["division"]),
        source=BilingualText(**entry["source"]),
    )


def survey_rule_ids() -> tuple[str, ...]:
    """The ids that `survey_rule` knows."""
    return tuple(_entries(_SURVEY_RULES))


@cache
def survey_rule(rule_id: str) -> SurveyRule:
    """The survey row of a standard, for example `shandong-2023-city`.

    Raises AnalysisError `unknown_survey_rule`.
    """
    entries = _entries(_SURVEY_RULES)
    if rule_id not in entries:
        raise AnalysisError("unknown_survey_rule", id=rule_id)
    entry = entries[rule_id]
    return SurveyRule(
        deduct_below=float(entry["deduct_below"]),
        deduct_points=float(entry["deduct_points"]),
        void_below=float(entry["void_below"]),
        source=RuleSource(**entry["source"]),
    )


@cache
def census_rows() -> tuple[CensusRow, ...]:
    """The rows of the 2020 census that ship; `data/census_2020_sources.csv` names their sources."""
    with (_HERE / "data" / "census_2020.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            CensusRow(
                division_code=row["division_code"],
                division_name=row["division_name"],
                variable=row["variable"],
                category=row["category"],
                population=int(row["population"]),
                source_id=row["source_id"],
            )
            for row in csv.DictReader(file)
        )


@cache
def _entries(path: Path) -> dict[str, dict[str, Any]]:
    """A data file of ours as the mapping that its typed readers above take apart."""
    entries: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return entries
