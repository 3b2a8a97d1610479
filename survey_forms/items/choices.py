"""Choices and their order, shared by the single and the multiple kind."""

from pydantic import Field

from survey_forms.frozen import ChoiceCode, FrozenModel
from survey_forms.items.base import ItemBase
from survey_forms.items.order import Order, shuffled
from survey_forms.texts import Text


class Choice(FrozenModel):
    """One choice of a single or multiple item."""

    code: ChoiceCode
    label: Text = Field(description="The choice as the respondent reads it.")
    other: bool = Field(
        default=False,
        description="Offers a text field (please say what); at most one such choice an item.",
    )
    exclusive: bool = Field(
        default=False,
        description="Cannot be combined with other choices (none of these); only for `multiple`.",
    )


class ChoiceItem(ItemBase):
    """An item with a list of choices."""

    choices: tuple[Choice, ...] = Field(
        min_length=1, max_length=200, description="The choices, in the order they are shown."
    )
    order: Order = Field(
        default="fixed",
        description="`fixed` as written, or `shuffled` anew for each respondent; `other` and "
        "`exclusive` choices stay last.",
    )

    @property
    def takes_other_text(self) -> bool:
        """Whether one of the choices asks to say what."""
        return self.other_choice is not None

    @property
    def other_choice(self) -> Choice | None:
        """The choice with a text field, if there is one."""
        return next((choice for choice in self.choices if choice.other), None)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all choices, in the order written."""
        return tuple(choice.code for choice in self.choices)

    def choices_in_order(self, seed: int) -> tuple[Choice, ...]:
        """Return the choices in the order to show; `other` and `exclusive` ones stay last."""
        if self.order == "fixed":
            return self.choices
        last = tuple(choice for choice in self.choices if choice.other or choice.exclusive)
        movable = tuple(choice for choice in self.choices if choice not in last)
        return shuffled(movable, lambda choice: choice.code, seed, self.key) + last
