"""A figure as a department enters and we store it, and as the rules take it.

A ratio may be entered by its two sides, so that evidence can be held against each.
"""

import json
from collections.abc import Mapping
from typing import TypedDict

from analysis.rating.assessment import Figure


class Sides(TypedDict):
    """The two sides of a ratio."""

    numerator: float
    denominator: float


StoredFigure = float | bool | Sides
StoredFigures = Mapping[str, StoredFigure]


def to_figure(stored: StoredFigure) -> Figure:
    """Return what the rules compare; a denominator is never 0, as `entry` has seen to."""
    if isinstance(stored, bool | int | float):
        return stored
    return stored["numerator"] / stored["denominator"]


def to_figures(stored: StoredFigures) -> dict[str, Figure]:
    """Return the figures of a row by measure and condition."""
    return {name: to_figure(figure) for name, figure in stored.items()}


def read_figures(text: str) -> dict[str, StoredFigure]:
    """Read the JSON of a row."""
    figures: dict[str, StoredFigure] = json.loads(text)
    return figures


def write_figures(figures: StoredFigures) -> str:
    """Write the JSON of a row, always the same for the same figures."""
    return json.dumps(figures, ensure_ascii=False, sort_keys=True)
