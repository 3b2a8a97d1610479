"""The fields of one item agree with each other and with what ships."""

from collections.abc import Iterator

from survey_forms.draft import Draft, DraftItem
from survey_forms.items import ChoiceItem, DateItem, DivisionItem, MultipleItem, NumberItem
from survey_forms.shipped import division_roots
from survey_forms.structure import Found


def choices_make_sense(draft: Draft) -> Iterator[Found]:
    """Find misused `other` and `exclusive` choices, and limits that cannot be met."""
    for item in draft.items:
        if isinstance(item.item, ChoiceItem):
            yield from _misused_choices(item, item.item)
        if isinstance(item.item, MultipleItem):
            yield from _impossible_limits(item, item.item)


def _misused_choices(draft_item: DraftItem, item: ChoiceItem) -> Iterator[Found]:
    has_other = False
    for number, choice in enumerate(item.choices):
        path, arguments = (*draft_item.path, "choices", number), {"choice": choice.code}
        if choice.other and has_other:
            yield Found("several_other_choices", (*path, "other"), arguments)
        has_other = has_other or choice.other
        if choice.exclusive and not isinstance(item, MultipleItem):
            yield Found("exclusive_in_single", (*path, "exclusive"), arguments)
        elif choice.exclusive and choice.other:
            yield Found("other_and_exclusive", (*path, "exclusive"), arguments)
    if isinstance(item, MultipleItem) and all(choice.exclusive for choice in item.choices):
        yield Found("only_exclusive_choices", (*draft_item.path, "choices"), {})


def _impossible_limits(draft_item: DraftItem, item: MultipleItem) -> Iterator[Found]:
    lowest, highest = item.min_selected, item.max_selected
    choices = str(len(item.choices))
    combinable = sum(not choice.exclusive for choice in item.choices)
    if highest is not None and highest > len(item.choices):
        arguments = {"maximum": str(highest), "choices": choices}
        yield Found("max_selected_too_large", (*draft_item.path, "max_selected"), arguments)
    if lowest is not None and lowest > combinable:
        arguments = {"minimum": str(lowest), "choices": str(combinable)}
        yield Found("min_selected_too_large", (*draft_item.path, "min_selected"), arguments)
    elif lowest is not None and highest is not None and lowest > highest:
        yield _reversed(draft_item, "min_selected", str(lowest), "max_selected", str(highest))


def bounds_make_sense(draft: Draft) -> Iterator[Found]:
    """Find lower bounds above upper ones."""
    for item in draft.items:
        match item.item:
            case NumberItem(minimum=float(low), maximum=float(high)) if low > high:
                yield _reversed(item, "minimum", f"{low:g}", "maximum", f"{high:g}")
            case DateItem(earliest=low, latest=high) if low and high and low > high:
                yield _reversed(item, "earliest", low.isoformat(), "latest", high.isoformat())


def _reversed(item: DraftItem, low_field: str, low: str, high_field: str, high: str) -> Found:
    arguments = {"low_field": low_field, "low": low, "high_field": high_field, "high": high}
    return Found("bounds_reversed", (*item.path, low_field), arguments)


def division_root_ships(draft: Draft) -> Iterator[Found]:
    """Find division items of a city whose divisions do not ship."""
    for item in draft.items:
        if isinstance(item.item, DivisionItem) and item.item.root not in division_roots():
            arguments = {"root": item.item.root, "known": ", ".join(division_roots())}
            yield Found("unknown_division_root", (*item.path, "root"), arguments)
