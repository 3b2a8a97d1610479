"""Recommendation from 0 to 10 (net promoter score): the answer is the number."""

from typing import Literal

from pydantic import Field

from survey_forms.faults import Faults
from survey_forms.items.base import FormFields, ItemBase, first_typed
from survey_forms.texts import Text, text
from survey_forms.values import whole_number

LOWEST, HIGHEST = 0, 10
UNLIKELY = text("完全不愿意", "Not at all likely")
LIKELY = text("非常愿意", "Extremely likely")


class NpsItem(ItemBase):
    """How likely are you to recommend this."""

    kind: Literal["nps"] = Field(description="Kind of item: recommendation from 0 to 10.")
    low_label: Text = Field(default=UNLIKELY, description="Words at 0. Standard: 完全不愿意.")
    high_label: Text = Field(default=LIKELY, description="Words at 10. Standard: 非常愿意.")

    def options(self) -> tuple[str, ...]:
        """Return the form values from 0 to 10."""
        return tuple(str(number) for number in range(LOWEST, HIGHEST + 1))

    def raw_from_form(self, fields: FormFields) -> object:
        """Return the number chosen; anything else as typed."""
        typed = first_typed(fields, self.key)
        return int(typed) if typed is not None and typed in self.options() else typed

    def parse(self, raw: object) -> int | Faults:
        """Return the number, or why it is none from 0 to 10."""
        number = whole_number(raw)
        if number is None:
            return self.faults("wrong_type", expected="whole_number")
        if not LOWEST <= number <= HIGHEST:
            return self.faults("out_of_range", minimum=LOWEST, maximum=HIGHEST)
        return number
