"""A number, within bounds and whole where the definition says so."""

import math
import re
from typing import Literal

from pydantic import Field

from survey_forms.faults import Faults
from survey_forms.items.base import FormFields, ItemBase, first_typed
from survey_forms.plain_text import half_width
from survey_forms.texts import Text
from survey_forms.values import whole_number

# Whole numbers up to here are exact in JSON readers that use double precision, as browsers do.
LARGEST = 10**15

_TYPED_NUMBER = re.compile(r"[+-]?\d{1,20}(\.\d{0,20})?", re.ASCII)


class NumberItem(ItemBase):
    """How many, how much, how old."""

    kind: Literal["number"] = Field(description="Kind of item: a number.")
    minimum: float | None = Field(default=None, description="The smallest number accepted.")
    maximum: float | None = Field(default=None, description="The largest number accepted.")
    integer: bool = Field(default=False, description="Accept whole numbers only.")
    unit: Text | None = Field(default=None, description="The unit shown after the field, as 岁.")

    def raw_from_form(self, fields: FormFields) -> object:
        """Return the number typed (full-width digits too); anything else as typed."""
        typed = first_typed(fields, self.key)
        if typed is None:
            return None
        plain = half_width(typed)
        if not _TYPED_NUMBER.fullmatch(plain):
            return typed
        return float(plain) if "." in plain else int(plain)

    def parse(self, raw: object) -> int | float | Faults:
        """Return the number (an int when whole), or what is wrong with it."""
        expected = "whole_number" if self.integer else "number"
        if isinstance(raw, bool) or not isinstance(raw, (int, float)):
            return self.faults("wrong_type", expected=expected)
        if isinstance(raw, float) and not math.isfinite(raw):
            return self.faults("wrong_type", expected=expected)
        if not self.smallest <= raw <= self.largest:
            return self.faults(
                "out_of_range", minimum=_shown(self.minimum), maximum=_shown(self.maximum)
            )
        whole = whole_number(raw)
        if whole is None and self.integer:
            return self.faults("wrong_type", expected=expected)
        return raw if whole is None else whole

    @property
    def smallest(self) -> float:
        """The smallest number accepted, declared or not."""
        return -LARGEST if self.minimum is None else self.minimum

    @property
    def largest(self) -> float:
        """The largest number accepted, declared or not."""
        return LARGEST if self.maximum is None else self.maximum


def _shown(bound: float | None) -> int | float | str:
    """Return a bound as it should be read: 18 rather than 18.0, "" for none."""
    if bound is None:
        return ""
    whole = whole_number(bound)
    return bound if whole is None else whole
