"""What all items have in common; each kind's own fields and reading live in its module."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import Field, WithJsonSchema
from typing_extensions import TypeAliasType

from survey_forms.conditions import OPERATORS
from survey_forms.faults import Fault, Faults
from survey_forms.frozen import FrozenModel, Key
from survey_forms.texts import Text
from survey_forms.values import AnswerValue

FormFields = Mapping[str, Sequence[str]]

_CONDITION_DESCRIPTION = (
    "A JsonLogic expression on earlier answers (jsonlogic.com): one operator and its operands, "
    "such as `{in: [{var: used}, [yes_often, yes_once]]}`. `{var: KEY}` is an item's answer, "
    "`{var: KEY.ROW}` a matrix row's; null when it was not answered or not shown. "
    "Mind that null < 3 is true: write between, `{<=: [1, {var: overall}, 3]}`."
)
Condition = TypeAliasType(
    "Condition",
    Annotated[
        object,
        WithJsonSchema(
            {
                "title": "Condition",
                "description": _CONDITION_DESCRIPTION,
                "type": "object",
                "properties": {name: {} for name in sorted(OPERATORS)},
                "additionalProperties": False,
                "minProperties": 1,
                "maxProperties": 1,
            }
        ),
    ],
)


class ItemBase(FrozenModel, ABC):
    """One question. Subclasses say what an answer to it is."""

    key: Key
    title: Text = Field(description="The question as the respondent reads it.")
    help: Text | None = Field(
        default=None, description="A hint shown below the question, in small type."
    )
    required: bool = Field(
        default=False,
        description="Whether the respondent must answer before sending; never while hidden.",
    )
    page_break: bool = Field(
        default=False, description="Start a new page inside the section with this item."
    )
    show_if: Condition | None = Field(
        default=None, description="Show the item only when this is true; always when absent."
    )

    @property
    def takes_other_text(self) -> bool:
        """Whether a text may come beside the answer, under `KEY.other`."""
        return False

    @abstractmethod
    def raw_from_form(self, fields: FormFields) -> object:
        """Return this item's raw answer from submitted form fields; None when there is none.

        What cannot be read stays as typed, so that `parse` reports it.
        """

    @abstractmethod
    def parse(self, raw: object) -> AnswerValue | Faults | None:
        """Return the answer that a raw value (not empty) stands for, or what is wrong with it.

        None when nothing is left after cleaning. Never raises, whatever JSON it is given.
        """

    def fault(self, code: str, row: str | None = None, **arguments: str | int | float) -> Fault:
        """Make a fault of this item."""
        return Fault(self.key, code, row, arguments)

    def faults(self, code: str, **arguments: str | int | float) -> Faults:
        """Make a single fault of this item, as the result of `parse`."""
        return Faults((Fault(self.key, code, None, arguments),))


def first_typed(fields: FormFields, name: str) -> str | None:
    """Return the first value of the form field `name` that is not blank, stripped; else None."""
    return next((value.strip() for value in fields.get(name, ()) if value.strip()), None)
