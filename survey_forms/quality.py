"""The quality rules of a questionnaire: by what a response is flagged, fixed before fieldwork.

Here they are declared. Which checks an answer fails is `coding.py`'s; the rest (time, device,
network, what others took) is judged over all responses, outside this package.
"""

from typing import Literal

from pydantic import Field

from survey_forms.frozen import ChoiceCode, FrozenModel, Key
from survey_forms.items.base import Condition
from survey_forms.texts import Text

Source = Literal["device", "identity"]


class SpeedingRule(FrozenModel):
    """Answered faster than the questions can be read, or far faster than others answer."""

    share_of_median: float = Field(
        default=0.4,
        ge=0,
        le=0.9,
        description="Flag below this share of the survey's median time for a rated item; 0 leaves "
        "the comparison out.",
    )
    seconds_per_item: float = Field(
        default=1.5,
        ge=0,
        le=60,
        description="Flag below this many seconds for each rated item shown; 0 leaves it out.",
    )


class StraightLiningRule(FrozenModel):
    """Answers that are all alike in matrices whose rows should differ."""

    matrices: tuple[Key, ...] = Field(
        min_length=1, description="Keys of the matrix items that are measured."
    )
    min_rows: int = Field(
        default=6,
        ge=3,
        le=200,
        description="Flag when so many answered rows stand in matrices that were answered alike "
        "throughout; a matrix counts from three answered rows on.",
    )
    longest_run: int | None = Field(
        default=None,
        ge=2,
        le=200,
        description="Flag a run of so many identical levels, over all rated items in order. "
        "Absent: not measured.",
    )
    least_sd: float | None = Field(
        default=None,
        gt=0,
        le=2,
        description="Flag when the standard deviation of a respondent's levels in these matrices "
        "lies below this. Absent: not measured.",
    )


class AttentionCheck(FrozenModel):
    """An item that says which choice to take, and the choice."""

    item: Key
    expected: ChoiceCode


class DuplicatesRule(FrozenModel):
    """More than one response from one device or one person."""

    by: tuple[Source, ...] = Field(
        default=("device",),
        min_length=1,
        description="By what a respondent is known again: `device`, a cookie of the survey's "
        "page; `identity`, the name that a program sends with a response. Only keyed hashes are "
        "kept.",
    )


class BurstsRule(FrozenModel):
    """More responses from one network within minutes than people there would send."""

    most: int = Field(
        default=20, ge=1, le=10_000, description="So many responses are no burst yet."
    )
    minutes: float = Field(default=10, gt=0, le=1440, description="Within how many minutes.")


class ImplausibleAnswers(FrozenModel):
    """Answers that contradict each other."""

    key: Key
    title: Text = Field(description="What contradicts what, for those who review.")
    when: Condition = Field(description="Flag a response for which this is true.")


class Quality(FrozenModel):
    """By which rules responses are flagged. A flag excludes nothing; people decide on it."""

    speeding: SpeedingRule | None = Field(
        default=None, description="Flag responses given too fast; `{}` takes the standard limits."
    )
    straight_lining: StraightLiningRule | None = Field(
        default=None, description="Flag responses whose ratings do not differ."
    )
    attention: tuple[AttentionCheck, ...] = Field(
        default=(), max_length=20, description="Flag responses that failed one of these checks."
    )
    duplicates: DuplicatesRule | None = Field(
        default=None, description="Flag all responses of one device or person but the first."
    )
    bursts: BurstsRule | None = Field(
        default=None, description="Flag responses that came in a burst from one network."
    )
    implausible: tuple[ImplausibleAnswers, ...] = Field(
        default=(), max_length=50, description="Flag responses that contradict themselves."
    )
