"""The cities and counties whose official codes ship, to choose an area from."""

from dataclasses import dataclass
from functools import cache

from survey_forms.shipped import division_roots, divisions


@dataclass(frozen=True)
class Area:
    """A city or county; `parent_code` is a county's city."""

    code: str
    name: str
    parent_code: str | None


@cache
def known_areas() -> tuple[Area, ...]:
    """Return each city that ships, followed by its counties."""
    areas = []
    for root in division_roots():
        tree = divisions(root)
        areas.append(Area(tree.root.code, tree.root.name, None))
        areas.extend(Area(each.code, each.name, tree.root.code) for each in tree.counties)
    return tuple(areas)


def find_area(code: str) -> Area | None:
    """Return the area of a division code, or None for one that does not ship."""
    return next((area for area in known_areas() if area.code == code), None)
