"""Makes the answer fields of each kind of question, with what was typed into them so far."""

from collections.abc import Callable, Mapping
from unicodedata import east_asian_width

from backend.responses.views.fields import (
    Body,
    Choices,
    DivisionGroup,
    DivisionPicker,
    Input,
    Matrix,
    MatrixRow,
    Option,
    OtherText,
    Typing,
)
from backend.web.wording import fault_text
from survey_forms.answers import OTHER_MAX_LENGTH
from survey_forms.definition import Item
from survey_forms.items import (
    ChoiceItem,
    DateItem,
    DivisionItem,
    LongtextItem,
    MatrixItem,
    MultipleItem,
    NpsItem,
    NumberItem,
    ScaleFields,
    ScaleItem,
    SingleItem,
    TextItem,
)
from survey_forms.items.nps import HIGHEST, LOWEST
from survey_forms.values import NOT_APPLICABLE

# Choices this short (in half-width columns) stand in pairs even at 320 px.
PAIRED_WIDTH = 11


def body_of(item: Item, typing: Typing) -> Body:
    """Return the answer fields of a question."""
    return _BODIES[type(item)](item, typing)


def _choices(item: ChoiceItem, typing: Typing) -> Choices:
    chosen = typing.fields.get(item.key, ())
    options = tuple(
        Option(
            value=choice.code,
            label=choice.label.in_language(typing.language),
            is_chosen=choice.code in chosen,
            is_exclusive=choice.exclusive,
            is_other=choice.other,
        )
        for choice in item.choices_in_order(typing.seed)
    )
    limits = (
        (item.min_selected, item.max_selected) if isinstance(item, MultipleItem) else (None,) * 2
    )
    return Choices(
        options=options,
        is_paired=all(_width(option.label) <= PAIRED_WIDTH for option in options),
        minimum=limits[0],
        maximum=limits[1],
        other=_other_text(item, typing) if item.other_choice else None,
    )


def _other_text(item: ChoiceItem, typing: Typing) -> OtherText:
    field = f"{item.key}.other"
    return OtherText(
        field=field,
        value=typing.first(field),
        error=typing.errors.get(field, ""),
        maximum=OTHER_MAX_LENGTH,
    )


def _scale(item: ScaleItem, typing: Typing) -> Choices:
    return Choices(options=_levels(item, item.key, typing))


def _matrix(item: MatrixItem, typing: Typing) -> Matrix:
    rows = []
    for row in item.rows_in_order(typing.seed):
        field = f"{item.key}.{row.key}"
        options = _levels(item, field, typing)
        rows.append(
            MatrixRow(
                field=field,
                label=row.label.in_language(typing.language),
                error=typing.errors.get(field, ""),
                levels=tuple(option for option in options if option.value != NOT_APPLICABLE),
                not_applicable=next(
                    (option for option in options if option.value == NOT_APPLICABLE), None
                ),
            )
        )
    return Matrix(rows=tuple(rows))


def _levels(item: ScaleFields, field: str, typing: Typing) -> tuple[Option, ...]:
    chosen = typing.first(field)
    return tuple(
        Option(option.value, option.label.in_language(typing.language), option.value == chosen)
        for option in item.options()
    )


def _nps(item: NpsItem, typing: Typing) -> Choices:
    chosen = typing.first(item.key)
    return Choices(
        options=tuple(Option(value, value, value == chosen) for value in item.options()),
        low_label=f"{LOWEST} {item.low_label.in_language(typing.language)}",
        high_label=f"{HIGHEST} {item.high_label.in_language(typing.language)}",
    )


def _number(item: NumberItem, typing: Typing) -> Input:
    minimum, maximum = _bound(item.minimum), _bound(item.maximum)
    return Input(
        value=typing.first(item.key),
        minimum=minimum,
        maximum=maximum,
        unit=item.unit.in_language(typing.language) if item.unit else "",
        is_whole=item.integer,
        range_error=_range_error(item, typing, minimum, maximum)
        or fault_text(
            item.fault("wrong_type", expected="whole_number" if item.integer else "number"),
            typing.language,
        ),
    )


def _date(item: DateItem, typing: Typing) -> Input:
    minimum = item.earliest.isoformat() if item.earliest else ""
    maximum = item.latest.isoformat() if item.latest else ""
    return Input(
        value=typing.first(item.key),
        minimum=minimum,
        maximum=maximum,
        range_error=_range_error(item, typing, minimum, maximum)
        or fault_text(item.fault("not_a_date"), typing.language),
    )


def _text(item: TextItem | LongtextItem, typing: Typing) -> Input:
    return Input(
        value=typing.first(item.key),
        max_length=item.max_length,
    )


def _division(item: DivisionItem, typing: Typing) -> DivisionPicker:
    chosen = typing.first(item.key)
    counties = item.divisions.counties
    if item.level == "county":
        listed = {"": counties}
    else:
        listed = {county.name: item.divisions.townships(county.code) for county in counties}
    groups = tuple(
        DivisionGroup(
            label=name,
            options=tuple(
                Option(division.code, division.name, division.code == chosen)
                for division in divisions
            ),
        )
        for name, divisions in listed.items()
    )
    return DivisionPicker(groups=groups)


_BODIES: Mapping[type, Callable[..., Body]] = {
    SingleItem: _choices,
    MultipleItem: _choices,
    ScaleItem: _scale,
    MatrixItem: _matrix,
    NpsItem: _nps,
    NumberItem: _number,
    DateItem: _date,
    TextItem: _text,
    LongtextItem: _text,
    DivisionItem: _division,
}


def _range_error(item: Item, typing: Typing, minimum: str, maximum: str) -> str:
    if not minimum and not maximum:
        return ""
    fault = item.fault("out_of_range", minimum=minimum, maximum=maximum)
    return fault_text(fault, typing.language)


def _bound(bound: float | None) -> str:
    return "" if bound is None else f"{bound:.15g}"


def _width(label: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in label)
