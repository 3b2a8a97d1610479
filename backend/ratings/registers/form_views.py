"""What the pages of all registers show: choices of an area, versions compared, histories."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from backend.ratings.forms.views import Choice, ChoiceGroup, ComparedField
from backend.ratings.registers.areas import RegisterArea
from backend.ratings.registers.events import EntryEvent, EntryFields, FieldValue
from backend.results.reader import Reader

AREAS_IN_USE = "已有评价或登记"
YES, NO = "是", "否"
REGISTERED = "登记"


@dataclass(frozen=True)
class HistoryRow:
    """One change of an entry, and what it changed, a line each field."""

    at: str
    by: str
    changes: tuple[str, ...]


# Writes a field of an entry: its label, and its value as a reader sees it.
FieldWords = Callable[[str, FieldValue], tuple[str, str]]


def area_groups(
    areas: Iterable[RegisterArea], chosen: str, reader: Reader
) -> tuple[ChoiceGroup, ...]:
    """Return the areas to choose from: those in use, then all others by their city."""
    areas = tuple(areas)
    names = {area.code: area.name for area in areas}
    groups: dict[str, list[Choice]] = {}
    for area in areas:
        city = names.get(area.city_code, area.city_code)
        label = reader.translate(AREAS_IN_USE) if area.is_in_use else city
        choice = Choice(area.code, area.name, area.code == chosen)
        groups.setdefault(label, []).append(choice)
    return tuple(ChoiceGroup(label, tuple(choices)) for label, choices in groups.items())


def history(
    events: Iterable[EntryEvent], words: FieldWords, reader: Reader
) -> tuple[HistoryRow, ...]:
    """Return what happened to an entry, the last change first."""
    rows = tuple(
        HistoryRow(reader.time(event.done_at), event.done_by, _changes(event, words, reader))
        for event in events
    )
    return rows[::-1]


def compared(
    saved: EntryFields, typed: EntryFields, words: FieldWords
) -> tuple[ComparedField, ...]:
    """Return the fields in which two versions differ."""
    rows = []
    for name, value in typed.items():
        if saved[name] != value:
            label, theirs = words(name, plain_value(saved[name]))
            rows.append(ComparedField(label, theirs, words(name, plain_value(value))[1]))
    return tuple(rows)


def plain_value(value: object) -> FieldValue:
    """Return a value of an entry as its history has it."""
    return value if isinstance(value, str | float | bool | None) else str(value)


def _changes(event: EntryEvent, words: FieldWords, reader: Reader) -> tuple[str, ...]:
    if event.is_registration:
        return (reader.translate(REGISTERED),)
    lines = []
    for change in event.changes:
        label, before = words(change.name, change.before)
        lines.append(f"{label}: {before} → {words(change.name, change.after)[1]}")
    return tuple(lines)
