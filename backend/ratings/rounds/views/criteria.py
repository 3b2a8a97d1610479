"""The levels of an indicator with their criteria, and which of these hold by the figures."""

from dataclasses import dataclass

from analysis.rating.assessment import Figures
from analysis.rating.levels import Reached, evaluate, reach, with_averages
from analysis.rating.standard import Criterion, LeveledIndicator, LevelName, Standard
from backend.ratings.forms.numbers import shown_figure
from backend.ratings.rounds.figures import StoredFigures, to_figures
from backend.ratings.rounds.wording import (
    ALL_OF,
    ANY_OF,
    ATTESTED,
    NOT_ATTESTED,
    OUTCOME_TONES,
    OUTCOME_WORDS,
)
from backend.ratings.wording import LEVEL_WORDS, OPERATOR_WORDS, Translate, number_text


@dataclass(frozen=True)
class CriterionView:
    """A comparison or condition (`name`, what it asks, the figure now), or several joined.

    `asks` is translated; `joined_by` says how the parts are joined.
    """

    outcome: str
    tone: str
    name: str = ""
    asks: str = ""
    now: str | None = None
    joined_by: str | None = None
    parts: tuple["CriterionView", ...] = ()


@dataclass(frozen=True)
class LevelView:
    """One level: what the document asks for, in its words, and whether that is met."""

    name: str
    text: str
    points: str | None
    outcome: str
    tone: str
    criterion: CriterionView
    missing: tuple[str, ...]


@dataclass(frozen=True)
class ReachedView:
    """The level now: its word, and the data that could still raise it."""

    word: str
    is_settled: bool
    is_assessed: bool
    missing: tuple[str, ...]


def reached_view(indicator: LeveledIndicator, figures: StoredFigures) -> ReachedView:
    """Prepare the level that stored figures reach."""
    reached = reach(indicator, to_figures(figures))
    names = tuple(name_of(indicator, key) for key in reached.missing)
    is_assessed = reached.status != "not_assessed"
    return ReachedView(_level_word(reached), reached.is_settled, is_assessed, names)


def level_views(
    standard: Standard, indicator: LeveledIndicator, stored: StoredFigures, translate: Translate
) -> tuple[LevelView, ...]:
    """Prepare every level that the indicator has, the lowest first."""
    figures = with_averages(indicator, to_figures(stored))
    return tuple(
        _level(standard, indicator, level, figures, translate)
        for level in standard.levels
        if level in indicator.requirements
    )


def name_of(indicator: LeveledIndicator, key: str) -> str:
    """Return the document's name of a measure or condition."""
    if key in indicator.measures:
        return indicator.measures[key].name
    return indicator.conditions[key].name


def _level_word(reached: Reached) -> str:
    if reached.level is not None:
        return LEVEL_WORDS[reached.level]
    return LEVEL_WORDS["none" if reached.is_settled else "unknown"]


def _level(
    standard: Standard,
    indicator: LeveledIndicator,
    level: LevelName,
    figures: Figures,
    translate: Translate,
) -> LevelView:
    requirement = indicator.requirements[level]
    outcome = evaluate(requirement.criteria, figures)
    # Where nothing was entered, the list would repeat the whole requirement.
    names_missing = outcome is None and bool(figures)
    return LevelView(
        name=standard.level_names[level],
        text=requirement.text,
        points=None if requirement.points is None else number_text(requirement.points),
        outcome=OUTCOME_WORDS[outcome],
        tone=OUTCOME_TONES[outcome],
        criterion=_criterion(requirement.criteria, indicator, figures, translate),
        missing=tuple(
            _name(leaf, indicator)
            for leaf in (requirement.criteria.leaves() if names_missing else ())
            if evaluate(leaf, figures) is None
        ),
    )


def _criterion(
    criterion: Criterion, indicator: LeveledIndicator, figures: Figures, translate: Translate
) -> CriterionView:
    outcome = evaluate(criterion, figures)
    words, tone = OUTCOME_WORDS[outcome], OUTCOME_TONES[outcome]
    joined = criterion.all or criterion.any
    if joined is not None:
        parts = tuple(_criterion(part, indicator, figures, translate) for part in joined)
        return CriterionView(
            words, tone, joined_by=ALL_OF if criterion.all else ANY_OF, parts=parts
        )
    name = _name(criterion, indicator)
    if criterion.measure is None:
        now = None if outcome is None else translate(ATTESTED if outcome else NOT_ATTESTED)
        return CriterionView(words, tone, name, now=now)
    measure = indicator.measures[criterion.measure]
    figure = figures.get(criterion.measure)
    operator = next(each for each in OPERATOR_WORDS if getattr(criterion, each) is not None)
    bound = shown_figure(measure, getattr(criterion, operator))
    asks = translate(OPERATOR_WORDS[operator]).format(bound=bound)
    now = None if figure is None else shown_figure(measure, float(figure))
    return CriterionView(words, tone, name, asks, now)


def _name(leaf: Criterion, indicator: LeveledIndicator) -> str:
    return name_of(indicator, leaf.measure or leaf.condition or "")
