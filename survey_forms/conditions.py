"""Evaluates show_if conditions: JsonLogic (jsonlogic.com) restricted to a table of operators.

The same expression gives the same result in the browser; `tests/conditions_vectors.json` holds
both to it. Whether a condition makes sense for a questionnaire is checked by the lint.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from survey_forms.javascript import (
    at_most,
    is_array,
    is_truthy,
    less_than,
    loosely_equal,
    strictly_equal,
    to_text,
)

Values = Mapping[str, object]
Operands = Sequence[object]


def evaluate(expression: object, values: Values) -> bool:
    """Return whether a condition holds for the answers given.

    `values` maps item keys to answers as in the JSON interface; what was not answered or not
    shown is absent, which reads as null. An operand left out reads as null too. Raises ValueError
    for an operator outside the table; otherwise it never raises.
    """
    return is_truthy(_value_of(expression, values))


def references(expression: object) -> frozenset[str]:
    """Return the names that an expression reads: `overall`, or `fields.government` for a row."""
    return frozenset(_referenced(expression))


def operation(expression: object) -> tuple[str, Operands] | None:
    """Return operator and operands of an expression; None when it is a plain value."""
    if not isinstance(expression, Mapping) or len(expression) != 1:
        return None
    ((name, written),) = expression.items()
    return name, written if is_array(written) else (written,)


def _value_of(expression: object, values: Values) -> object:
    found = operation(expression)
    if found is None:
        if is_array(expression):
            return tuple(_value_of(entry, values) for entry in expression)  # type: ignore[attr-defined]
        return expression
    name, operands = found
    if name not in OPERATORS:
        raise ValueError(f"unknown operator {name}")
    return OPERATORS[name].apply(operands, values)


def _referenced(expression: object) -> Iterator[str]:
    found = operation(expression)
    if found is None:
        for entry in expression if isinstance(expression, (list, tuple)) else ():
            yield from _referenced(entry)
        return
    name, operands = found
    if name == "var":
        yield from (to_text(operand) for operand in operands[:1] if _is_name(operand))
    elif name in {"missing", "missing_some"}:
        names = operands if name == "missing" else operands[1:2]
        yield from (to_text(entry) for entry in _flat(names) if _is_name(entry))
    for operand in operands:
        yield from _referenced(operand)


def _is_name(operand: object) -> bool:
    return isinstance(operand, (str, int))


def _flat(names: Operands) -> Iterator[object]:
    for name in names:
        if isinstance(name, (list, tuple)):
            yield from name
        else:
            yield name


def _operand(operands: Operands, position: int, values: Values) -> object:
    return _value_of(operands[position], values) if position < len(operands) else None


def _var(operands: Operands, values: Values) -> object:
    path, default = _operand(operands, 0, values), _operand(operands, 1, values)
    if path is None or path == "":
        return values
    reached: object = values
    for step in to_text(path).split("."):
        if not isinstance(reached, Mapping) or step not in reached:
            return default
        reached = reached[step]
    return reached


def _and(operands: Operands, values: Values) -> object:
    value: object = None
    for operand in operands:
        value = _value_of(operand, values)
        if not is_truthy(value):
            break
    return value


def _or(operands: Operands, values: Values) -> object:
    value: object = None
    for operand in operands:
        value = _value_of(operand, values)
        if is_truthy(value):
            break
    return value


def _if(operands: Operands, values: Values) -> object:
    for position in range(0, len(operands) - 1, 2):
        if is_truthy(_value_of(operands[position], values)):
            return _value_of(operands[position + 1], values)
    return _value_of(operands[-1], values) if len(operands) % 2 else None


def _in(operands: Operands, values: Values) -> object:
    needle, hay = _operand(operands, 0, values), _operand(operands, 1, values)
    if isinstance(hay, str):
        return to_text(needle) in hay if hay else False
    if isinstance(hay, (list, tuple)):
        return any(strictly_equal(needle, entry) for entry in hay)
    return False


def _missing(operands: Operands, values: Values) -> object:
    names = [_value_of(operand, values) for operand in operands]
    wanted = names[0] if names and isinstance(names[0], (list, tuple)) else names
    return tuple(name for name in wanted if _var((name,), values) in (None, ""))


def _missing_some(operands: Operands, values: Values) -> object:
    needed, names = _operand(operands, 0, values), _operand(operands, 1, values)
    wanted = names if isinstance(names, (list, tuple)) else ()
    absent = tuple(name for name in wanted if _var((name,), values) in (None, ""))
    return () if at_most(needed, len(wanted) - len(absent)) else absent


def _two(compare: Callable[[object, object], bool]) -> Callable[[Operands, Values], object]:
    def apply(operands: Operands, values: Values) -> object:
        return compare(_operand(operands, 0, values), _operand(operands, 1, values))

    return apply


def _between(compare: Callable[[object, object], bool]) -> Callable[[Operands, Values], object]:
    def apply(operands: Operands, values: Values) -> object:
        left, middle = _operand(operands, 0, values), _operand(operands, 1, values)
        if len(operands) < 3:
            return compare(left, middle)
        return compare(left, middle) and compare(middle, _operand(operands, 2, values))

    return apply


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator: how it is applied, and how many operands it wants (None: any number)."""

    apply: Callable[[Operands, Values], object]
    fewest: int
    most: int | None


OPERATORS: Mapping[str, Operator] = MappingProxyType(
    {
        "var": Operator(_var, 1, 2),
        "==": Operator(_two(loosely_equal), 2, 2),
        "===": Operator(_two(strictly_equal), 2, 2),
        "!=": Operator(_two(lambda left, right: not loosely_equal(left, right)), 2, 2),
        "!==": Operator(_two(lambda left, right: not strictly_equal(left, right)), 2, 2),
        "!": Operator(lambda operands, values: not is_truthy(_operand(operands, 0, values)), 1, 1),
        "!!": Operator(lambda operands, values: is_truthy(_operand(operands, 0, values)), 1, 1),
        "and": Operator(_and, 1, None),
        "or": Operator(_or, 1, None),
        "<": Operator(_between(less_than), 2, 3),
        "<=": Operator(_between(at_most), 2, 3),
        ">": Operator(_two(lambda left, right: less_than(right, left)), 2, 2),
        ">=": Operator(_two(lambda left, right: at_most(right, left)), 2, 2),
        "in": Operator(_in, 2, 2),
        "if": Operator(_if, 1, None),
        "missing": Operator(_missing, 1, None),
        "missing_some": Operator(_missing_some, 2, 2),
    }
)
