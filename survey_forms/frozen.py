"""The base of every definition model and its identifier types; fields are left to the models."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

KEY_PATTERN = r"^[a-z][a-z0-9_]{0,39}$"
QUESTIONNAIRE_KEY_PATTERN = r"^[a-z][a-z0-9_-]{0,39}$"
RULE_ID_PATTERN = r"^[a-z][a-z0-9-]{0,63}$"
CODE_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_+-]{0,39}$"

Key = Annotated[
    str,
    Field(
        pattern=KEY_PATTERN,
        description="Identifier: a small letter, then small letters, digits or _; at most 40. "
        "Stored with every response, so never change it after publishing.",
    ),
]
QuestionnaireKey = Annotated[
    str,
    Field(
        pattern=QUESTIONNAIRE_KEY_PATTERN,
        description="Name of this questionnaire: as an item's key, and - is allowed.",
    ),
]
RuleId = Annotated[str, Field(pattern=RULE_ID_PATTERN)]
ChoiceCode = Annotated[
    str,
    Field(
        pattern=CODE_PATTERN,
        description="Code stored for this choice, such as `female`, `18-29` or `70+`. "
        'Put codes that look like numbers or yes/no in quotes: `"01"`, `"no"`.',
    ),
]


class FrozenModel(BaseModel):
    """A value that never changes and takes no field it does not know.

    Strict: a number is not a text and `yes` is not a text, so that a slip in YAML is found
    instead of being converted into something that nobody wrote.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
