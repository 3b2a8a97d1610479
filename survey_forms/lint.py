"""Checks a definition before publishing: all mistakes at once, each with its line and item.

The YAML is yaml_document's, the shape structure's, the meaning the rules'; this puts them together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from survey_forms.definition import Questionnaire
from survey_forms.draft import draft_of
from survey_forms.findings import Finding, finding
from survey_forms.rules import RULES, Rule
from survey_forms.structure import Found, validate
from survey_forms.yaml_document import Document, Path, read_document, yaml_finding

__all__ = ["Examination", "Finding", "check", "examine"]


@dataclass(frozen=True)
class Examination:
    """What was found in a definition, and the questionnaire when none of it is an error."""

    findings: tuple[Finding, ...]
    questionnaire: Questionnaire | None


def check(text: str) -> tuple[Finding, ...]:
    """Return everything wrong with a definition text, in the order of its lines; never raises."""
    return examine(text).findings


def examine(text: str, more_rules: Sequence[Rule] = ()) -> Examination:
    """Return the findings on a definition text and, without errors, its questionnaire.

    `more_rules` are a caller's own, who knows what the ids in a definition refer to.
    """
    document = read_document(text)
    if document.data is None:
        return Examination(document.findings, None)
    if not isinstance(document.data, dict):
        wrong = yaml_finding("not_a_mapping", document.position(()))
        return Examination((*document.findings, wrong), None)
    questionnaire, misshapen = validate(document)
    draft = draft_of(document)
    meaningless = (found for rule in (*RULES, *more_rules) for found in rule(draft))
    placed = (_placed(document, found) for found in (*misshapen, *meaningless))
    findings = _in_order((*document.findings, *placed))
    has_error = any(finding.severity == "error" for finding in findings)
    return Examination(findings, None if has_error else questionnaire)


def _placed(document: Document, found: Found) -> Finding:
    position = document.position(found.path)
    item = _item_key(document, found.path)
    return finding(found.code, position.line, position.column, item, found.arguments)


def _item_key(document: Document, path: Path) -> str | None:
    """Return the key, as written, of the item that a path leads into."""
    if len(path) < 4 or path[0] != "sections" or path[2] != "items":
        return None
    return document.written.get((*path[:4], "key"))


def _in_order(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    unique: list[Finding] = []
    for found in findings:
        if found not in unique:
            unique.append(found)
    return tuple(sorted(unique, key=lambda found: (found.line, found.column)))
