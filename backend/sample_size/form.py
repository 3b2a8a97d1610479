"""Reads the sample-size form from an address: what was typed, the goal it means, and its faults.

The form speaks in per cent; everything behind it in shares from 0 to 1.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from analysis.errors import AnalysisError
from backend.sample_size import wording
from backend.sample_size.service import (
    EVERYBODY,
    Goal,
    Needed,
    district_populations,
    margin_sets,
    needed,
)

WIDTH, POWER = "width", "power"
# What the form holds at first; a field left empty means this too.
DEFAULTS: Mapping[str, str] = {
    "margins": "",
    "population": "1000000",
    "goal": WIDTH,
    "share": "75",
    "half_width": "5",
    "line": "70",
    "power": "80",
    "confidence_level": "95",
    "deff": "1.5",
    "participation": "100",
}
_IN_PER_CENT = ("share", "half_width", "line", "power", "confidence_level", "participation")


@dataclass(frozen=True)
class Filled:
    """The form as typed, the answer to it (None with faults), and each fault by its field."""

    typed: Mapping[str, str]
    answer: Needed | None
    errors: Mapping[str, str] = field(default_factory=dict)


def read_form(query: Mapping[str, str], translate: Callable[[str], str]) -> Filled:
    """Read and answer the form; fields that are not in the address have their defaults."""
    defaults = {**DEFAULTS, "margins": next(iter(margin_sets()), "")}
    typed = {name: query.get(name, "").strip() or default for name, default in defaults.items()}
    # A choice of no district is an empty value, which is not the same as none at all.
    if query.get("margins") == "":
        typed["margins"] = ""
    numbers, errors = _numbers(typed, translate)
    if errors:
        return Filled(typed, None, errors)
    try:
        return Filled(typed, needed(_populations(typed, numbers), _goal(typed, numbers)))
    except AnalysisError as error:
        at = str(error.arguments.get("name", _FIELD_OF.get(error.code, "")))
        return Filled(typed, None, {at: wording.refusal(error, translate)})


_FIELD_OF = {"share_on_the_line": "share", "unknown_margin_set": "margins"}


def _numbers(
    typed: Mapping[str, str], translate: Callable[[str], str]
) -> tuple[dict[str, float], dict[str, str]]:
    numbers, errors = {}, {}
    for name in (*_IN_PER_CENT, "deff", "population"):
        try:
            number = float(typed[name].removesuffix("%").replace(",", ""))
        except ValueError:
            number = math.nan
        if math.isfinite(number):
            numbers[name] = number / 100 if name in _IN_PER_CENT else number
        else:
            errors[name] = wording.not_a_number(name, translate)
    return numbers, errors


def _populations(typed: Mapping[str, str], numbers: Mapping[str, float]) -> dict[str, float]:
    if typed["margins"]:
        return district_populations(typed["margins"])
    return {EVERYBODY: numbers["population"]}


def _goal(typed: Mapping[str, str], numbers: Mapping[str, float]) -> Goal:
    return Goal(
        share=numbers["share"],
        half_width=None if typed["goal"] == POWER else numbers["half_width"],
        line=numbers["line"],
        power=numbers["power"],
        confidence_level=numbers["confidence_level"],
        deff=numbers["deff"],
        participation=numbers["participation"],
    )
