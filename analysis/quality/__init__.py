"""Rules that flag responses to be looked at: one module a rule, one table that joins them.

A flag says what was measured and where the limit lies; it deletes nothing. No rule looks at
whether answers are favourable. Who reviews a flag, and what follows, is the caller's.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from analysis.quality.attention import Attention, flag_failed_checks
from analysis.quality.bursts import Bursts, flag_bursts
from analysis.quality.duplicates import Duplicates, flag_duplicates
from analysis.quality.flags import Flags
from analysis.quality.implausible import Implausible, flag_implausible
from analysis.quality.response_set import ResponseSet
from analysis.quality.speeding import Speeding, flag_speeding
from analysis.quality.straightlining import (
    LongString,
    LowVariability,
    StraightLining,
    flag_long_strings,
    flag_low_variability,
    flag_straight_lining,
)

__all__ = [
    "RULES",
    "RULE_NAMES",
    "Attention",
    "Bursts",
    "Duplicates",
    "Flags",
    "Implausible",
    "LongString",
    "LowVariability",
    "Parameters",
    "ResponseSet",
    "Speeding",
    "StraightLining",
    "flag",
]

Parameters = (
    Speeding
    | StraightLining
    | LongString
    | LowVariability
    | Attention
    | Duplicates
    | Bursts
    | Implausible
)

RULES: Mapping[type[Parameters], Callable[[ResponseSet, Any], Flags]] = MappingProxyType(
    {
        Speeding: flag_speeding,
        StraightLining: flag_straight_lining,
        LongString: flag_long_strings,
        LowVariability: flag_low_variability,
        Attention: flag_failed_checks,
        Duplicates: flag_duplicates,
        Bursts: flag_bursts,
        Implausible: flag_implausible,
    }
)
RULE_NAMES: tuple[str, ...] = tuple(parameters.rule for parameters in RULES)


def flag(responses: ResponseSet, rules: Iterable[Parameters]) -> tuple[Flags, ...]:
    """Return the flags of each rule, in the order given.

    Responses in another order get the same flags in that order.
    """
    return tuple(RULES[type(parameters)](responses, parameters) for parameters in rules)
