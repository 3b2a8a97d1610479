"""`minsheng rate FILE.yaml`: the file's text as an assessment, with every slip named by its path.

Judging it is left to `analysis.rating.rate`.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

import analysis.shipped
from analysis.rating.assessment import (
    Assessment,
    InnovationCase,
    SecurityDeduction,
    SecurityRecord,
)


@dataclass(frozen=True)
class FileFault:
    """One thing that is wrong: where, a code that `wording.FILE_FAULTS` has, and its arguments."""

    path: str
    code: str
    arguments: Mapping[str, object] = field(default_factory=dict)


class BadFile(Exception):
    """The file is no rating file; `faults` says why."""

    def __init__(self, *faults: FileFault) -> None:
        super().__init__(*(fault.path for fault in faults))
        self.faults = faults


# Pydantic's kinds of error, and ours, that `wording.FILE_FAULTS` has words for.
FAULT_CODES = frozenset(
    {"extra_forbidden", "missing", "literal_error", "bool_type", "string_type", "day", "number"}
)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


def _to_day(value: Any) -> Any:
    # A datetime is a date to Python, and a day with a time of day is a slip. JSON, which is YAML
    # too, has dates as text.
    try:
        if isinstance(value, str):
            return date.fromisoformat(value)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
    except ValueError:
        pass
    raise PydanticCustomError("day", "a date such as 2024-10-31")


def _to_number(value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    raise PydanticCustomError("number", "a finite number")


def _to_figure(value: Any) -> Any:
    return value if isinstance(value, bool) else _to_number(value)


Day = Annotated[date, BeforeValidator(_to_day)]
Number = Annotated[float, BeforeValidator(_to_number)]
Figure = Annotated[float | bool, BeforeValidator(_to_figure)]
Level = Literal["none", "three", "four", "five"]
# A number of an indicator; YAML of a JSON writer has it as text.
IndicatorNumber = Annotated[int, Field(ge=1, strict=False)]


class _Deduction(_Strict):
    date: Day
    points: Number = 0.0
    reason: str = ""


class _Security(_Strict):
    deductions: list[_Deduction] = []
    major_incident: bool = False


class _Innovation(_Strict):
    date: Day
    title: str
    kind: str
    evidence: str = ""


class _RatingFile(_Strict):
    standard: str
    as_of: Day
    satisfaction: Number | None = None
    levels: dict[IndicatorNumber, Level] = {}
    measures: dict[IndicatorNumber, dict[str, Figure]] = {}
    national_benchmark: bool = False
    security: _Security = _Security()
    innovations: list[_Innovation] = []


class _Loader(yaml.SafeLoader):
    """YAML whose mappings refuse a key that comes twice: the second would win in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, str | int | float | bool) and key in seen:
                line = key_node.start_mark.line + 1
                raise BadFile(FileFault(f"line {line}", "twice", {"key": key}))
            seen.add(key if isinstance(key, str | int | float | bool) else id(key_node))
        return super().construct_mapping(node, deep)


def read_rating_file(text: str) -> Assessment:
    """Read the text of a rating file.

    Raises
    ------
    BadFile
        When it is no YAML, or not of the shape of one.
    AnalysisError
        `unknown_standard`. What the standard does not know is found by `rate`.
    """
    written = _parse(text)
    standard = analysis.shipped.standard(written.standard)
    return Assessment(
        standard=standard,
        as_of=written.as_of,
        satisfaction=written.satisfaction,
        levels=written.levels,
        figures=written.measures,
        national_benchmark=written.national_benchmark,
        security=SecurityRecord(
            deductions=tuple(
                SecurityDeduction(each.date, each.points, each.reason)
                for each in written.security.deductions
            ),
            major_incident=written.security.major_incident,
        ),
        innovations=tuple(
            InnovationCase(each.date, each.title, each.kind, each.evidence)
            for each in written.innovations
        ),
    )


def _parse(text: str) -> _RatingFile:
    try:
        written = yaml.load(text, _Loader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        raise BadFile(_no_yaml(error)) from error
    if not isinstance(written, Mapping):
        raise BadFile(FileFault("", "no_mapping"))
    try:
        return _RatingFile.model_validate(written)
    except ValidationError as error:
        raise BadFile(*(_fault(each) for each in error.errors())) from error


def _no_yaml(error: yaml.YAMLError) -> FileFault:
    mark = getattr(error, "problem_mark", None)
    path = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
    return FileFault(path, "no_yaml", {"problem": getattr(error, "problem", None) or str(error)})


def _fault(error: ErrorDetails) -> FileFault:
    # Numbers of indicators are keys, and look like places in a list to Pydantic.
    steps = [step for step in error["loc"] if step not in ("bool", "float", "[key]")]
    text = ""
    for step in steps:
        is_place = isinstance(step, int) and text.endswith(("deductions", "innovations"))
        text += f"[{step}]" if is_place else f".{step}"
    code = error["type"] if error["type"] in FAULT_CODES else "wrong_type"
    arguments = {"expected": error.get("ctx", {}).get("expected", ""), "problem": error["msg"]}
    return FileFault(text.lstrip("."), code, arguments)
