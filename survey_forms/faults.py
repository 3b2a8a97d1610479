"""What is wrong with an answer, as codes with arguments; the words for residents live elsewhere."""

import dataclasses
from collections.abc import Iterator, Mapping
from types import MappingProxyType

# Every code with the arguments it carries.
FAULT_CODES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "required": frozenset(),
        "row_required": frozenset(),
        "unknown_item": frozenset(),
        "unknown_row": frozenset(),
        "unknown_choice": frozenset({"value"}),
        "unknown_division": frozenset({"value"}),
        "wrong_type": frozenset({"expected"}),
        "out_of_range": frozenset({"minimum", "maximum"}),
        "not_a_date": frozenset(),
        "too_long": frozenset({"maximum"}),
        "too_many": frozenset({"maximum"}),
        "too_few": frozenset({"minimum"}),
        "exclusive": frozenset({"choice"}),
    }
)


@dataclasses.dataclass(frozen=True, slots=True)
class Fault:
    """One mistake in one answer.

    `row` is a matrix row's key, or "other" for the text of an "other" choice. A bound that does
    not exist is "" in `arguments`. `expected` is one of: code, codes, level, rows, number,
    whole_number, date, text.
    """

    item: str
    code: str
    row: str | None = None
    arguments: Mapping[str, str | int | float] = dataclasses.field(default_factory=dict)

    @property
    def field(self) -> str:
        """The form field's name: the item's key, with the row after a dot."""
        return self.item if self.row is None else f"{self.item}.{self.row}"


@dataclasses.dataclass(frozen=True, slots=True)
class Faults:
    """Everything wrong with a set of answers, in the order of the questionnaire; never empty."""

    faults: tuple[Fault, ...]

    def __iter__(self) -> Iterator[Fault]:
        return iter(self.faults)

    def __len__(self) -> int:
        return len(self.faults)
