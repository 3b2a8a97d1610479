"""Conditions read items that exist and come earlier, so that one walk forward decides a page."""

from collections.abc import Iterator, Mapping

from survey_forms.conditions import operation, references
from survey_forms.draft import Draft, DraftItem
from survey_forms.items import MatrixItem
from survey_forms.rules.expressions import Place, nodes, places
from survey_forms.structure import Found, nearest
from survey_forms.yaml_document import Path

_READING = frozenset({"var", "missing", "missing_some"})


def refer_to_earlier_items(draft: Draft) -> Iterator[Found]:
    """Find references to nothing, to rows that do not exist, to later items, and cycles."""
    reads = _reads(draft)
    for place in places(draft):
        for node, path in nodes(place.condition, place.path):
            found = operation(node)
            if found is not None and found[0] in _READING:
                for name in sorted(references(node)):
                    yield from _wrong_reference(draft, place, name, path, reads)


def _wrong_reference(
    draft: Draft, place: Place, name: str, path: Path, reads: Mapping[str, frozenset[str]]
) -> Iterator[Found]:
    key, _, row = name.partition(".")
    item = draft.find(key)
    if item is None:
        arguments = {"reference": name, "nearest": nearest(key, draft.item_keys)}
        yield Found("unknown_reference", path, arguments)
        return
    yield from _wrong_row(item, name, row, path)
    if draft.first_by_key[key] >= place.items_before:
        cycle = _cycle(key, place.shows, reads)
        if cycle:
            yield Found("cyclic_condition", path, {"cycle": " → ".join(cycle)})
        else:
            arguments = {"reference": name, "reference_line": draft.line(item.path)}
            yield Found("later_reference", path, arguments)


def _wrong_row(item: DraftItem, name: str, row: str, path: Path) -> Iterator[Found]:
    if row and item.kind not in {"matrix", ""}:
        yield Found("not_a_matrix_reference", path, {"reference": name, "kind": item.kind})
    elif row and isinstance(item.item, MatrixItem) and row not in item.item.row_keys:
        arguments = {"reference": name, "rows": ", ".join(item.item.row_keys)}
        yield Found("unknown_row_reference", path, arguments)


def _reads(draft: Draft) -> dict[str, frozenset[str]]:
    """Return for each item the keys of the items that decide whether it is shown."""
    return {
        item.key: frozenset(
            name.partition(".")[0]
            for name in references(item.show_if) | references(item.section.show_if)
        )
        for item in draft.items
    }


def _cycle(
    start: str, goals: tuple[str, ...], reads: Mapping[str, frozenset[str]]
) -> tuple[str, ...]:
    """Return the shortest way goal, start, …, goal along what items read; () when there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    for way in ways:
        if way[-1] in goals:
            return (way[-1], *way)
        for key in sorted(reads.get(way[-1], frozenset()) - seen):
            seen.add(key)
            ways.append((*way, key))
    return ()
