"""Long text: several lines."""

from typing import Literal

from pydantic import Field

from survey_forms.faults import Faults
from survey_forms.items.base import FormFields, ItemBase, first_typed
from survey_forms.plain_text import many_lines


class LongtextItem(ItemBase):
    """Say it in your own words."""

    kind: Literal["longtext"] = Field(description="Kind of item: several lines of text.")
    max_length: int = Field(
        default=1000, ge=1, le=5000, description="The most characters accepted (standard 1000)."
    )

    def raw_from_form(self, fields: FormFields) -> object:
        """Return the text as typed."""
        return first_typed(fields, self.key)

    def parse(self, raw: object) -> str | Faults | None:
        """Return the text cleaned, None when nothing is left, or what is wrong with it."""
        if not isinstance(raw, str):
            return self.faults("wrong_type", expected="text")
        cleaned = many_lines(raw)
        if len(cleaned) > self.max_length:
            return self.faults("too_long", maximum=self.max_length)
        return cleaned or None
