"""Turns what pydantic says about a definition's shape into findings in the author's terms."""

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, NamedTuple

from pydantic import ValidationError

from survey_forms.definition import Questionnaire, json_schema
from survey_forms.frozen import CODE_PATTERN, QUESTIONNAIRE_KEY_PATTERN, RULE_ID_PATTERN
from survey_forms.items import KINDS
from survey_forms.yaml_document import Document, Path


class Found(NamedTuple):
    """A finding that still stands at a path rather than a line."""

    code: str
    path: Path
    arguments: Mapping[str, str]


class Wrong(NamedTuple):
    """One thing that pydantic refused: the field it stands in, its value, as written, and why."""

    field: str
    value: object
    written: str
    context: Mapping[str, Any]
    message: str


def validate(document: Document) -> tuple[Questionnaire | None, tuple[Found, ...]]:
    """Return the questionnaire when the document has the right shape, and what is wrong if not."""
    try:
        return Questionnaire.model_validate(document.data), ()
    except ValidationError as error:
        return None, tuple(_translated(error, document))


def nearest(wanted: str, known: list[str]) -> str:
    """Return the known name most like `wanted`; "" when none is known."""
    return next(iter(get_close_matches(wanted, known, n=1, cutoff=0.0)), "")


def _translated(error: ValidationError, document: Document) -> Iterator[Found]:
    for detail in error.errors(include_url=False):
        if detail["type"] == "too_short" and detail["input"]:
            continue  # a list whose entries are all broken counts as empty; each is reported
        path = _without_kind(detail["loc"])
        wrong = Wrong(
            field=_field(path),
            value=detail["input"],
            written=document.written.get(path, ""),
            context=detail.get("ctx", {}),
            message=detail["msg"],
        )
        if detail["type"] in {"union_tag_invalid", "union_tag_not_found"}:
            yield _wrong_kind(path, wrong)
        else:
            code, arguments = _TRANSLATIONS.get(detail["type"], _invalid)(wrong)
            yield Found(code, path, arguments)


def _without_kind(location: tuple[str | int, ...]) -> Path:
    """Return the path in the document: pydantic puts an item's kind between its parts."""
    is_in_item = len(location) > 4 and location[0] == "sections" and location[2] == "items"
    if is_in_item and location[4] in KINDS:
        return (*location[:4], *location[5:])
    return location


def _field(path: Path) -> str:
    """Return the name of the field that a path ends in; of the list, for an entry of one."""
    return next((step for step in reversed(path) if isinstance(step, str)), "")


Translation = tuple[str, dict[str, str]]


def _missing(wrong: Wrong) -> Translation:
    if wrong.field == "zh-CN":
        other = wrong.value.get("en") if isinstance(wrong.value, Mapping) else ""
        return "missing_translation", {"language": "zh-CN", "text": str(other or "")[:20]}
    return "missing_field", {"field": wrong.field}


def _unknown(wrong: Wrong) -> Translation:
    known = _field_names()
    if wrong.field in known:
        return "field_not_here", {"field": wrong.field}
    return "unknown_field", {"field": wrong.field, "nearest": nearest(wrong.field, known)}


def _not_text(wrong: Wrong) -> Translation:
    if isinstance(wrong.value, (bool, int, float)):
        return "quotes_needed", {"written": wrong.written}
    return _unless_empty("wants_text", wrong)


def _not_fields(wrong: Wrong) -> Translation:
    is_text = wrong.context.get("class_name") == "Text"
    return _unless_empty("wants_languages" if is_text else "wants_fields", wrong)


def _not_list(wrong: Wrong) -> Translation:
    return _unless_empty("wants_list", wrong)


def _unless_empty(code: str, wrong: Wrong) -> Translation:
    return "empty_field" if wrong.value is None else code, {"field": wrong.field}


def _bad_name(wrong: Wrong) -> Translation:
    allowed = wrong.context["pattern"]
    return _BAD_NAMES.get(allowed, "bad_key"), {"written": str(wrong.value)}


_BAD_NAMES: Mapping[str, str] = MappingProxyType(
    {
        CODE_PATTERN: "bad_choice_code",
        QUESTIONNAIRE_KEY_PATTERN: "bad_questionnaire_key",
        RULE_ID_PATTERN: "bad_rule_id",
    }
)


def _not_one_of(wrong: Wrong) -> Translation:
    allowed = str(wrong.context["expected"]).replace("'", "").replace(" or ", ", ")
    return "not_one_of", {"field": wrong.field, "written": wrong.written, "allowed": allowed}


def _as_written(code: str) -> Callable[[Wrong], Translation]:
    def translate(wrong: Wrong) -> Translation:
        if wrong.value is None:
            return "empty_field", {"field": wrong.field}
        return code, {"field": wrong.field, "written": wrong.written}

    return translate


def _beyond(code: str, bound: str) -> Callable[[Wrong], Translation]:
    def translate(wrong: Wrong) -> Translation:
        limit = f"{wrong.context[bound]:g}"
        return code, {"field": wrong.field, "written": wrong.written, "limit": limit}

    return translate


def _invalid(wrong: Wrong) -> Translation:
    return "invalid_value", {"field": wrong.field, "problem": wrong.message}


_TRANSLATIONS: Mapping[str, Callable[[Wrong], Translation]] = MappingProxyType(
    {
        "missing": _missing,
        "extra_forbidden": _unknown,
        "string_type": _not_text,
        "model_type": _not_fields,
        "model_attributes_type": _not_fields,
        "tuple_type": _not_list,
        "bool_type": _as_written("wants_true_or_false"),
        "int_type": _as_written("wants_whole_number"),
        "int_from_float": _as_written("wants_whole_number"),
        "float_type": _as_written("wants_number"),
        "finite_number": _as_written("wants_number"),
        "not_a_date": _as_written("wants_date"),
        "literal_error": _not_one_of,
        "string_pattern_mismatch": _bad_name,
        "greater_than": _beyond("not_above", "gt"),
        "greater_than_equal": _beyond("number_too_small", "ge"),
        "less_than_equal": _beyond("number_too_large", "le"),
        "string_too_short": lambda wrong: ("empty_field", {"field": wrong.field}),
        "string_too_long": lambda wrong: (
            "text_too_long",
            {"field": wrong.field, "limit": str(wrong.context["max_length"])},
        ),
        "too_short": lambda wrong: ("empty_list", {"field": wrong.field}),
        "too_long": lambda wrong: (
            "too_many_entries",
            {"field": wrong.field, "limit": str(wrong.context["max_length"])},
        ),
    }
)


def _wrong_kind(path: Path, wrong: Wrong) -> Found:
    kind = wrong.value.get("kind") if isinstance(wrong.value, Mapping) else None
    if kind is None:
        return Found("missing_field", path, {"field": "kind"})
    allowed = ", ".join(KINDS)
    return Found("unknown_kind", (*path, "kind"), {"written": str(kind), "allowed": allowed})


def _field_names() -> list[str]:
    """Return the names of all fields of all parts of a definition."""
    schema = json_schema()
    parts = [schema, *schema["$defs"].values()]
    parts = [part for part in parts if part["title"] != "Condition"]
    return sorted({name for part in parts for name in part.get("properties", ())})
