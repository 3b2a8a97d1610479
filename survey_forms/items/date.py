"""A date: the answer is the text YYYY-MM-DD."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from survey_forms.faults import Faults
from survey_forms.items.base import FormFields, ItemBase, first_typed
from survey_forms.plain_text import half_width

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# As people type it where the browser shows no calendar: 2023/4/10, 2023.4.10, 2023年4月10日.
_TYPED_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)


def date_or_none(written: str) -> date | None:
    """Return the date that YYYY-MM-DD stands for; None when it stands for none."""
    if not _ISO.fullmatch(written):
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _date_in_definition(written: object) -> object:
    if isinstance(written, date):
        return written
    found = date_or_none(written) if isinstance(written, str) else None
    if found is None:
        raise PydanticCustomError("not_a_date", "Write a date as YYYY-MM-DD")
    return found


DefinitionDate = Annotated[
    date,
    BeforeValidator(_date_in_definition),
    PlainSerializer(date.isoformat, return_type=str),
    WithJsonSchema({"type": "string", "format": "date"}),
]


class DateItem(ItemBase):
    """On which day."""

    kind: Literal["date"] = Field(description="Kind of item: a date.")
    earliest: DefinitionDate | None = Field(
        default=None, description="The first date accepted, as 2023-01-01."
    )
    latest: DefinitionDate | None = Field(
        default=None, description="The last date accepted, as 2024-12-31."
    )

    def raw_from_form(self, fields: FormFields) -> object:
        """Return the date typed, as YYYY-MM-DD; anything else as typed."""
        typed = first_typed(fields, self.key)
        if typed is None:
            return None
        parts = _TYPED_DATE.fullmatch(half_width(typed))
        if parts is None:
            return typed
        year, month, day = parts.groups()
        return f"{year}-{month:0>2}-{day:0>2}"

    def parse(self, raw: object) -> str | Faults:
        """Return the date, or what is wrong with it."""
        if not isinstance(raw, str):
            return self.faults("wrong_type", expected="date")
        day = date_or_none(raw)
        if day is None:
            return self.faults("not_a_date")
        if (self.earliest and day < self.earliest) or (self.latest and day > self.latest):
            return self.faults(
                "out_of_range", minimum=_shown(self.earliest), maximum=_shown(self.latest)
            )
        return raw


def _shown(bound: date | None) -> str:
    return "" if bound is None else bound.isoformat()
