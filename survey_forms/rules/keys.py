"""Keys and choice codes are unique where they must tell things apart."""

from collections.abc import Iterable, Iterator

from survey_forms.draft import Draft
from survey_forms.items import ChoiceItem, MatrixItem
from survey_forms.structure import Found
from survey_forms.yaml_document import Path


def no_duplicates(draft: Draft) -> Iterator[Found]:
    """Find keys used twice: sections, items (in all sections), rows, dimensions, choices."""
    sections = ((section.key, (*section.path, "key")) for section in draft.sections)
    yield from _repeated(draft, "duplicate_section_key", sections)
    items = ((item.key, (*item.path, "key")) for item in draft.items)
    yield from _repeated(draft, "duplicate_item_key", items)
    dimensions = ((part.dimension.key, (*part.path, "key")) for part in draft.dimensions)
    yield from _repeated(draft, "duplicate_dimension_key", dimensions)
    for item in draft.items:
        if isinstance(item.item, MatrixItem):
            keys = enumerate(item.item.row_keys)
            rows = ((key, (*item.path, "rows", number, "key")) for number, key in keys)
            yield from _repeated(draft, "duplicate_row_key", rows)
        if isinstance(item.item, ChoiceItem):
            yield from _clashes(draft, item.item, item.path)


def _repeated(draft: Draft, code: str, keys: Iterable[tuple[str, Path]]) -> Iterator[Found]:
    first_paths: dict[str, Path] = {}
    for key, path in keys:
        if key in first_paths:
            yield Found(code, path, {"key": key, "first_line": draft.line(first_paths[key])})
        elif key:
            first_paths[key] = path


def _clashes(draft: Draft, item: ChoiceItem, item_path: Path) -> Iterator[Found]:
    """Find codes that are equal, or differ in capitals only: exports and people mix those up."""
    first: dict[str, tuple[str, Path]] = {}
    for number, code in enumerate(item.codes):
        path = (*item_path, "choices", number, "code")
        if (earlier := first.get(code.lower())) is not None:
            arguments = {"choice": code, "first": earlier[0], "first_line": draft.line(earlier[1])}
            yield Found("choice_code_clash", path, arguments)
        else:
            first[code.lower()] = (code, path)
