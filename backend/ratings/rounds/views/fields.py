"""The entry form of a row: a field for each measure and condition, as typed or as stored."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.rating.levels import with_averages
from analysis.rating.standard import LeveledIndicator, Measure, Quantity
from backend.ratings.forms.numbers import plain_number, shown_figure, unit_of
from backend.ratings.forms.views import NOTHING, ComparedField
from backend.ratings.rounds.entry import typed_entry
from backend.ratings.rounds.figures import StoredFigure, StoredFigures, to_figure, to_figures
from backend.ratings.rounds.round import Row
from backend.ratings.rounds.wording import ATTESTED, NOT_ATTESTED, NOTE, RANK_UNIT
from backend.ratings.wording import Translate


@dataclass(frozen=True)
class SideField:
    """The numerator or denominator of a ratio."""

    field: str
    name: str
    unit: str
    typed: str


@dataclass(frozen=True)
class MeasureField:
    """A measure: its field (none for a computed one), its unit, and what is stored now."""

    key: str
    name: str
    unit: str
    note: str | None
    field: str | None
    typed: str
    sides: tuple[SideField, ...]
    stored: str | None


@dataclass(frozen=True)
class ConditionField:
    """A condition to attest: `typed` is `yes`, `no` or empty."""

    key: str
    name: str
    field: str
    typed: str
    stored: str | None


def measure_fields(
    indicator: LeveledIndicator,
    typed: Mapping[str, str],
    stored: StoredFigures,
    translate: Translate,
) -> tuple[MeasureField, ...]:
    """Prepare the fields of the measures, in the document's order."""
    known = with_averages(indicator, to_figures(stored))
    fields = []
    for key, measure in indicator.measures.items():
        is_computed = measure.weights is not None
        figure = stored.get(key)
        if is_computed and key in known:
            figure = float(known[key])
        fields.append(
            MeasureField(
                key=key,
                name=measure.name,
                unit=_unit(measure, translate),
                note=measure.note,
                field=None if is_computed else f"figure.{key}",
                typed=typed.get(f"figure.{key}", ""),
                sides=() if is_computed else _sides(key, measure, typed),
                stored=None if figure is None else figure_words(indicator, key, figure, translate),
            )
        )
    return tuple(fields)


def condition_fields(
    indicator: LeveledIndicator,
    typed: Mapping[str, str],
    stored: StoredFigures,
    translate: Translate,
) -> tuple[ConditionField, ...]:
    """Prepare the fields of the conditions, in the document's order."""
    return tuple(
        ConditionField(
            key=key,
            name=condition.name,
            field=f"condition.{key}",
            typed=typed.get(f"condition.{key}", ""),
            stored=figure_words(indicator, key, stored[key], translate) if key in stored else None,
        )
        for key, condition in indicator.conditions.items()
    )


def compared_entry(
    row: Row,
    measures: tuple[MeasureField, ...],
    conditions: tuple[ConditionField, ...],
    typed: Mapping[str, str],
    translate: Translate,
) -> tuple[ComparedField, ...]:
    """Return where what is typed differs from what is stored, each as a reader sees it."""
    stored = typed_entry(row.indicator, row.figures, row.note)
    fields = [
        (each.name, each.stored, _typed_measure(each), _field_names(each)) for each in measures
    ]
    answers = {"yes": translate(ATTESTED), "no": translate(NOT_ATTESTED)}
    fields += [
        (each.name, each.stored, answers.get(each.typed, ""), (each.field,)) for each in conditions
    ]
    fields.append((translate(NOTE), row.note, typed.get("note", ""), ("note",)))
    return tuple(
        ComparedField(name, saved or NOTHING, words or NOTHING)
        for name, saved, words, names in fields
        if any(stored.get(each, "") != typed.get(each, "").strip() for each in names)
    )


def _field_names(measure: MeasureField) -> tuple[str, ...]:
    direct = (measure.field,) if measure.field else ()
    return (*direct, *(side.field for side in measure.sides))


def _typed_measure(measure: MeasureField) -> str:
    if measure.typed:
        return f"{measure.typed} {measure.unit}"
    sides = [side.typed for side in measure.sides]
    return " / ".join(sides) if any(sides) else ""


def figure_words(
    indicator: LeveledIndicator, key: str, stored: StoredFigure, translate: Translate
) -> str:
    """Write a stored figure or attestation for a reader; a ratio with its two sides."""
    if isinstance(stored, bool):
        return translate(ATTESTED if stored else NOT_ATTESTED)
    shown = shown_figure(indicator.measures[key], float(to_figure(stored)))
    if isinstance(stored, int | float):
        return shown
    return f"{shown} ({plain_number(stored['numerator'])} / {plain_number(stored['denominator'])})"


def _unit(measure: Measure, translate: Translate) -> str:
    return unit_of(measure) or (translate(RANK_UNIT) if measure.kind == "rank" else "")


def _sides(key: str, measure: Measure, typed: Mapping[str, str]) -> tuple[SideField, ...]:
    if measure.numerator is None or measure.denominator is None:
        return ()
    sides: tuple[tuple[str, Quantity], ...] = (
        (f"numerator.{key}", measure.numerator),
        (f"denominator.{key}", measure.denominator),
    )
    return tuple(
        SideField(field, side.name, side.unit, typed.get(field, "")) for field, side in sides
    )
