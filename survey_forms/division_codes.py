"""The official divisions of one city, as a tree; reading the files is left to shipped.py."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Division:
    """One administrative or statistical division; names are Chinese in every language."""

    code: str
    name: str


@dataclass(frozen=True)
class Divisions:
    """A city with its counties (six digits) and their townships (nine digits)."""

    root: Division
    counties: tuple[Division, ...]
    townships_by_county: Mapping[str, tuple[Division, ...]]

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[str, str, str]]) -> "Divisions":
        """Make the tree from (code, name, level) with level city, county or township.

        A township belongs to the county whose code its own begins with.
        """
        by_level: dict[str, list[Division]] = {"city": [], "county": [], "township": []}
        for code, name, level in rows:
            by_level[level].append(Division(code, name))
        (root,) = by_level["city"]
        townships: dict[str, list[Division]] = {county.code: [] for county in by_level["county"]}
        for township in by_level["township"]:
            townships[township.code[:6]].append(township)
        return cls(
            root=root,
            counties=tuple(by_level["county"]),
            townships_by_county={code: tuple(found) for code, found in townships.items()},
        )

    def townships(self, county_code: str) -> tuple[Division, ...]:
        """Return the townships of a county; none for a code that is not a county's."""
        return self.townships_by_county.get(county_code, ())

    def contains(self, code: str, level: str) -> bool:
        """Return whether `code` is a division of `level` ("county" or "township") here."""
        return code in self._codes_by_level.get(level, frozenset())

    def name(self, code: str) -> str:
        """Return the name of a division of any level; KeyError for an unknown code."""
        return self._names[code]

    @cached_property
    def _names(self) -> Mapping[str, str]:
        every = [self.root, *self.counties]
        for townships in self.townships_by_county.values():
            every.extend(townships)
        return {division.code: division.name for division in every}

    @cached_property
    def _codes_by_level(self) -> Mapping[str, frozenset[str]]:
        return {
            "county": frozenset(county.code for county in self.counties),
            "township": frozenset(
                township.code
                for townships in self.townships_by_county.values()
                for township in townships
            ),
        }
