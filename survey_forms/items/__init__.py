"""The kinds of items, one module each; this table is the only place that lists them all."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, TypeAlias

from pydantic import Field

from survey_forms.items.base import FormFields, ItemBase
from survey_forms.items.choices import Choice, ChoiceItem
from survey_forms.items.date import DateItem
from survey_forms.items.division import DivisionItem
from survey_forms.items.longtext import LongtextItem
from survey_forms.items.matrix import MatrixItem, Row
from survey_forms.items.multiple import MultipleItem
from survey_forms.items.nps import NpsItem
from survey_forms.items.number import NumberItem
from survey_forms.items.scale import ScaleFields, ScaleItem, ScaleOption
from survey_forms.items.single import SingleItem
from survey_forms.items.text import TextItem

__all__ = [
    "KINDS",
    "Choice",
    "ChoiceItem",
    "DateItem",
    "DivisionItem",
    "FormFields",
    "Item",
    "ItemBase",
    "LongtextItem",
    "MatrixItem",
    "MultipleItem",
    "NpsItem",
    "NumberItem",
    "Row",
    "ScaleFields",
    "ScaleItem",
    "ScaleOption",
    "SingleItem",
    "TextItem",
]

Item: TypeAlias = Annotated[
    SingleItem
    | MultipleItem
    | ScaleItem
    | MatrixItem
    | NpsItem
    | NumberItem
    | DateItem
    | TextItem
    | LongtextItem
    | DivisionItem,
    Field(discriminator="kind"),
]

KINDS: Mapping[str, type[ItemBase]] = MappingProxyType(
    {
        "single": SingleItem,
        "multiple": MultipleItem,
        "scale": ScaleItem,
        "matrix": MatrixItem,
        "nps": NpsItem,
        "number": NumberItem,
        "date": DateItem,
        "text": TextItem,
        "longtext": LongtextItem,
        "division": DivisionItem,
    }
)
