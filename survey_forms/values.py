"""The type of one item's answer, as the JSON interface has it."""

from collections.abc import Mapping
from typing import TypeAlias

NOT_APPLICABLE = "na"

# A choice or division code, text or date; a level; a number; choice codes; row key to level.
AnswerValue: TypeAlias = str | int | float | tuple[str, ...] | Mapping[str, int | str]


def whole_number(raw: object) -> int | None:
    """Return `raw` as an int when it is a whole number (4 or 4.0, never True), else None."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, float) and raw.is_integer():
        return int(raw)
    return raw if isinstance(raw, int) else None
