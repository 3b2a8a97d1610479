"""Five-level satisfaction scale: the answer is 1 to 5 (5 is best) or "na" for not applicable.

Not applicable (不了解/未使用) is an answer of its own and never counts as dissatisfaction.
Levels and words are the norm of government-service rating, 好差评 (国办发〔2019〕51号).
"""

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from survey_forms.faults import Faults
from survey_forms.frozen import FrozenModel
from survey_forms.items.base import FormFields, ItemBase, first_typed
from survey_forms.texts import Text, text
from survey_forms.values import NOT_APPLICABLE, whole_number

LEVELS = (5, 4, 3, 2, 1)
VERY_SATISFIED = text("非常满意", "Very satisfied")
SATISFIED = text("满意", "Satisfied")
FAIRLY_SATISFIED = text("基本满意", "Fairly satisfied")
DISSATISFIED = text("不满意", "Dissatisfied")
VERY_DISSATISFIED = text("非常不满意", "Very dissatisfied")
DO_NOT_KNOW = text("不了解/未使用", "Don't know / not used")


class ScaleLabels(FrozenModel):
    """The words of the levels; a level left out keeps its standard words."""

    level_5: Text = Field(default=VERY_SATISFIED, alias="5", description="Standard: 非常满意.")
    level_4: Text = Field(default=SATISFIED, alias="4", description="Standard: 满意.")
    level_3: Text = Field(default=FAIRLY_SATISFIED, alias="3", description="Standard: 基本满意.")
    level_2: Text = Field(default=DISSATISFIED, alias="2", description="Standard: 不满意.")
    level_1: Text = Field(default=VERY_DISSATISFIED, alias="1", description="Standard: 非常不满意.")
    na: Text = Field(default=DO_NOT_KNOW, description="Standard: 不了解/未使用.")

    def in_order(self) -> tuple[Text, ...]:
        """Return the words of levels 5, 4, 3, 2, 1."""
        return (self.level_5, self.level_4, self.level_3, self.level_2, self.level_1)


@dataclass(frozen=True, slots=True)
class ScaleOption:
    """One button of a scale: its form value and its words."""

    value: str
    label: Text


class ScaleFields(ItemBase):
    """What the scale and the matrix share: the words, and whether one may say "not applicable"."""

    labels: ScaleLabels = Field(
        default_factory=ScaleLabels, description="Other words than the standard ones, by level."
    )
    not_applicable: bool = Field(
        default=False,
        description="Offer 不了解/未使用, which is left out of every satisfaction figure.",
    )

    def options(self) -> tuple[ScaleOption, ...]:
        """Return the buttons from the best level down, "not applicable" last where offered."""
        levels = tuple(
            ScaleOption(str(level), label)
            for level, label in zip(LEVELS, self.labels.in_order(), strict=True)
        )
        if self.not_applicable:
            return (*levels, ScaleOption(NOT_APPLICABLE, self.labels.na))
        return levels

    def level_fault(self, raw: object) -> tuple[str, dict[str, str | int]] | None:
        """Return code and arguments of what is wrong with a raw level; None when it is one."""
        if raw == NOT_APPLICABLE:
            return None if self.not_applicable else ("unknown_choice", {"value": NOT_APPLICABLE})
        level = whole_number(raw)
        if level is None:
            return "wrong_type", {"expected": "level"}
        if level not in LEVELS:
            return "out_of_range", {"minimum": min(LEVELS), "maximum": max(LEVELS)}
        return None


class ScaleItem(ScaleFields):
    """How satisfied are you with one thing."""

    kind: Literal["scale"] = Field(description="Kind of item: five-level satisfaction scale.")

    def raw_from_form(self, fields: FormFields) -> object:
        """Return the level as a number, or "na"."""
        return level_from_form(first_typed(fields, self.key))

    def parse(self, raw: object) -> int | str | Faults:
        """Return the level or "na", or why it is neither."""
        if (wrong := self.level_fault(raw)) is not None:
            code, arguments = wrong
            return self.faults(code, **arguments)
        return level_value(raw)


def level_from_form(typed: str | None) -> object:
    """Return a form's level as the number it stands for; anything else as typed."""
    return int(typed) if typed is not None and typed in {"1", "2", "3", "4", "5"} else typed


def level_value(raw: object) -> int | str:
    """Return a raw level known to be right as int, or "na"."""
    level = whole_number(raw)
    return NOT_APPLICABLE if level is None else level
