"""`minsheng rate FILE.yaml`: the file's text as an assessment, with every slip named by its path.

Judging it is left to `analysis.rating.rate`.
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any, Literal

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

import analysis.shipped
from analysis.errors import AnalysisError
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

    @model_validator(mode="before")
    @classmethod
    def _without_nothing(cls, written: Any) -> Any:
        """Take a key without a value as absent: `levels:` with nothing under it."""
        if not isinstance(written, Mapping):
            return written
        return {key: value for key, value in written.items() if value is not None}


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
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            number = float(value)
        except OverflowError:  # an integer beyond all floats
            number = math.inf
        if math.isfinite(number):
            return number + 0.0  # 0, not -0
    raise PydanticCustomError("number", "a finite number")


def _to_figure(value: Any) -> Any:
    return value if isinstance(value, bool) else _to_number(value)


def _to_indicator_number(value: Any) -> Any:
    # A JSON writer has keys as text. To Python, true is 1.
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,4}", value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise PydanticCustomError("indicator_number", "the number of an indicator, such as 3")


Day = Annotated[date, BeforeValidator(_to_day)]
Number = Annotated[float, BeforeValidator(_to_number)]
Figure = Annotated[float | bool, BeforeValidator(_to_figure)]
Level = Literal["none", "three", "four", "five"]
IndicatorNumber = Annotated[int, BeforeValidator(_to_indicator_number), Field(ge=1)]


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
    """YAML whose mappings refuse a key that comes twice: the second would win in silence.

    A scalar that is not what it looks like, such as 2024-02-30, stays text: its field refuses it.
    """

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        if isinstance(node, yaml.ScalarNode) and _BASE_8_OR_60.fullmatch(node.value):
            return node.value
        try:
            value = super().construct_object(node, deep)
        except (ValueError, OverflowError, KeyError, AttributeError):
            if not isinstance(node, yaml.ScalarNode):
                raise
            return node.value
        return _joined(value, node.start_mark) if isinstance(value, str) else value

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key_node, _ in node.value:
            if key_node.tag != _MERGE and isinstance(key_node, yaml.ScalarNode):
                key = str(self.construct_object(key_node, deep=True))
                if key in seen:
                    line = key_node.start_mark.line + 1
                    raise BadFile(FileFault(f"line {line}", "twice", {"key": key}))
                seen.add(key)
        return super().construct_mapping(node, deep)


_MERGE = "tag:yaml.org,2002:merge"
# To YAML 1.1, 010 is 8 and 1:30 is 90; whoever writes them means neither.
_BASE_8_OR_60 = re.compile(r"[-+]?(0[0-9_]+|[0-9_]+(:[0-9_.]+)+)")
# To YAML 1.1, 7e-1 is text; to JSON and YAML 1.2 it is a number.
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)[eE][-+]?[0-9]+$"),
    list("-+.0123456789"),
)


def _joined(text: str, mark: yaml.Mark) -> str:
    r"""Join surrogate pairs, which JSON writes for rare characters: "\ud842\udfb7" is one."""
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        path = f"line {mark.line + 1}, column {mark.column + 1}"
        raise BadFile(FileFault(path, "no_yaml", {"problem": "half of a character"})) from None


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
    try:
        standard = analysis.shipped.standard(written.standard)
    except AnalysisError as error:
        raise AnalysisError(error.code, field="standard", **error.arguments) from error
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
        written = _parse_json(text) or yaml.load(text, _Loader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        raise BadFile(_no_yaml(error)) from error
    except RecursionError as error:
        raise BadFile(FileFault("", "no_yaml", {"problem": "nested too deeply"})) from error
    if not isinstance(written, Mapping):
        raise BadFile(FileFault("", "no_mapping"))
    try:
        return _RatingFile.model_validate(written)
    except ValidationError as error:
        raise BadFile(*(_fault(each) for each in error.errors())) from error


def _parse_json(text: str) -> Any:
    """Return what JSON says, which YAML 1.1 cannot always read (tabs); None where it is none."""
    try:
        written = json.loads(text, object_pairs_hook=_without_twins)
        json.dumps(written, ensure_ascii=False).encode()
    except ValueError:  # no JSON, or half a character in it
        return None
    return written


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    written: dict[str, Any] = {}
    for key, value in pairs:
        if key in written:
            raise BadFile(FileFault(key, "twice", {"key": key}))
        written[key] = value
    return written


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
