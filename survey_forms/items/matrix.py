"""Satisfaction matrix: one five-level scale a row; the answer is row key to level or "na"."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from survey_forms.faults import Fault, Faults
from survey_forms.frozen import FrozenModel, Key
from survey_forms.items.base import FormFields, first_typed
from survey_forms.items.order import Order, shuffled
from survey_forms.items.scale import ScaleFields, level_from_form, level_value
from survey_forms.plain_text import one_line
from survey_forms.texts import Text


class Row(FrozenModel):
    """One thing to rate in a matrix."""

    key: Key
    label: Text = Field(description="What is rated, as the respondent reads it.")


class MatrixItem(ScaleFields):
    """How satisfied are you with each of these. Required means: every row is answered."""

    kind: Literal["matrix"] = Field(description="Kind of item: a satisfaction scale for each row.")
    rows: tuple[Row, ...] = Field(
        min_length=1, max_length=60, description="What is rated, one scale each."
    )
    order: Order = Field(
        default="fixed", description="`fixed` as written, or `shuffled` anew for each respondent."
    )

    @property
    def row_keys(self) -> tuple[str, ...]:
        """The keys of all rows, in the order written."""
        return tuple(row.key for row in self.rows)

    def rows_in_order(self, seed: int) -> tuple[Row, ...]:
        """Return the rows in the order to show."""
        if self.order == "fixed":
            return self.rows
        return shuffled(self.rows, lambda row: row.key, seed, self.key)

    def raw_from_form(self, fields: FormFields) -> object:
        """Return row key to level from the fields `KEY.ROW`; None when no row was answered."""
        typed = {key: first_typed(fields, f"{self.key}.{key}") for key in self.row_keys}
        answered = {
            key: level_from_form(level) for key, level in typed.items() if level is not None
        }
        return answered or None

    def parse(self, raw: object) -> Mapping[str, int | str] | Faults | None:
        """Return row key to level in the order written, or everything that is wrong."""
        if not isinstance(raw, Mapping):
            return self.faults("wrong_type", expected="rows")
        answered = {key: level for key, level in raw.items() if level is not None and level != ""}
        if not answered:
            return None
        faults = (*self._wrong_rows(answered), *self._missing_rows(answered))
        if faults:
            return Faults(faults)
        return {key: level_value(answered[key]) for key in self.row_keys if key in answered}

    def _wrong_rows(self, answered: Mapping[object, object]) -> tuple[Fault, ...]:
        found = []
        for key, level in answered.items():
            if key not in self.row_keys:
                found.append(self.fault("unknown_row", row=one_line(str(key))[:100]))
            elif (wrong := self.level_fault(level)) is not None:
                code, arguments = wrong
                found.append(self.fault(code, row=str(key), **arguments))
        return tuple(found)

    def _missing_rows(self, answered: Mapping[object, object]) -> tuple[Fault, ...]:
        if not self.required:
            return ()
        return tuple(
            self.fault("row_required", row=key) for key in self.row_keys if key not in answered
        )
