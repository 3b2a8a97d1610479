"""The tabulation: counts and moments by weighting cell, the narrow waist of all estimation.

Storage makes tabulations; everything after them is exact without ever seeing a respondent.
Making one from a database or a file is left to the caller.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import AnalysisError

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]

# The names of the (C,) and of the (C, M) arrays of a tabulation.
BY_CELL = ("n", "weight", "weight_squared", "weight_min", "weight_max", "stratum_population")
BY_CELL_AND_MEASURE = ("answered", "w", "wy", "wyy", "ww", "wwy", "wwyy")
# Between the categories of a crossed variable, in its name and in its categories.
CROSS = "*"


@dataclass(frozen=True, eq=False)
class Tabulation:
    """Sums over respondents, for C cells of V variables and M measures.

    With d the base weight of a respondent and y the value of a measure:

    Attributes
    ----------
    variables, cells
        Names of the variables (those that weight, that make domains, and that say how the sample
        was drawn), and one tuple of their categories for each cell; an empty category "" is "no
        answer".
    measures
        Names of what was measured.
    n, weight, weight_squared
        (C,) number of respondents, sum of d, sum of d², over all respondents of the cell.
    weight_min, weight_max
        (C,) smallest and largest d of the cell; 0 in a cell without respondents.
    answered, w, wy, wyy, ww, wwy, wwyy
        (C, M) number, and sums of d, d·y, d·y², d², d²·y, d²·y², over those who answered the
        measure.
    strata, psu
        The variables that name the stratum and the primary sampling unit; None for one stratum,
        and for respondents drawn one by one. The same PSU name in two strata is two PSUs.
    stratum_population
        (C,) how many PSUs (without `psu`: people) the cell's stratum has in the population;
        infinite where it is not known, which is sampling with replacement.

    Raises ValueError when shapes disagree, a cell comes twice, or a sum is not finite.
    """

    variables: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    measures: tuple[str, ...]
    n: Floats
    weight: Floats
    weight_squared: Floats
    weight_min: Floats
    weight_max: Floats
    answered: Floats
    w: Floats
    wy: Floats
    wyy: Floats
    ww: Floats
    wwy: Floats
    wwyy: Floats
    strata: str | None = None
    psu: str | None = None
    stratum_population: Floats = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        if len(set(self.cells)) != len(self.cells):
            raise ValueError("a cell comes twice; merge tabulations instead")
        if any(len(cell) != len(self.variables) for cell in self.cells):
            raise ValueError("a cell needs one category for each variable")
        if not {self.strata, self.psu} <= {None, *self.variables}:
            raise ValueError("strata and psu are variables of the tabulation")
        by_cell = (len(self.cells),)
        if self.stratum_population.size == 0:
            object.__setattr__(self, "stratum_population", np.full(by_cell, np.inf))
        for name in (*BY_CELL, *BY_CELL_AND_MEASURE):
            shape = by_cell if name in BY_CELL else (*by_cell, len(self.measures))
            object.__setattr__(self, name, _checked(name, getattr(self, name), shape))

    @classmethod
    def from_counts(
        cls,
        *,
        variables: Sequence[str],
        cells: Sequence[Sequence[str]],
        n: ArrayLike,
        measures: Sequence[str],
        answered: ArrayLike,
        y: ArrayLike,
        yy: ArrayLike,
    ) -> "Tabulation":
        """A tabulation whose respondents all have base weight 1.

        Parameters
        ----------
        n
            (C,) respondents of each cell.
        answered, y, yy
            (C, M) number of those who answered, and their sums of the measure and of its square.
        """
        shape = (len(cells), len(measures))
        count = np.asarray(n, dtype=np.float64).reshape(shape[:1])
        n_answered, sum_y, sum_yy = (
            np.asarray(values, dtype=np.float64).reshape(shape) for values in (answered, y, yy)
        )
        present = (count > 0).astype(np.float64)
        return cls(
            variables=tuple(variables),
            cells=tuple(tuple(cell) for cell in cells),
            measures=tuple(measures),
            n=count,
            weight=count,
            weight_squared=count,
            weight_min=present,
            weight_max=present,
            answered=n_answered,
            w=n_answered,
            wy=sum_y,
            wyy=sum_yy,
            ww=n_answered,
            wwy=sum_y,
            wwyy=sum_yy,
        )

    @property
    def respondents(self) -> int:
        """How many respondents there are in all cells."""
        return round(float(self.n.sum()))

    def categories(self, variable: str) -> tuple[str, ...]:
        """The categories of a variable that some cell has, sorted."""
        return self._factor(variable)[0]

    def codes(self, variable: str, categories: Sequence[str]) -> Codes:
        """(C,) position of each cell's category in `categories`; -1 where it is not among them."""
        own, codes = self._factor(variable)
        position = {category: index for index, category in enumerate(categories)}
        lookup = np.array([position.get(name, -1) for name in own], dtype=np.intp)
        return lookup[codes] if own else codes

    def keep(self, chosen: NDArray[np.bool_]) -> "Tabulation":
        """Leave only the cells where `chosen` (C,) is true."""
        cells = tuple(cell for cell, kept in zip(self.cells, chosen, strict=True) if kept)
        return self._with(self.variables, cells, {k: v[chosen] for k, v in self._sums().items()})

    def split(self, variable: str) -> dict[str, "Tabulation"]:
        """One tabulation for each category of a variable, sorted: for example each wave."""
        categories, codes = self._factor(variable)
        return {name: self.keep(codes == index) for index, name in enumerate(categories)}

    def without_missing(self, variables: Iterable[str]) -> tuple["Tabulation", int]:
        """Leave out respondents who gave no answer to one of the variables.

        Returns the tabulation of the others, and how many respondents were left out.
        """
        kept = np.ones(len(self.cells), dtype=np.bool_)
        for variable in variables:
            kept &= self.codes(variable, ("",)) < 0
        rest = self.keep(kept)
        return rest, self.respondents - rest.respondents

    def recode(self, variable: str, into: Mapping[str, str]) -> "Tabulation":
        """Join categories of a variable: `into` maps an old category to its new one."""
        at = self._position(variable)
        cells = [(*cell[:at], into.get(cell[at], cell[at]), *cell[at + 1 :]) for cell in self.cells]
        return self._grouped(self.variables, cells)

    def cross(self, variables: Sequence[str]) -> "Tabulation":
        """Add the variable `a*b` that has the categories of several variables at once.

        Where one of them has no answer, neither has the crossed one.
        """
        name = CROSS.join(variables)
        if name in self.variables:
            return self
        at = [self._position(variable) for variable in variables]
        cells = tuple((*cell, _crossed([cell[index] for index in at])) for cell in self.cells)
        return self._with((*self.variables, name), cells, self._sums())

    def only(self, variables: Iterable[str]) -> "Tabulation":
        """Add up over all variables but these (and the design's); their order stays."""
        wanted = {*variables, self.strata, self.psu}
        at = [index for index, name in enumerate(self.variables) if name in wanted]
        kept = tuple(self.variables[index] for index in at)
        return self._grouped(kept, [tuple(cell[index] for index in at) for cell in self.cells])

    def select(self, measures: Sequence[str]) -> "Tabulation":
        """Leave only these measures, in this order; raises AnalysisError `unknown_measure`."""
        for measure in measures:
            if measure not in self.measures:
                raise AnalysisError("unknown_measure", measure=measure)
        at = [self.measures.index(measure) for measure in measures]
        sums = self._sums()
        for name in BY_CELL_AND_MEASURE:
            sums[name] = sums[name][:, at]
        return Tabulation(
            self.variables, self.cells, tuple(measures), **sums, strata=self.strata, psu=self.psu
        )

    @cached_property
    def _factors(self) -> dict[str, tuple[tuple[str, ...], Codes]]:
        """The variables looked at so far: a cell's category as a number is made once."""
        return {}

    def _factor(self, variable: str) -> tuple[tuple[str, ...], Codes]:
        """The sorted categories of a variable, and (C,) the position of each cell's."""
        if variable not in self._factors:
            at = self._position(variable)
            column = [cell[at] for cell in self.cells]
            categories = tuple(sorted(set(column)))
            position = {category: index for index, category in enumerate(categories)}
            codes = np.array([position[name] for name in column], dtype=np.intp)
            self._factors[variable] = categories, codes
        return self._factors[variable]

    def _position(self, variable: str) -> int:
        if variable not in self.variables:
            raise AnalysisError("unknown_variable", variable=variable)
        return self.variables.index(variable)

    def _sums(self) -> dict[str, Floats]:
        return {name: getattr(self, name) for name in (*BY_CELL, *BY_CELL_AND_MEASURE)}

    def _with(
        self,
        variables: tuple[str, ...],
        cells: tuple[tuple[str, ...], ...],
        sums: Mapping[str, Floats],
    ) -> "Tabulation":
        return Tabulation(variables, cells, self.measures, **sums, strata=self.strata, psu=self.psu)

    def _grouped(
        self, variables: tuple[str, ...], cells: Sequence[tuple[str, ...]]
    ) -> "Tabulation":
        distinct, sums = _add_up(cells, self._sums())
        return self._with(variables, distinct, sums)


def merge(first: Tabulation, *others: Tabulation) -> Tabulation:
    """Add tabulations of different respondents: counties to a city, shards to a whole.

    The cells of the result are sorted.

    Raises
    ------
    AnalysisError
        `tabulations_differ` when variables, measures, strata or PSUs are not the same, in the
        same order; `population_differs` when two have the same cell and do not agree on how
        many its stratum has in the population.
    """
    parts = (first, *others)
    for part in others:
        for aspect in ("variables", "measures", "strata", "psu"):
            if getattr(part, aspect) != getattr(first, aspect):
                raise AnalysisError("tabulations_differ", aspect=aspect)
    cells = [cell for part in parts for cell in part.cells]
    columns = {
        name: np.concatenate([getattr(part, name) for part in parts])
        for name in (*BY_CELL, *BY_CELL_AND_MEASURE)
    }
    distinct, sums = _add_up(cells, columns)
    return Tabulation(
        first.variables, distinct, first.measures, **sums, strata=first.strata, psu=first.psu
    )


def _add_up(
    cells: Sequence[tuple[str, ...]], columns: Mapping[str, Floats]
) -> tuple[tuple[tuple[str, ...], ...], dict[str, Floats]]:
    """Add the rows that have the same cell; return the cells, sorted, and their sums."""
    distinct = tuple(sorted(set(cells)))
    position = {cell: index for index, cell in enumerate(distinct)}
    index = np.array([position[cell] for cell in cells], dtype=np.intp)
    # A cell without respondents has no smallest weight: its 0 must not win over a real one.
    occupied = columns["n"] > 0
    sums: dict[str, Floats] = {}
    for name, values in columns.items():
        if name == "stratum_population":
            sums[name] = _agreed_population(index, values, distinct)
            continue
        out = np.zeros((len(distinct), *values.shape[1:]))
        if name == "weight_min":
            out[:] = np.inf
            np.minimum.at(out, index[occupied], values[occupied])
            out[np.isinf(out)] = 0.0
        elif name == "weight_max":
            np.maximum.at(out, index, values)
        else:
            np.add.at(out, index, values)
        sums[name] = out
    return distinct, sums


def _agreed_population(
    index: Codes, values: Floats, distinct: tuple[tuple[str, ...], ...]
) -> Floats:
    """The one population that all rows of a cell name."""
    smallest = np.full(len(distinct), np.inf)
    np.minimum.at(smallest, index, values)
    differs = np.flatnonzero(values != smallest[index])
    if differs.size:
        raise AnalysisError("population_differs", cell=distinct[index[differs[0]]])
    return smallest


def _crossed(categories: Sequence[str]) -> str:
    return CROSS.join(categories) if all(categories) else ""


def _checked(name: str, values: ArrayLike, shape: tuple[int, ...]) -> Floats:
    """The values as a read-only array of the shape asked for."""
    array = np.array(values, dtype=np.float64)
    if array.shape != shape:
        raise ValueError(f"{name} has shape {array.shape}, not {shape}")
    bad = np.isnan(array) if name == "stratum_population" else ~np.isfinite(array)
    if bad.any() or (name in BY_CELL and (array < 0).any()):
        raise ValueError(f"{name} has a value that is negative or not finite")
    array.setflags(write=False)
    return array
