"""A definition as far as it can be read, so that one mistake does not hide the others.

Parts that are whole are here as their models; of a broken item its key, kind and condition remain,
so that references to it are not reported as unknown. Rules look at a draft, never at raw data.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from survey_forms.definition import Dimension, Quality, Weighting
from survey_forms.frozen import RuleId
from survey_forms.items import KINDS, Item
from survey_forms.items.base import ItemBase
from survey_forms.texts import LANGUAGES
from survey_forms.yaml_document import Document, Path

Part = TypeVar("Part")
_ITEM: TypeAdapter[Item] = TypeAdapter(Item)
_RULE_ID: TypeAdapter[str] = TypeAdapter(RuleId)


@dataclass(frozen=True)
class DraftItem:
    """An item; `item` is None when it is broken, `kind` is "" when it has none that is known."""

    key: str
    kind: str
    path: Path
    item: ItemBase | None
    show_if: object
    section: "DraftSection"

    @property
    def is_conditional(self) -> bool:
        """Whether some respondents do not see it."""
        return self.show_if is not None or self.section.show_if is not None


@dataclass(frozen=True)
class DraftSection:
    """A section; `position` is the number of items before it."""

    key: str
    path: Path
    show_if: object
    position: int


@dataclass(frozen=True)
class DraftDimension:
    """A dimension that is whole, with its place."""

    path: Path
    dimension: Dimension


@dataclass(frozen=True)
class Draft:
    """What could be read of a definition; see the module."""

    document: Document
    sections: tuple[DraftSection, ...]
    items: tuple[DraftItem, ...]
    languages: tuple[str, ...]
    has_satisfaction: bool
    dimensions: tuple[DraftDimension, ...]
    dimensions_are_whole: bool
    rule: str | None
    weighting: Weighting | None
    quality: Quality | None
    # Path and condition of each `when` of the quality rules, as written.
    contradictions: tuple[tuple[Path, object], ...]

    @cached_property
    def first_by_key(self) -> Mapping[str, int]:
        """Item key to the number of the first item that has it."""
        numbers: dict[str, int] = {}
        for number, item in enumerate(self.items):
            numbers.setdefault(item.key, number)
        return numbers

    @property
    def item_keys(self) -> list[str]:
        """The keys of all items, in order."""
        return list(self.first_by_key)

    def find(self, key: str) -> DraftItem | None:
        """Return the first item with this key, if there is one."""
        number = self.first_by_key.get(key)
        return None if number is None else self.items[number]

    def line(self, path: Path) -> str:
        """Return the line of a path, ready for a sentence."""
        return str(self.document.position(path).line)


def draft_of(document: Document) -> Draft:
    """Return what can be read of a document."""
    data = _mapping(document.data)
    sections: list[DraftSection] = []
    items: list[DraftItem] = []
    for number, raw in enumerate(_entries(data.get("sections"))):
        path: Path = ("sections", number)
        raw_section = _mapping(raw)
        key = _text(raw_section.get("key"))
        section = DraftSection(key, path, raw_section.get("show_if"), len(items))
        sections.append(section)
        items.extend(
            _draft_item(_mapping(raw_item), (*path, "items", place), section)
            for place, raw_item in enumerate(_entries(raw_section.get("items")))
        )
    satisfaction = _mapping(data.get("satisfaction"))
    raw_dimensions = _entries(satisfaction.get("dimensions"))
    dimensions = tuple(
        DraftDimension(("satisfaction", "dimensions", number), whole)
        for number, raw in enumerate(raw_dimensions)
        if (whole := _whole(TypeAdapter(Dimension), raw)) is not None
    )
    return Draft(
        document=document,
        sections=tuple(sections),
        items=tuple(items),
        languages=tuple(name for name in _entries(data.get("languages")) if name in LANGUAGES),
        has_satisfaction=data.get("satisfaction") is not None,
        dimensions=dimensions,
        dimensions_are_whole=len(dimensions) == len(raw_dimensions) > 0,
        rule=_whole(_RULE_ID, satisfaction.get("rule")),
        weighting=_whole(TypeAdapter(Weighting), data.get("weighting")),
        quality=_whole(TypeAdapter(Quality), data.get("quality")),
        contradictions=tuple(_contradictions(_mapping(data.get("quality")))),
    )


def _contradictions(quality: Mapping[str, Any]) -> Iterator[tuple[Path, object]]:
    for number, raw in enumerate(_entries(quality.get("implausible"))):
        if "when" in _mapping(raw):
            yield ("quality", "implausible", number, "when"), raw["when"]


def _draft_item(raw: Mapping[str, Any], path: Path, section: DraftSection) -> DraftItem:
    kind = _text(raw.get("kind"))
    return DraftItem(
        key=_text(raw.get("key")),
        kind=kind if kind in KINDS else "",
        path=path,
        item=_whole(_ITEM, raw),
        show_if=raw.get("show_if"),
        section=section,
    )


def _whole(adapter: TypeAdapter[Part], raw: object) -> Part | None:
    try:
        return adapter.validate_python(raw)
    except ValidationError:
        return None


def _mapping(raw: object) -> Mapping[str, Any]:
    return raw if isinstance(raw, Mapping) else {}


def _entries(raw: object) -> tuple[Any, ...]:
    return raw if isinstance(raw, tuple) else ()


def _text(raw: object) -> str:
    return raw if isinstance(raw, str) else ""
