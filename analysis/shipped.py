"""What ships with the statistics: population margins, indicator standards and plans, by their ids.

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
from analysis.rating.plan import Plan
from analysis.rating.standard import Standard
from analysis.rating.survey_rule import SurveyRule, rule_of

_HERE = Path(__file__).parent
_MARGIN_SETS = _HERE / "data" / "margin_sets.yaml"
_STANDARDS = _HERE / "standards"
_PLANS = _HERE / "plans"


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


@cache
def standard_ids() -> tuple[str, ...]:
    """The ids that `standard` knows, in the order of the alphabet."""
    return tuple(sorted(path.stem for path in _STANDARDS.glob("*.yaml")))


@cache
def standard(standard_id: str) -> Standard:
    """An indicator standard, for example `shandong-2023-city`.

    Raises AnalysisError `unknown_standard`.
    """
    if standard_id not in standard_ids():
        raise AnalysisError("unknown_standard", id=standard_id, known=", ".join(standard_ids()))
    return Standard.model_validate(_entries(_STANDARDS / f"{standard_id}.yaml"))


@cache
def survey_rule_ids() -> tuple[str, ...]:
    """The ids that `survey_rule` knows: the standards with a row on the survey."""
    return tuple(each for each in standard_ids() if standard(each).survey is not None)


@cache
def survey_rule(rule_id: str) -> SurveyRule:
    """The survey row of a standard, for example of `shandong-2023-city`.

    Raises AnalysisError `unknown_survey_rule`.
    """
    rule = rule_of(standard(rule_id)) if rule_id in standard_ids() else None
    if rule is None:
        raise AnalysisError("unknown_survey_rule", id=rule_id)
    return rule


@cache
def plan_ids() -> tuple[str, ...]:
    """The ids that `plan` knows, in the order of the alphabet."""
    return tuple(sorted(path.stem for path in _PLANS.glob("*.yaml")))


@cache
def plan(plan_id: str) -> Plan:
    """A plan's targets, for example `weihai-2021`.

    Raises AnalysisError `unknown_plan`.
    """
    if plan_id not in plan_ids():
        raise AnalysisError("unknown_plan", id=plan_id, known=", ".join(plan_ids()))
    return Plan.model_validate(_entries(_PLANS / f"{plan_id}.yaml"))


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
