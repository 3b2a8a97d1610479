"""The what-if page: the form, and what would be otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.rating.standard import LEVELS, LeveledIndicator
from analysis.rating.what_if import WhatIf
from backend.ratings import wording
from backend.ratings.forms.numbers import unit_of
from backend.ratings.live.figures_text import points_text
from backend.ratings.live.service import LiveRating
from backend.ratings.live.views.standing import Standing, standing_of
from backend.ratings.live.what_if_form import FIGURE, Filled
from backend.ratings.rounds.views.head import RoundHead, round_head
from backend.ratings.shape import level_of
from backend.ratings.wording import Translate


@dataclass(frozen=True)
class Option:
    """One level to choose."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class LevelField:
    """The choice of one indicator's level; the first option leaves it as it is."""

    number: int
    name: str
    now: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class CasesField:
    """How many more cases of a kind."""

    kind: str
    name: str


@dataclass(frozen=True)
class FigureField:
    """One figure or attestation to suppose; `unit` is empty for a condition."""

    field: str
    name: str
    unit: str
    is_condition: bool


@dataclass(frozen=True)
class RowFields:
    """The figures of one indicator."""

    number: int
    name: str
    fields: tuple[FigureField, ...]


@dataclass(frozen=True)
class ChangeRow:
    """One line that would be otherwise."""

    number: int
    name: str
    before: str
    after: str
    points: str


@dataclass(frozen=True)
class WhatIfPage:
    """The form as it was filled in, and its answer once it asks for something."""

    head: RoundHead
    typed: Mapping[str, str]
    errors: Mapping[str, str]
    rows: tuple[RowFields, ...]
    levels: tuple[LevelField, ...]
    kinds: tuple[CasesField, ...]
    has_survey: bool
    has_security: bool
    before: Standing
    after: Standing | None
    gained: str
    changes: tuple[ChangeRow, ...]


def what_if_page(
    live: LiveRating, filled: Filled, answer: WhatIf | None, translate: Translate
) -> WhatIfPage:
    """Prepare the page."""
    standard = live.round.standard
    kinds = standard.innovation.kinds if standard.innovation else {}
    return WhatIfPage(
        head=round_head(live.round),
        typed={f"cases_{kind}": "" for kind in kinds}
        | {"satisfaction": "", "points": "", "benchmark": "", "major": "", "as_of": ""}
        | dict(filled.typed),
        errors={
            name: translate(error.message).format(**error.arguments)
            for name, error in filled.errors.items()
        },
        rows=tuple(
            row_fields(row)
            for row in standard.leveled
            if any(name.startswith(f"{FIGURE}{row.number}.") for name in filled.typed)
        ),
        levels=_levels(live, filled, translate),
        kinds=tuple(CasesField(kind, each.name) for kind, each in kinds.items()),
        has_survey=standard.survey is not None,
        has_security=standard.security is not None,
        before=standing_of(live.rating, translate),
        after=standing_of(answer.after, translate) if answer else None,
        gained=f"{answer.points:+g}" if answer else "",
        changes=_changes(answer, translate),
    )


def row_fields(row: LeveledIndicator) -> RowFields:
    """Return the fields with which figures of an indicator are supposed."""
    measures = [
        FigureField(f"{FIGURE}{row.number}.{key}", each.name, unit_of(each), is_condition=False)
        for key, each in row.measures.items()
        if each.weights is None
    ]
    conditions = [
        FigureField(f"{FIGURE}{row.number}.{key}", each.name, "", is_condition=True)
        for key, each in row.conditions.items()
    ]
    return RowFields(row.number, row.name, (*measures, *conditions))


def _levels(live: LiveRating, filled: Filled, translate: Translate) -> tuple[LevelField, ...]:
    held = {line.indicator.number: level_of(line) for line in live.rating.lines}
    return tuple(
        LevelField(
            number=row.number,
            name=row.name,
            now=translate(wording.LEVEL_WORDS[held[row.number] or "none"]),
            options=tuple(
                Option(
                    value,
                    translate(wording.LEVEL_WORDS[value]),
                    filled.typed.get(f"level_{row.number}") == value,
                )
                for value in ("none", *(level for level in LEVELS if level in row.requirements))
            ),
        )
        for row in live.round.standard.leveled
    )


def _changes(answer: WhatIf | None, translate: Translate) -> tuple[ChangeRow, ...]:
    return tuple(
        ChangeRow(
            number=each.before.indicator.number,
            name=each.before.indicator.name,
            before=_held(each.before.points, level_of(each.before), translate),
            after=_held(each.after.points, level_of(each.after), translate),
            points=f"{each.points:+g}",
        )
        for each in (answer.differences if answer else ())
        # A level that is only known in another way is no change to look at.
        if each.points or level_of(each.before) != level_of(each.after)
    )


def _held(points: float, level: str | None, translate: Translate) -> str:
    word = translate(wording.LEVEL_WORDS[level]) if level else ""
    return f"{word} {points_text(points)}".strip()
