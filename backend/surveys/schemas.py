"""The JSON shape of a survey: what a program needs to know to ask it and to send answers."""

from datetime import date
from typing import Annotated, Any

from fastapi import Path
from pydantic import BaseModel, Field, JsonValue
from pydantic_core import to_jsonable_python

from backend.surveys.service import Status
from survey_forms.definition import Item, Questionnaire, Section
from survey_forms.items import Choice, ChoiceItem, DivisionItem, MatrixItem

Slug = Annotated[str, Path(description="The survey's address.", examples=["service-hall"])]


class ChoiceJson(BaseModel):
    """One choice: the code is what an answer holds."""

    code: str
    label: str
    other: bool | None = Field(
        default=None, description="True: a text may come beside the answer, under `KEY.other`."
    )
    exclusive: bool | None = Field(default=None, description="True: it can only be chosen alone.")


class RowJson(BaseModel):
    """One row of a matrix: the key is that of the answer's object."""

    key: str
    label: str


class ItemJson(BaseModel):
    """One question."""

    key: str
    kind: str = Field(
        description="`single`, `multiple`, `scale`, `matrix`, `nps`, `number`, `date`, `text`, "
        "`longtext` or `division`"
    )
    title: str
    required: bool
    choices: list[ChoiceJson] | None = Field(
        default=None, description="Of `single`, `multiple` and `division` only."
    )
    rows: list[RowJson] | None = Field(default=None, description="Of `matrix` only.")
    not_applicable: bool | None = Field(
        default=None, description='Of `scale` and `matrix`: whether `"na"` is an answer.'
    )
    min_selected: int | None = Field(default=None, description="Of `multiple`, where it is set.")
    max_selected: int | None = Field(default=None, description="Of `multiple`, where it is set.")
    minimum: float | None = Field(default=None, description="Of `number`, where it is set.")
    maximum: float | None = Field(default=None, description="Of `number`, where it is set.")
    integer: bool | None = Field(default=None, description="Of `number`: whole ones only.")
    earliest: date | None = Field(default=None, description="Of `date`, where it is set.")
    latest: date | None = Field(default=None, description="Of `date`, where it is set.")
    max_length: int | None = Field(
        default=None, description="Of `text` and `longtext`, in characters."
    )
    show_if: JsonValue = Field(
        description="JsonLogic over earlier answers: the item is asked when it is true, or null."
    )


# What an answer must keep to; each is set for the kinds whose items have a field of this name.
BOUNDS = (
    "not_applicable",
    "min_selected",
    "max_selected",
    "minimum",
    "maximum",
    "integer",
    "earliest",
    "latest",
    "max_length",
)


class SurveyJson(BaseModel):
    """A survey and its current questionnaire, in one language."""

    slug: str
    version: int
    title: str
    status: Status
    languages: list[str]
    items: list[ItemJson]


def items_json(questionnaire: Questionnaire, language: str) -> list[ItemJson]:
    """Describe every item of a questionnaire, in order."""
    return [
        _item_json(section, item, language)
        for section in questionnaire.sections
        for item in section.items
    ]


def _item_json(section: Section, item: Item, language: str) -> ItemJson:
    # Only what a kind has is set, and only what is set is sent.
    of_its_kind: dict[str, Any] = {
        name: bound for name in BOUNDS if (bound := getattr(item, name, None)) is not None
    }
    if isinstance(item, ChoiceItem):
        of_its_kind["choices"] = [_choice(choice, language) for choice in item.choices]
    elif isinstance(item, DivisionItem):
        of_its_kind["choices"] = _division_choices(item)
    elif isinstance(item, MatrixItem):
        of_its_kind["rows"] = [
            RowJson(key=row.key, label=row.label.in_language(language)) for row in item.rows
        ]
    return ItemJson(
        key=item.key,
        kind=item.kind,
        title=item.title.in_language(language),
        required=item.required,
        show_if=_both(section.show_if, item.show_if),
        **of_its_kind,
    )


def _choice(choice: Choice, language: str) -> ChoiceJson:
    marks = {name: True for name in ("other", "exclusive") if getattr(choice, name)}
    return ChoiceJson(code=choice.code, label=choice.label.in_language(language), **marks)


def _division_choices(item: DivisionItem) -> list[ChoiceJson]:
    """Return the divisions that may be answered; their names are Chinese in every language."""
    city = item.divisions
    if item.level == "county":
        return [ChoiceJson(code=county.code, label=county.name) for county in city.counties]
    return [
        ChoiceJson(code=township.code, label=f"{county.name}{township.name}")
        for county in city.counties
        for township in city.townships(county.code)
    ]


def _both(section_condition: Any, item_condition: Any) -> JsonValue:
    """Join the conditions of a section and of an item in it: programs know no sections."""
    conditions = [each for each in (section_condition, item_condition) if each is not None]
    joined = {"and": conditions} if len(conditions) == 2 else next(iter(conditions), None)
    # Frozen definitions hold tuples where JSON has lists.
    condition: JsonValue = to_jsonable_python(joined)
    return condition
