"""A questionnaire as typed, frozen values; behind this line nobody digs in dicts.

What the parts mean to each other (references, sums of weights, translations) is checked by the
lint; `loading.parse_questionnaire` is the way to get a Questionnaire that passed both.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from pydantic import Field

from survey_forms.frozen import FrozenModel, Key, QuestionnaireKey, RuleId
from survey_forms.items import Item, MatrixItem, ScaleItem
from survey_forms.items.base import Condition
from survey_forms.quality import Quality
from survey_forms.texts import Language, Text

__all__ = [
    "Dimension",
    "DimensionItem",
    "Item",
    "Limits",
    "Measure",
    "Notice",
    "OfficialMethod",
    "Page",
    "Quality",
    "Questionnaire",
    "Satisfaction",
    "Section",
    "Text",
    "Weighting",
    "json_schema",
    "json_schema_text",
]

OfficialMethod = Literal[
    "share_from_4", "share_from_3", "score_100_80_60_30_0", "score_100_75_50_25_0"
]


class Notice(FrozenModel):
    """What the respondent is told, and consents to, before the first answer."""

    purpose: Text = Field(description="Who asks, and what the answers are used for.")
    collected: Text = Field(description="What is kept, and what is not.")
    retention_months: int = Field(ge=1, le=120, description="How long answers are kept, in months.")
    contact: Text = Field(description="Whom to ask, and how to have one's answers deleted.")


class Section(FrozenModel):
    """Some items under a common title; each section starts a new page."""

    key: Key
    title: Text = Field(description="The heading that respondents see.")
    description: Text | None = Field(default=None, description="A lead-in below the title.")
    show_if: Condition | None = Field(
        default=None,
        description="Show the whole section only when this is true; reads earlier sections only.",
    )
    items: tuple[Item, ...] = Field(min_length=1, description="The questions of the section.")


class DimensionItem(FrozenModel):
    """A scale item, or one row of a matrix, inside a dimension."""

    item: str = Field(description="Key of a scale or matrix item.")
    row: str | None = Field(default=None, description="Key of the row, for a matrix.")
    weight: float = Field(
        gt=0, le=1, description="Its share of the dimension; the dimension's weights sum to 1."
    )


class Dimension(FrozenModel):
    """A part of the satisfaction score, such as 政务服务."""

    key: Key
    title: Text = Field(description="The dimension's name in results.")
    weight: float = Field(
        gt=0, le=1, description="Its share of the score; all dimensions' weights sum to 1."
    )
    items: tuple[DimensionItem, ...] = Field(
        min_length=1, description="The scale items and matrix rows that make up the dimension."
    )


class Satisfaction(FrozenModel):
    """How satisfaction is computed; locked when the questionnaire is published."""

    official_method: OfficialMethod = Field(
        description="The method that counts: `share_from_4` satisfied from 满意 up, `share_from_3` "
        "from 基本满意 up, or the mean of scores for the levels 5 to 1. Results show all four."
    )
    rule: RuleId | None = Field(
        default=None,
        description="Id of the rule, as shipped, that makes a verdict of the satisfaction, such as "
        "`shandong-2023-city`. Absent: the satisfaction is reported and nothing is concluded.",
    )
    dimensions: tuple[Dimension, ...] = Field(
        min_length=1, description="The parts of the score, with their weights."
    )


class Weighting(FrozenModel):
    """Which answers say whom a respondent stands for."""

    margins: str = Field(min_length=1, description="Id of the population margins, as shipped.")
    variables: tuple[str, ...] = Field(
        min_length=1, description="Keys of single or division items that the margins know."
    )


class Limits(FrozenModel):
    """What a survey accepts at most."""

    one_response_per: Literal["none", "device"] = Field(
        default="none", description="`device`: one response from each device (a cookie holds it)."
    )
    max_responses: int | None = Field(
        default=None, ge=1, le=100_000_000, description="Close after this many responses."
    )


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown at once; `title` is None where a section goes on."""

    section: Section
    title: Text | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """One satisfaction level per respondent: a scale item or a row of a matrix.

    `key` is `overall` or `fields.government`; `weight` is the dimension's times the item's weight,
    0 when it is in no dimension (`dimension` is then None).
    """

    key: str
    item: str
    row: str | None
    label: Text
    weight: float
    dimension: str | None


class Questionnaire(FrozenModel):
    """A whole questionnaire definition, format 1."""

    format: Literal[1] = Field(description="Version of this definition format: 1.")
    key: QuestionnaireKey
    languages: tuple[Language, ...] = Field(
        min_length=1, description="Languages that every text has; zh-CN comes first."
    )
    title: Text = Field(description="The survey's name as residents read it.")
    organiser: Text = Field(description="The body that asks.")
    introduction: Text | None = Field(default=None, description="A greeting before the notice.")
    notice: Notice = Field(description="Shown, and consented to, before the first answer.")
    estimated_minutes: int = Field(ge=1, le=60, description="How long answering takes.")
    sections: tuple[Section, ...] = Field(
        min_length=1, description="The questions, in sections; each starts a new page."
    )
    satisfaction: Satisfaction | None = Field(
        default=None, description="Absent: the questionnaire has no satisfaction score."
    )
    weighting: Weighting | None = Field(
        default=None, description="Absent: every respondent counts the same."
    )
    quality: Quality | None = Field(
        default=None, description="Absent: no response is flagged. Fixed once responses are stored."
    )
    limits: Limits = Field(
        default_factory=Limits, description="Absent: any number of responses from any device."
    )

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items of all sections, in order."""
        return tuple(item for section in self.sections for item in section.items)

    def item(self, key: str) -> Item:
        """Return the item with this key; KeyError when there is none."""
        return self._items_by_key[key]

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The pages: one for each section, and more where items ask for a page break."""
        return tuple(page for section in self.sections for page in _pages_of(section))

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """All satisfaction levels that a response has, in order; see Measure."""
        weights = self._measure_weights
        found: list[tuple[str, str, str | None, Text]] = []
        for item in self.items:
            if isinstance(item, ScaleItem):
                found.append((item.key, item.key, None, item.title))
            elif isinstance(item, MatrixItem):
                found.extend(
                    (f"{item.key}.{row.key}", item.key, row.key, row.label) for row in item.rows
                )
        return tuple(Measure(*names, *weights.get(names[0], (0.0, None))) for names in found)

    @cached_property
    def _items_by_key(self) -> dict[str, Item]:
        return {item.key: item for item in self.items}

    @cached_property
    def _measure_weights(self) -> dict[str, tuple[float, str]]:
        dimensions = () if self.satisfaction is None else self.satisfaction.dimensions
        return {
            part.item if part.row is None else f"{part.item}.{part.row}": (
                dimension.weight * part.weight,
                dimension.key,
            )
            for dimension in dimensions
            for part in dimension.items
        }


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a definition; `questionnaire.schema.json` is this, written out."""
    schema = Questionnaire.model_json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Minsheng questionnaire, format 1",
    }


def json_schema_text() -> str:
    """Return the JSON Schema as the file `questionnaire.schema.json` has it."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"


def _pages_of(section: Section) -> list[Page]:
    groups: list[list[Item]] = [[]]
    for item in section.items:
        if item.page_break and groups[-1]:
            groups.append([])
        groups[-1].append(item)
    return [
        Page(section, section.title if number == 0 else None, tuple(group))
        for number, group in enumerate(groups)
    ]
