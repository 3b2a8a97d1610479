"""Reads what ships inside this package: questionnaires/*.yaml and divisions/*.csv."""

import csv
from functools import cache
from pathlib import Path

from survey_forms.division_codes import Divisions

_HERE = Path(__file__).parent
_QUESTIONNAIRES = _HERE / "questionnaires"
_DIVISIONS = _HERE / "divisions"


def questionnaire_ids() -> tuple[str, ...]:
    """Return the ids (file names without ending) of the questionnaires that ship, sorted."""
    return tuple(sorted(path.stem for path in _QUESTIONNAIRES.glob("*.yaml")))


def questionnaire_text(questionnaire_id: str) -> str:
    """Return the definition of a shipped questionnaire as written; KeyError for an unknown id."""
    if questionnaire_id not in questionnaire_ids():
        raise KeyError(questionnaire_id)
    return (_QUESTIONNAIRES / f"{questionnaire_id}.yaml").read_text(encoding="utf-8")


def division_roots() -> tuple[str, ...]:
    """Return the six-digit codes of the cities whose divisions ship, sorted."""
    return tuple(sorted(path.stem for path in _DIVISIONS.glob("*.csv")))


@cache
def divisions(root: str) -> Divisions:
    """Return the divisions of a city by its six-digit code; KeyError when they do not ship."""
    if root not in division_roots():
        raise KeyError(root)
    lines = (_DIVISIONS / f"{root}.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return Divisions.from_rows((row["code"], row["name"], row["level"]) for row in rows)
