"""The quality rules measure what is there, can be broken, and look at no rating's direction."""

from collections.abc import Iterable, Iterator

from survey_forms.conditions import references
from survey_forms.draft import Draft
from survey_forms.items import ChoiceItem, MatrixItem
from survey_forms.structure import Found, nearest
from survey_forms.yaml_document import Path

_STRAIGHT_LINING: Path = ("quality", "straight_lining")
_ATTENTION: Path = ("quality", "attention")


def quality_entries_come_once(draft: Draft) -> Iterator[Found]:
    """Find matrices, attention items and implausible answers that are named twice."""
    quality = draft.quality
    if quality is None:
        return
    if quality.straight_lining is not None:
        path = (*_STRAIGHT_LINING, "matrices")
        yield from _repeated(draft, path, "", quality.straight_lining.matrices)
    if quality.duplicates is not None:
        yield from _repeated(draft, ("quality", "duplicates", "by"), "", quality.duplicates.by)
    yield from _repeated(draft, _ATTENTION, "item", (each.item for each in quality.attention))
    path = ("quality", "implausible")
    yield from _repeated(draft, path, "key", (each.key for each in quality.implausible))


def _repeated(draft: Draft, path: Path, field: str, names: Iterable[str]) -> Iterator[Found]:
    first: dict[str, Path] = {}
    for number, name in enumerate(names):
        place = (*path, number, field) if field else (*path, number)
        if name in first:
            arguments = {"name": name, "first_line": draft.line(first[name])}
            yield Found("duplicate_quality_entry", place, arguments)
        first.setdefault(name, place)


def matrices_are_known(draft: Draft) -> Iterator[Found]:
    """Find what is measured for straight-lining and is no matrix."""
    rule = draft.quality.straight_lining if draft.quality else None
    for number, key in enumerate(rule.matrices if rule else ()):
        path = (*_STRAIGHT_LINING, "matrices", number)
        item = draft.find(key)
        if item is None:
            yield _unknown(draft, path, key)
        elif item.kind not in {"matrix", ""}:
            yield Found("not_a_matrix", path, {"reference": key, "kind": item.kind})


def limits_can_be_reached(draft: Draft) -> Iterator[Found]:
    """Find limits above what a response can have, and speeding where nothing is rated."""
    quality = draft.quality
    if quality is None or any(not item.kind or item.item is None for item in draft.items):
        return  # what is broken cannot be counted
    matrix_rows = {
        item.key: len(item.item.rows) for item in draft.items if isinstance(item.item, MatrixItem)
    }
    rated = sum(matrix_rows.values()) + sum(item.kind == "scale" for item in draft.items)
    if quality.speeding is not None and rated == 0:
        yield Found("nothing_to_time", ("quality", "speeding"), {})
    rule = quality.straight_lining
    if rule is None:
        return
    measured = sum(matrix_rows.get(key, 0) for key in rule.matrices)
    if rule.min_rows > measured > 0:
        yield _unreachable("min_rows", rule.min_rows, measured)
    if rule.longest_run is not None and rule.longest_run > rated > 0:
        yield _unreachable("longest_run", rule.longest_run, rated)


def _unreachable(field: str, written: int, limit: int) -> Found:
    arguments = {"field": field, "written": str(written), "limit": str(limit)}
    return Found("unreachable_limit", (*_STRAIGHT_LINING, field), arguments)


def attention_checks_are_choices(draft: Draft) -> Iterator[Found]:
    """Find attention checks on other items than single choices, or that expect no choice of them.

    A rating is none: a rule must not single out answers for being good or bad.
    """
    for number, check in enumerate(draft.quality.attention if draft.quality else ()):
        path = (*_ATTENTION, number)
        item = draft.find(check.item)
        if item is None:
            yield _unknown(draft, (*path, "item"), check.item)
        elif item.kind not in {"single", ""}:
            arguments = {"reference": check.item, "kind": item.kind}
            yield Found("attention_kind", (*path, "item"), arguments)
        elif isinstance(item.item, ChoiceItem) and check.expected not in item.item.codes:
            arguments = {
                "reference": check.item,
                "choice": check.expected,
                "known": ", ".join(item.item.codes),
            }
            yield Found("unknown_expected_choice", (*path, "expected"), arguments)


def implausible_answers_are_no_opinions(draft: Draft) -> Iterator[Found]:
    """Find conditions that read a rating, by which the dissatisfied could be singled out."""
    for path, condition in draft.contradictions:
        for name in sorted(references(condition)):
            item = draft.find(name.partition(".")[0])
            if item is not None and item.kind in {"scale", "matrix", "nps"}:
                yield Found("quality_reads_rating", path, {"reference": name})


def _unknown(draft: Draft, path: Path, key: str) -> Found:
    arguments = {"reference": key, "nearest": nearest(key, draft.item_keys)}
    return Found("unknown_quality_item", path, arguments)
