"""Division picker, city to county to township: the answer is an official division code."""

from typing import Literal

from pydantic import Field

from survey_forms.division_codes import Divisions
from survey_forms.faults import Faults
from survey_forms.items.base import FormFields, ItemBase, first_typed
from survey_forms.plain_text import one_line
from survey_forms.shipped import divisions


class DivisionItem(ItemBase):
    """Where do you live."""

    kind: Literal["division"] = Field(description="Kind of item: city, county, township.")
    root: str = Field(
        description='The city\'s six-digit code in quotes, as "370800"; its divisions must ship.'
    )
    level: Literal["county", "township"] = Field(
        description="How deep to ask: the six-digit county or the nine-digit township."
    )

    @property
    def divisions(self) -> Divisions:
        """The divisions to pick from."""
        return divisions(self.root)

    def raw_from_form(self, fields: FormFields) -> object:
        """Return the code picked."""
        return first_typed(fields, self.key)

    def parse(self, raw: object) -> str | Faults:
        """Return the code, or why it is none of this city's."""
        if not isinstance(raw, str):
            return self.faults("wrong_type", expected="code")
        if not self.divisions.contains(raw, self.level):
            return self.faults("unknown_division", value=one_line(raw)[:100])
        return raw

    def county_of(self, code: str) -> str:
        """Return the county code of an answer: itself, or the first six digits of a township's."""
        return code[:6]
