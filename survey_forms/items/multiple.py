"""Multiple choice: the answer is the codes chosen, in the order of the definition."""

from typing import Literal

from pydantic import Field

from survey_forms.faults import Fault, Faults
from survey_forms.items.base import FormFields
from survey_forms.items.choices import ChoiceItem
from survey_forms.plain_text import one_line


class MultipleItem(ChoiceItem):
    """Choose any, within the limits."""

    kind: Literal["multiple"] = Field(description="Kind of item: multiple choice.")
    min_selected: int | None = Field(
        default=None,
        ge=1,
        description="The fewest choices of an answer; an exclusive choice alone is always enough.",
    )
    max_selected: int | None = Field(default=None, ge=1, description="The most choices.")

    def raw_from_form(self, fields: FormFields) -> object:
        """Return the list of codes chosen; None when nothing was."""
        return [value.strip() for value in fields.get(self.key, ()) if value.strip()] or None

    def parse(self, raw: object) -> tuple[str, ...] | Faults:
        """Return the codes without repeats, or everything that is wrong with them."""
        if not isinstance(raw, (list, tuple)) or not all(isinstance(code, str) for code in raw):
            return self.faults("wrong_type", expected="codes")
        unknown = tuple(
            self.fault("unknown_choice", value=one_line(code)[:100])
            for code in dict.fromkeys(raw)
            if code not in self.codes
        )
        chosen = tuple(code for code in self.codes if code in raw)
        faults = unknown or self._limits_broken(chosen)
        return Faults(faults) if faults else chosen

    def _limits_broken(self, chosen: tuple[str, ...]) -> tuple[Fault, ...]:
        exclusive = [
            choice for choice in self.choices if choice.exclusive and choice.code in chosen
        ]
        if exclusive and len(chosen) > 1:
            return (self.fault("exclusive", choice=exclusive[0].code),)
        if self.max_selected is not None and len(chosen) > self.max_selected:
            return (self.fault("too_many", maximum=self.max_selected),)
        if self.min_selected is not None and len(chosen) < self.min_selected and not exclusive:
            return (self.fault("too_few", minimum=self.min_selected),)
        return ()
