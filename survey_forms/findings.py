"""What a check of a definition can find, as codes with arguments; the words live elsewhere."""

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from survey_forms.plain_text import one_line

_LONGEST_ARGUMENT = 300

Severity = Literal["error", "warning"]


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in a definition text.

    `line` and `column` count from 1. `item` is the key of the item it stands in, None outside
    items. `arguments` are texts ready to be placed in a sentence; FINDING_CODES says which.
    """

    code: str
    severity: Severity
    line: int
    column: int
    item: str | None
    arguments: Mapping[str, str]


class DefinitionError(ValueError):
    """A definition that cannot be used; `findings` has all that was found, warnings too."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(
            "; ".join(f"line {found.line}: {found.code}" for found in findings) or "no findings"
        )
        self.findings = findings


def finding(
    code: str, line: int, column: int, item: str | None, arguments: Mapping[str, str]
) -> Finding:
    """Make a finding with the severity of its code and arguments that can be printed anywhere."""
    return Finding(
        code=code,
        severity=FINDING_CODES[code].severity,
        line=line,
        column=column,
        item=None if item is None else _printable(item),
        arguments={name: _printable(value) for name, value in arguments.items()},
    )


def _printable(written: str) -> str:
    """Return a short form of what stands in a definition, which may be of any length and kind."""
    line = one_line(written)
    return line if len(line) <= _LONGEST_ARGUMENT else line[:_LONGEST_ARGUMENT] + "…"


@dataclasses.dataclass(frozen=True, slots=True)
class FindingCode:
    """How severe a kind of finding is, and which arguments its sentence gets."""

    severity: Severity
    arguments: frozenset[str]


def _error(*arguments: str) -> FindingCode:
    return FindingCode("error", frozenset(arguments))


def _warning(*arguments: str) -> FindingCode:
    return FindingCode("warning", frozenset(arguments))


FINDING_CODES: Mapping[str, FindingCode] = MappingProxyType(
    {
        # The file
        "too_large": _error("kilobytes", "limit"),
        "too_many_nodes": _error("limit"),
        "too_deep": _error("limit"),
        "empty_document": _error(),
        "not_a_mapping": _error(),
        "several_documents": _error(),
        "yaml_syntax": _error("problem"),
        "yaml_tab": _error(),
        "yaml_character": _error("character"),
        "yaml_tag": _error("tag"),
        "yaml_colon": _error(),
        "yaml_unquoted": _error("character"),
        "yaml_key": _error(),
        "duplicate_yaml_key": _error("key", "first_line"),
        # The shape
        "missing_field": _error("field"),
        "unknown_field": _error("field", "nearest"),
        "field_not_here": _error("field"),
        "empty_field": _error("field"),
        "empty_list": _error("field"),
        "too_many_entries": _error("field", "limit"),
        "quotes_needed": _error("written"),
        "wants_text": _error("field"),
        "wants_languages": _error("field"),
        "wants_fields": _error("field"),
        "wants_list": _error("field"),
        "wants_true_or_false": _error("field", "written"),
        "wants_number": _error("field", "written"),
        "wants_whole_number": _error("field", "written"),
        "wants_date": _error("field", "written"),
        "not_above": _error("field", "written", "limit"),
        "number_too_small": _error("field", "written", "limit"),
        "number_too_large": _error("field", "written", "limit"),
        "text_too_long": _error("field", "limit"),
        "bad_key": _error("written"),
        "bad_questionnaire_key": _error("written"),
        "bad_choice_code": _error("written"),
        "bad_rule_id": _error("written"),
        "not_one_of": _error("field", "written", "allowed"),
        "unknown_kind": _error("written", "allowed"),
        "invalid_value": _error("field", "problem"),
        # Keys and codes
        "duplicate_section_key": _error("key", "first_line"),
        "duplicate_item_key": _error("key", "first_line"),
        "duplicate_row_key": _error("key", "first_line"),
        "duplicate_dimension_key": _error("key", "first_line"),
        "choice_code_clash": _error("choice", "first", "first_line"),
        # Items
        "several_other_choices": _error("choice"),
        "exclusive_in_single": _error("choice"),
        "other_and_exclusive": _error("choice"),
        "only_exclusive_choices": _error(),
        "max_selected_too_large": _error("maximum", "choices"),
        "min_selected_too_large": _error("minimum", "choices"),
        "bounds_reversed": _error("low_field", "low", "high_field", "high"),
        "unknown_division_root": _error("root", "known"),
        # Texts
        "chinese_not_declared": _error(),
        "duplicate_language": _error("language"),
        "missing_translation": _error("language", "text"),
        "undeclared_language": _warning("language"),
        # Conditions
        "not_a_condition": _error(),
        "one_operator_only": _error("operators"),
        "unknown_operator": _error("operator", "known"),
        "operand_count": _error("operator", "count", "expected"),
        "computed_reference": _error("operator"),
        "unknown_reference": _error("reference", "nearest"),
        "unknown_row_reference": _error("reference", "rows"),
        "row_reference_wanted": _error("reference", "rows"),
        "not_a_matrix_reference": _error("reference", "kind"),
        "later_reference": _error("reference", "reference_line"),
        "cyclic_condition": _error("cycle"),
        "impossible_comparison": _error("written", "reference", "allowed"),
        "list_comparison": _error("reference", "operator"),
        "in_wants_list": _error("reference", "kind"),
        "null_comparison": _warning("reference", "operator"),
        # Satisfaction and weighting
        "dimension_weights_sum": _error("sum"),
        "item_weights_sum": _error("dimension", "sum"),
        "unknown_dimension_item": _error("reference", "nearest"),
        "unknown_dimension_row": _error("reference", "rows"),
        "dimension_row_wanted": _error("reference", "rows"),
        "dimension_row_unwanted": _error("reference"),
        "not_satisfaction": _error("reference", "kind"),
        "measure_twice": _error("reference", "first_line"),
        "measure_in_no_dimension": _warning("measure"),
        "too_many_measures": _error("count", "limit"),
        "unknown_weighting_variable": _error("variable", "nearest"),
        "weighting_variable_kind": _error("variable", "kind"),
        "duplicate_weighting_variable": _error("variable"),
        "weighting_variable_hidden": _warning("variable"),
        "weighting_variable_optional": _warning("variable"),
        # Quality rules
        "duplicate_quality_entry": _error("name", "first_line"),
        "unknown_quality_item": _error("reference", "nearest"),
        "not_a_matrix": _error("reference", "kind"),
        "unreachable_limit": _error("field", "written", "limit"),
        "nothing_to_time": _error(),
        "attention_kind": _error("reference", "kind"),
        "unknown_expected_choice": _error("reference", "choice", "known"),
        "quality_reads_rating": _warning("reference"),
        # What ships outside this package: found by the rules that a caller adds to the check
        "unknown_rule": _error("rule", "known"),
        "unknown_margins": _error("margins", "known"),
        "variable_without_margin": _error("variable", "margins", "known"),
        "choice_without_population": _error("choice", "variable", "margins", "known"),
        "counties_without_population": _error("counties", "variable", "margins"),
        # Only a warning: nobody's answers are lost, and every result names what was joined.
        "population_without_choice": _warning("categories", "variable", "margins"),
    }
)
