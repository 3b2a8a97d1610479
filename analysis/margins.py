"""Population margins: checked when made, and collapsed where nobody answered.

Where the figures come from is left to `census` and `shipped`; fitting weights to `weighting`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from analysis.errors import AnalysisError
from analysis.tabulation import Tabulation

TOTALS_TOLERANCE = 1e-6


@dataclass(frozen=True)
class BilingualText:
    """A text for readers, in Simplified Chinese and in English."""

    zh: str
    en: str


@dataclass(frozen=True)
class Margin:
    """The population of each category of one variable, in the order that says who is whose
    neighbour.

    Raises AnalysisError: `margin_empty`, `margin_duplicate_category`,
    `margin_not_positive` (a population must be a positive, finite number).
    """

    variable: str
    categories: tuple[str, ...]
    populations: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.categories or len(self.categories) != len(self.populations):
            raise AnalysisError("margin_empty", variable=self.variable)
        for position, category in enumerate(self.categories):
            if category in self.categories[:position]:
                raise AnalysisError(
                    "margin_duplicate_category", variable=self.variable, category=category
                )
        for category, population in zip(self.categories, self.populations, strict=True):
            if not 0 < population < float("inf"):
                raise AnalysisError(
                    "margin_not_positive",
                    variable=self.variable,
                    category=category,
                    population=population,
                )

    @property
    def total(self) -> float:
        """The population of all categories."""
        return sum(self.populations)


@dataclass(frozen=True)
class Margins:
    """The margins of one population, and where they come from.

    Raises AnalysisError: `margin_duplicate_variable`; `margin_totals_differ` when two margins
    do not add up to the same population within 1e-6 of it.
    """

    margins: tuple[Margin, ...]
    source: BilingualText = field(default=BilingualText("", ""))

    def __post_init__(self) -> None:
        for position, margin in enumerate(self.margins):
            if margin.variable in self.variables[:position]:
                raise AnalysisError("margin_duplicate_variable", variable=margin.variable)
            if abs(margin.total - self.total) > TOTALS_TOLERANCE * self.total:
                raise AnalysisError(
                    "margin_totals_differ",
                    variable=margin.variable,
                    total=margin.total,
                    other_variable=self.margins[0].variable,
                    other_total=self.total,
                )

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the variables, in order."""
        return tuple(margin.variable for margin in self.margins)

    @property
    def total(self) -> float:
        """The population, as the first margin has it; 0 without margins."""
        return self.margins[0].total if self.margins else 0.0


@dataclass(frozen=True)
class CollapseNote:
    """What was done where nobody answered.

    `code` is `merged` (the category, with its population, joined `into`) or `dropped` (the
    variable was left with one category and says nothing any more; `category` is that one).
    """

    code: str
    variable: str
    category: str
    into: str | None


@dataclass(frozen=True, eq=False)
class Collapsed:
    """Margins of which every category has respondents, the tabulation to go with them, notes."""

    margins: Margins
    tabulation: Tabulation
    notes: tuple[CollapseNote, ...]


def collapse_empty(margins: Margins, tabulation: Tabulation) -> Collapsed:
    """Join each category without respondents to its neighbour in the margin's declared order.

    The neighbour is the previous category, or the next one for the first. A category whose
    respondents all have base weight 0 counts as empty too. The tabulation keeps all its
    variables, so that domains by a dropped variable stay possible.
    """
    kept: list[Margin] = []
    notes: list[CollapseNote] = []
    for margin in margins.margins:
        collapsed, merges = _collapse(margin, _weight_by_category(margin, tabulation))
        notes += merges
        if merges:
            tabulation = tabulation.recode(margin.variable, _resolved(merges))
        if len(collapsed.categories) > 1:
            kept.append(collapsed)
        else:
            notes.append(CollapseNote("dropped", margin.variable, collapsed.categories[0], None))
    return Collapsed(replace(margins, margins=tuple(kept)), tabulation, tuple(notes))


def _weight_by_category(margin: Margin, tabulation: Tabulation) -> dict[str, float]:
    codes = tabulation.codes(margin.variable, margin.categories)
    return {
        category: float(tabulation.weight[codes == index].sum())
        for index, category in enumerate(margin.categories)
    }


def _collapse(margin: Margin, weight: Mapping[str, float]) -> tuple[Margin, list[CollapseNote]]:
    """Merge one empty category after the other, until none is left or one category remains."""
    categories, populations = list(margin.categories), list(margin.populations)
    notes: list[CollapseNote] = []
    while len(categories) > 1:
        empty = next((i for i, category in enumerate(categories) if weight[category] == 0), None)
        if empty is None:
            break
        neighbour = empty - 1 if empty > 0 else 1
        populations[neighbour] += populations[empty]
        notes.append(
            CollapseNote("merged", margin.variable, categories[empty], categories[neighbour])
        )
        del categories[empty], populations[empty]
    return Margin(margin.variable, tuple(categories), tuple(populations)), notes


def _resolved(merges: list[CollapseNote]) -> dict[str, str]:
    """From each merged category to where it ends, through merges that followed."""
    into = {note.category: note.into for note in merges}
    resolved: dict[str, str] = {}
    for category in into:
        end = category
        while (following := into.get(end)) is not None:
            end = following
        resolved[category] = end
    return resolved
