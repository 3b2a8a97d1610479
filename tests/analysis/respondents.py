"""Respondents for tests: tabulated, and estimated one by one as the oracle of the cell moments."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.margins import Margin
from analysis.tabulation import Floats, Tabulation


@dataclass(frozen=True, eq=False)
class Respondents:
    """n respondents: categories of the variables, (n, M) answers with NaN for none, weights."""

    variables: tuple[str, ...]
    categories: tuple[tuple[str, ...], ...]
    measures: tuple[str, ...]
    answers: Floats
    base_weight: Floats

    def take(self, positions: Sequence[int]) -> "Respondents":
        chosen = list(positions)
        return Respondents(
            self.variables,
            tuple(self.categories[position] for position in chosen),
            self.measures,
            self.answers[chosen],
            self.base_weight[chosen],
        )

    def with_base_weight(self, base_weight: Floats) -> "Respondents":
        return Respondents(
            self.variables, self.categories, self.measures, self.answers, base_weight
        )


def some_respondents(
    categories: Sequence[tuple[str, ...]],
    answers: Sequence[float | None],
    *,
    variables: tuple[str, ...] = ("district",),
    base_weight: Sequence[float] | None = None,
) -> Respondents:
    """Respondents with one measure named "y"; None is no answer."""
    values = np.array([np.nan if answer is None else answer for answer in answers], dtype=float)
    weight = np.ones(len(answers)) if base_weight is None else np.array(base_weight, dtype=float)
    return Respondents(variables, tuple(categories), ("y",), values.reshape(-1, 1), weight)


def tabulate(people: Respondents) -> Tabulation:
    """Sum the respondents by cell, cell after cell in the order of first appearance."""
    cells = tuple(dict.fromkeys(people.categories))
    rows = [
        np.array([i for i, own in enumerate(people.categories) if own == cell]) for cell in cells
    ]
    d = people.base_weight
    has = ~np.isnan(people.answers)
    y = np.where(has, people.answers, 0.0)
    d_column = d[:, None] * has

    def by_measure(values: Floats) -> Floats:
        summed = [values[row].sum(axis=0) for row in rows]
        return np.array(summed).reshape(len(cells), len(people.measures))

    return Tabulation(
        variables=people.variables,
        cells=cells,
        measures=people.measures,
        n=np.array([len(row) for row in rows], dtype=float),
        weight=np.array([d[row].sum() for row in rows]),
        weight_squared=np.array([(d[row] ** 2).sum() for row in rows]),
        weight_min=np.array([d[row].min() for row in rows]),
        weight_max=np.array([d[row].max() for row in rows]),
        answered=by_measure(has.astype(float)),
        w=by_measure(d_column),
        wy=by_measure(d_column * y),
        wyy=by_measure(d_column * y**2),
        ww=by_measure(d_column**2),
        wwy=by_measure(d_column**2 * y),
        wwyy=by_measure(d_column**2 * y**2),
    )


def in_a_population_of(size: float, tabulation: Tabulation) -> Tabulation:
    """The same sample, drawn without replacement from one stratum of this size."""
    return replace(tabulation, stratum_population=np.full(len(tabulation.cells), float(size)))


def mean_and_se_by_respondent(
    people: Respondents,
    weight: Floats,
    margins: Sequence[Margin],
    *,
    inside: Sequence[bool] | None = None,
) -> tuple[float, float]:
    """The first measure's mean and linearised standard error, person by person.

    The textbook route, with a least-squares regression on the margins' indicators.
    """
    y = people.answers[:, 0]
    taking_part = ~np.isnan(y) & (np.ones(len(y), dtype=bool) if inside is None else inside)
    w = weight * taking_part
    mean = float((w * np.where(taking_part, y, 0.0)).sum() / w.sum())
    z = np.where(taking_part, y - mean, 0.0) / w.sum()
    root = np.sqrt(people.base_weight)
    at = {variable: position for position, variable in enumerate(people.variables)}
    indicators = np.array(
        [
            [
                float(own[at[margin.variable]] == category)
                for margin in margins
                for category in margin.categories
            ]
            for own in people.categories
        ]
    )
    slopes = np.linalg.lstsq(indicators * root[:, None], z * root, rcond=1e-10)[0]
    u = weight * (z - indicators @ slopes)
    n = len(y)
    return mean, float(np.sqrt(n / (n - 1) * ((u - u.mean()) ** 2).sum()))
