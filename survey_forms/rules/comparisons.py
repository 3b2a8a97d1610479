"""Conditions compare with answers that can be given, and are not true by accident for no answer."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from survey_forms.conditions import evaluate, operation
from survey_forms.draft import Draft, DraftItem
from survey_forms.items import ChoiceItem, DivisionItem, MatrixItem, NpsItem, ScaleFields
from survey_forms.items.nps import HIGHEST, LOWEST
from survey_forms.items.scale import LEVELS
from survey_forms.javascript import loosely_equal, strictly_equal
from survey_forms.rules.expressions import is_literal, nodes, places, variable
from survey_forms.structure import Found
from survey_forms.values import NOT_APPLICABLE
from survey_forms.yaml_document import Path

_EQUALITIES = frozenset({"==", "===", "!=", "!=="})
_ORDERS = frozenset({"<", "<=", ">", ">="})
_SHOWN_VALUES = 12

Equal = Callable[[object, object], bool]


@dataclass(frozen=True)
class Read:
    """An operand `{var: NAME}` and the item that it reads."""

    name: str
    item: DraftItem

    @property
    def is_whole_matrix(self) -> bool:
        """Whether it reads all rows at once, which compares with nothing."""
        return self.item.kind == "matrix" and "." not in self.name


def can_be_true(draft: Draft) -> Iterator[Found]:
    """Find comparisons that no answer, or the lack of any, makes sense of."""
    for place in places(draft):
        for node, path in nodes(place.condition, place.path):
            found = operation(node)
            if found is None:
                continue
            name, operands = found
            if name in _EQUALITIES | _ORDERS | {"in"}:
                yield from _whole_matrices(draft, operands, path)
            if name in _EQUALITIES:
                yield from _wrong_equality(draft, name, operands, path)
            elif name == "in":
                yield from _wrong_membership(draft, operands, path)
            elif name in _ORDERS:
                yield from _true_for_no_answer(draft, node, name, operands, path)


def _whole_matrices(draft: Draft, operands: Sequence[object], path: Path) -> Iterator[Found]:
    for operand in operands:
        read = _read(draft, operand)
        if read is not None and read.is_whole_matrix and isinstance(read.item.item, MatrixItem):
            arguments = {"reference": read.name, "rows": ", ".join(read.item.item.row_keys)}
            yield Found("row_reference_wanted", path, arguments)


def _wrong_equality(
    draft: Draft, operator: str, operands: Sequence[object], path: Path
) -> Iterator[Found]:
    equal: Equal = strictly_equal if len(operator) == 3 else loosely_equal
    for operand, against in zip(operands, reversed(operands), strict=True):
        read = _read(draft, operand)
        if read is None or not is_literal(against):
            continue
        if read.item.kind == "multiple":
            arguments = {"reference": read.name, "operator": operator}
            yield Found("list_comparison", path, arguments)
        else:
            yield from _impossible(read, against, equal, path)


def _wrong_membership(draft: Draft, operands: Sequence[object], path: Path) -> Iterator[Found]:
    if len(operands) != 2:
        return
    needle, hay = operands
    if (read := _read(draft, needle)) is not None and isinstance(hay, tuple):
        for entry in filter(is_literal, hay):
            yield from _impossible(read, entry, strictly_equal, path)
    if (read := _read(draft, hay)) is not None and is_literal(needle):
        if read.item.kind == "multiple":
            yield from _impossible(read, needle, strictly_equal, path)
        elif read.item.kind not in {"text", "longtext", ""} and not read.is_whole_matrix:
            arguments = {"reference": read.name, "kind": read.item.kind}
            yield Found("in_wants_list", path, arguments)


def _true_for_no_answer(
    draft: Draft, node: object, operator: str, operands: Sequence[object], path: Path
) -> Iterator[Found]:
    """Find `overall < 3`, which is true when overall was not answered: null counts as 0."""
    reads = [read for operand in operands if (read := _read(draft, operand)) is not None]
    literals = [operand for operand in operands if is_literal(operand)]
    if len(reads) != 1 or len(reads) + len(literals) != len(operands):
        return
    item = reads[0].item
    always_answered = item.item is not None and item.item.required and not item.is_conditional
    if not always_answered and evaluate(node, {}):
        yield Found("null_comparison", path, {"reference": reads[0].name, "operator": operator})


def _read(draft: Draft, operand: object) -> Read | None:
    name = variable(operand)
    item = None if name is None else draft.find(name.partition(".")[0])
    return None if name is None or item is None else Read(name, item)


def _impossible(read: Read, against: object, equal: Equal, path: Path) -> Iterator[Found]:
    possible = _possible_answers(read)
    if possible and not any(equal(against, answer) for answer in possible):
        shown = ", ".join(str(answer) for answer in possible[:_SHOWN_VALUES])
        allowed = f"{shown} …" if len(possible) > _SHOWN_VALUES else shown
        arguments = {"written": str(against), "reference": read.name, "allowed": allowed}
        yield Found("impossible_comparison", path, arguments)


def _possible_answers(read: Read) -> tuple[object, ...]:
    """Return every answer to an item; () where they cannot be listed or the item is broken."""
    item = read.item.item
    if read.is_whole_matrix:
        return ()
    if isinstance(item, ChoiceItem):
        return item.codes
    if isinstance(item, ScaleFields):
        return (*LEVELS, NOT_APPLICABLE) if item.not_applicable else LEVELS
    if isinstance(item, NpsItem):
        return tuple(range(LOWEST, HIGHEST + 1))
    if isinstance(item, DivisionItem):
        return _codes(item)
    return ()


def _codes(item: DivisionItem) -> tuple[str, ...]:
    try:
        divisions = item.divisions
    except KeyError:
        return ()
    if item.level == "county":
        return tuple(county.code for county in divisions.counties)
    return tuple(
        township.code
        for county in divisions.counties
        for township in divisions.townships(county.code)
    )
