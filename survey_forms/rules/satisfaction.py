"""The dimensions of satisfaction refer to things that are rated, once each; weights sum to 1."""

from collections.abc import Iterator

from survey_forms.definition import DimensionItem
from survey_forms.draft import Draft, DraftItem
from survey_forms.items import MatrixItem
from survey_forms.structure import Found, nearest
from survey_forms.yaml_document import Path

# Weights are often rounded: 0.333 three times is meant to be 1.
SUM_TOLERANCE = 0.001
# Responses are counted in one statement with seven columns a measure; PostgreSQL returns at most
# 1,664 columns.
MOST_MEASURES = 200


def weights_sum_to_one(draft: Draft) -> Iterator[Found]:
    """Find dimensions, or items of a dimension, whose weights do not sum to 1."""
    if draft.dimensions_are_whole:
        total = sum(part.dimension.weight for part in draft.dimensions)
        if not _is_one(total):
            path = ("satisfaction", "dimensions")
            yield Found("dimension_weights_sum", path, {"sum": f"{total:.6g}"})
    for part in draft.dimensions:
        total = sum(entry.weight for entry in part.dimension.items)
        if not _is_one(total):
            arguments = {"dimension": part.dimension.key, "sum": f"{total:.6g}"}
            yield Found("item_weights_sum", (*part.path, "items"), arguments)


def _is_one(total: float) -> bool:
    return abs(total - 1) <= SUM_TOLERANCE * (1 + 1e-9)


def dimensions_refer_to_measures(draft: Draft) -> Iterator[Found]:
    """Find entries that name no scale item and no row of a matrix."""
    for path, entry in _entries(draft):
        item = draft.find(entry.item)
        if item is None:
            arguments = {"reference": entry.item, "nearest": nearest(entry.item, draft.item_keys)}
            yield Found("unknown_dimension_item", (*path, "item"), arguments)
        elif item.kind == "scale" and entry.row is not None:
            yield Found("dimension_row_unwanted", (*path, "row"), {"reference": entry.item})
        elif item.kind == "matrix":
            yield from _wrong_row(path, entry, item)
        elif item.kind not in {"scale", ""}:
            arguments = {"reference": entry.item, "kind": item.kind}
            yield Found("not_satisfaction", (*path, "item"), arguments)


def _wrong_row(path: Path, entry: DimensionItem, item: DraftItem) -> Iterator[Found]:
    if not isinstance(item.item, MatrixItem) or entry.row in item.item.row_keys:
        return
    rows = ", ".join(item.item.row_keys)
    if entry.row is None:
        yield Found("dimension_row_wanted", path, {"reference": entry.item, "rows": rows})
    else:
        reference = f"{entry.item}.{entry.row}"
        arguments = {"reference": reference, "rows": rows}
        yield Found("unknown_dimension_row", (*path, "row"), arguments)


def measures_count_once(draft: Draft) -> Iterator[Found]:
    """Find measures in two dimensions, and those in none (they count for nothing in the score)."""
    first_paths: dict[str, Path] = {}
    for path, entry in _entries(draft):
        name = entry.item if entry.row is None else f"{entry.item}.{entry.row}"
        if name in first_paths:
            arguments = {"reference": name, "first_line": draft.line(first_paths[name])}
            yield Found("measure_twice", path, arguments)
        first_paths.setdefault(name, path)
    if not draft.has_satisfaction:
        return
    for item in draft.items:
        left_out = [(name, path) for name, path in _measures(item) if name not in first_paths]
        if left_out and len(left_out) == len(_measures(item)):
            left_out = [(item.key, item.path)]
        for name, path in left_out:
            yield Found("measure_in_no_dimension", path, {"measure": name})


def measures_can_be_counted(draft: Draft) -> Iterator[Found]:
    """Find the first scale item or matrix row beyond the most that can be counted."""
    measures = [path for item in draft.items for _name, path in _measures(item)]
    if len(measures) > MOST_MEASURES:
        arguments = {"count": str(len(measures)), "limit": str(MOST_MEASURES)}
        yield Found("too_many_measures", measures[MOST_MEASURES], arguments)


def _measures(item: DraftItem) -> list[tuple[str, Path]]:
    if item.kind == "scale":
        return [(item.key, item.path)]
    if not isinstance(item.item, MatrixItem):
        return []
    return [
        (f"{item.key}.{key}", (*item.path, "rows", number))
        for number, key in enumerate(item.item.row_keys)
    ]


def _entries(draft: Draft) -> Iterator[tuple[Path, DimensionItem]]:
    for part in draft.dimensions:
        for number, entry in enumerate(part.dimension.items):
            yield (*part.path, "items", number), entry
