"""Every condition is JsonLogic with operators of the table and the operands that they take."""

from collections.abc import Iterator, Mapping, Sequence

from survey_forms.conditions import OPERATORS, Operator, operation
from survey_forms.draft import Draft
from survey_forms.rules.expressions import nodes, places
from survey_forms.structure import Found
from survey_forms.yaml_document import Path


def are_well_formed(draft: Draft) -> Iterator[Found]:
    """Find what is no condition, unknown operators, and wrong numbers of operands."""
    for place in places(draft):
        if not isinstance(place.condition, Mapping):
            yield Found("not_a_condition", place.path, {})
            continue
        for node, path in nodes(place.condition, place.path):
            if isinstance(node, Mapping):
                yield from _malformed(node, path)


def _malformed(node: Mapping[str, object], path: Path) -> Iterator[Found]:
    found = operation(node)
    if found is None:
        yield Found("one_operator_only", path, {"operators": ", ".join(node)})
        return
    name, operands = found
    operator = OPERATORS.get(name)
    if operator is None:
        arguments = {"operator": name, "known": " ".join(OPERATORS)}
        yield Found("unknown_operator", (*path, name), arguments)
        return
    if not operator.fewest <= len(operands) <= (operator.most or len(operands)):
        arguments = {
            "operator": name,
            "count": str(len(operands)),
            "expected": _expected(operator),
        }
        yield Found("operand_count", (*path, name), arguments)
    elif _is_computed(name, operands):
        yield Found("computed_reference", (*path, name), {"operator": name})


def _is_computed(operator: str, operands: Sequence[object]) -> bool:
    """Return whether the name of what is read is itself the result of an expression, or empty."""
    if operator == "var":
        return not isinstance(operands[0], str) or not operands[0]
    if operator in {"missing", "missing_some"}:
        inner = (node for operand in operands for node, _ in nodes(operand, ()))
        return any(isinstance(node, Mapping) for node in inner)
    return False


def _expected(operator: Operator) -> str:
    if operator.most is None:
        return f"≥ {operator.fewest}"
    if operator.fewest == operator.most:
        return str(operator.most)
    return f"{operator.fewest}–{operator.most}"
