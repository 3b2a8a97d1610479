"""Why a response is excluded from the results; the words for it are `wording.py`'s."""

from enum import StrEnum


class Reason(StrEnum):
    """The reasons on which people may exclude a response."""

    DUPLICATE = "duplicate"
    SPEEDING = "speeding"
    STRAIGHT_LINING = "straight_lining"
    ATTENTION = "attention"
    BURST = "burst"
    IMPLAUSIBLE = "implausible"
    OTHER = "other"
