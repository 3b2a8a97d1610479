"""Single choice: the answer is one code."""

from typing import Literal

from pydantic import Field

from survey_forms.faults import Faults
from survey_forms.items.base import FormFields, first_typed
from survey_forms.items.choices import ChoiceItem
from survey_forms.plain_text import one_line


class SingleItem(ChoiceItem):
    """Choose one."""

    kind: Literal["single"] = Field(description="Kind of item: single choice.")

    def raw_from_form(self, fields: FormFields) -> object:
        """Return the code chosen."""
        return first_typed(fields, self.key)

    def parse(self, raw: object) -> str | Faults:
        """Return the code, or why it is none."""
        if not isinstance(raw, str):
            return self.faults("wrong_type", expected="code")
        if raw not in self.codes:
            return self.faults("unknown_choice", value=one_line(raw)[:100])
        return raw
