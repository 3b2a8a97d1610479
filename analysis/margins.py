"""Population margins: checked when made, and collapsed where nobody answered.

Where the figures come from is left to `census` and `shipped`; fitting weights to `weighting`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from analysis.errors import AnalysisError
from analysis.tabulation import CROSS, Tabulation

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


def merge_categories(
    margins: Margins, tabulation: Tabulation, merges: Sequence[tuple[str, str, str]]
) -> Collapsed:
    """Join categories as declared, one merge after the other, in margins and responses.

    Parameters
    ----------
    merges
        (variable, from, to). A variable that is part of a crossed margin is joined there too.

    Raises AnalysisError `merge_unknown` for a variable that no margin has, a `to` that its margin
    does not have, a `from` that neither margin nor responses have, or a category joined to itself.
    """
    for variable, from_, to in merges:
        margins, tabulation = _merged(margins, tabulation, variable, from_, to)
    return Collapsed(margins, tabulation, ())


def _merged(
    margins: Margins, tabulation: Tabulation, variable: str, from_: str, to: str
) -> tuple[Margins, Tabulation]:
    found, is_known = [], False
    for margin in margins.margins:
        if variable not in (margin.variable, *margin.variable.split(CROSS)):
            found.append(margin)
            continue
        names = {*margin.categories, *tabulation.categories(margin.variable)}
        into = {name: _renamed(margin.variable, name, variable, from_, to) for name in names}
        targets = [into[name] for name in margin.categories]
        moved = {name: new for name, new in into.items() if name != new}
        if not moved or not set(moved.values()) <= set(margin.categories):
            raise AnalysisError("merge_unknown", variable=variable, category=from_, into=to)
        is_known = True
        populations: dict[str, float] = {}
        for name, population in zip(targets, margin.populations, strict=True):
            populations[name] = populations.get(name, 0.0) + population
        kept = tuple(name for name in margin.categories if name in populations)
        found.append(Margin(margin.variable, kept, tuple(populations[name] for name in kept)))
        tabulation = _recoded(tabulation, margin.variable, moved)
    if not is_known:
        raise AnalysisError("merge_unknown", variable=variable, category=from_, into=to)
    return replace(margins, margins=tuple(found)), tabulation


def _renamed(margin_variable: str, category: str, variable: str, from_: str, to: str) -> str:
    """The category after the merge; of a crossed one only the part that the variable is."""
    if margin_variable == variable:
        return to if category == from_ else category
    parts = zip(margin_variable.split(CROSS), category.split(CROSS), strict=False)
    return CROSS.join(to if (name, own) == (variable, from_) else own for name, own in parts)


def collapse_empty(margins: Margins, tabulation: Tabulation, fewest: int = 1) -> Collapsed:
    """Join each category with fewer respondents than `fewest` to its neighbour.

    The neighbour is the previous category in the margin's declared order, or the next one for the
    first. A category whose respondents all have base weight 0 counts as empty too. All variables
    stay in the tabulation, so that domains by a dropped variable stay possible.
    """
    kept: list[Margin] = []
    notes: list[CollapseNote] = []
    for margin in margins.margins:
        collapsed, merges = _collapse(margin, _respondents_by_category(margin, tabulation), fewest)
        notes += merges
        if merges:
            tabulation = _recoded(tabulation, margin.variable, _resolved(merges))
        if len(collapsed.categories) > 1:
            kept.append(collapsed)
        else:
            notes.append(CollapseNote("dropped", margin.variable, collapsed.categories[0], None))
    return Collapsed(replace(margins, margins=tuple(kept)), tabulation, tuple(notes))


def _recoded(tabulation: Tabulation, variable: str, into: Mapping[str, str]) -> Tabulation:
    """Join categories for weighting; the sample was drawn from the strata and PSUs it was."""
    if variable in (tabulation.strata, tabulation.psu):
        at, drawn = tabulation.variables.index(variable), f"{variable} (as drawn)"
        tabulation = replace(
            tabulation,
            variables=(*tabulation.variables, drawn),
            cells=tuple((*cell, cell[at]) for cell in tabulation.cells),
            strata=drawn if tabulation.strata == variable else tabulation.strata,
            psu=drawn if tabulation.psu == variable else tabulation.psu,
        )
    return tabulation.recode(variable, into)


def refuse_empty(margins: Margins, tabulation: Tabulation) -> None:
    """Refuse margins of which a category has no respondents, or only some of base weight 0.

    Raises AnalysisError `category_without_respondents` for the first of them.
    """
    for margin in margins.margins:
        counts = _respondents_by_category(margin, tabulation)
        for category, count in zip(margin.categories, counts, strict=True):
            if count == 0:
                raise AnalysisError(
                    "category_without_respondents", variable=margin.variable, category=category
                )


def _respondents_by_category(margin: Margin, tabulation: Tabulation) -> list[float]:
    """How many there are in each category; none where all have base weight 0."""
    codes = tabulation.codes(margin.variable, margin.categories)
    counted = (codes >= 0) & (tabulation.weight > 0)
    size = len(margin.categories)
    found = np.bincount(codes[counted], weights=tabulation.n[counted], minlength=size)
    return [float(count) for count in found]


def _collapse(
    margin: Margin, respondents: list[float], fewest: int
) -> tuple[Margin, list[CollapseNote]]:
    """Merge one sparse category after the other, until none is left or one category remains."""
    categories, populations = list(margin.categories), list(margin.populations)
    notes: list[CollapseNote] = []
    while len(categories) > 1:
        empty = next((i for i, count in enumerate(respondents) if count < fewest), None)
        if empty is None:
            break
        neighbour = empty - 1 if empty > 0 else 1
        populations[neighbour] += populations[empty]
        respondents[neighbour] += respondents[empty]
        notes.append(
            CollapseNote("merged", margin.variable, categories[empty], categories[neighbour])
        )
        del categories[empty], populations[empty], respondents[empty]
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
