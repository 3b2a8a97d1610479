"""Walks through the conditions of a draft; what is wrong with them is found by the rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from survey_forms.conditions import operation
from survey_forms.draft import Draft
from survey_forms.yaml_document import Path


@dataclass(frozen=True)
class Place:
    """A condition and where it stands.

    `items_before` is how many items come before what it shows, `shows` the keys of what it shows.
    A quality rule shows nothing, and all items come before it.
    """

    condition: object
    path: Path
    items_before: int
    shows: tuple[str, ...]


def places(draft: Draft) -> Iterator[Place]:
    """Walk to every condition of the draft: sections', items' and quality rules'."""
    for section in draft.sections:
        if section.show_if is not None:
            shows = tuple(item.key for item in draft.items if item.section is section)
            yield Place(section.show_if, (*section.path, "show_if"), section.position, shows)
    for number, item in enumerate(draft.items):
        if item.show_if is not None:
            yield Place(item.show_if, (*item.path, "show_if"), number, (item.key,))
    for path, condition in draft.contradictions:
        yield Place(condition, path, len(draft.items), ())


def nodes(expression: object, path: Path) -> Iterator[tuple[object, Path]]:
    """Walk through an expression: itself, its operands, their operands, and so on."""
    yield expression, path
    found = operation(expression)
    if found is not None and isinstance(expression, Mapping):
        name, operands = found
        is_listed = isinstance(expression[name], tuple)
        for number, operand in enumerate(operands):
            yield from nodes(operand, (*path, name, number) if is_listed else (*path, name))
    elif isinstance(expression, tuple):
        for number, entry in enumerate(expression):
            yield from nodes(entry, (*path, number))


def variable(expression: object) -> str | None:
    """Return the name that `{var: NAME}` reads; None for every other expression."""
    found = operation(expression)
    if found is None or found[0] != "var" or not found[1]:
        return None
    name = found[1][0]
    return name if isinstance(name, str) else None


def is_literal(expression: object) -> bool:
    """Return whether an operand is a plain text or number."""
    return isinstance(expression, (str, int, float)) and not isinstance(expression, bool)
