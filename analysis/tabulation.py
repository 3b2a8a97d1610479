"""The tabulation: counts and moments by weighting cell, the narrow waist of all estimation.

Storage makes tabulations; everything after them is exact without ever seeing a respondent.
Making one from a database or a file is left to the caller.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import AnalysisError

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]

_BY_CELL = ("n", "weight", "weight_squared", "weight_min", "weight_max")
_BY_CELL_AND_MEASURE = ("answered", "w", "wy", "ww", "wwy", "wwyy")


@dataclass(frozen=True, eq=False)
class Tabulation:
    """Sums over respondents, for C cells of the weighting variables and M measures.

    With d the base weight of a respondent and y the value of a measure:

    Attributes
    ----------
    variables, cells
        Names of the weighting variables, and one tuple of their categories for each cell; an
        empty category "" is "no answer".
    measures
        Names of what was measured.
    n, weight, weight_squared
        (C,) number of respondents, sum of d, sum of d², over all respondents of the cell.
    weight_min, weight_max
        (C,) smallest and largest d of the cell; 0 in a cell without respondents.
    answered, w, wy, ww, wwy, wwyy
        (C, M) number, and sums of d, d·y, d², d²·y, d²·y², over those who answered the measure.

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
    ww: Floats
    wwy: Floats
    wwyy: Floats

    def __post_init__(self) -> None:
        if len(set(self.cells)) != len(self.cells):
            raise ValueError("a cell comes twice; merge tabulations instead")
        if any(len(cell) != len(self.variables) for cell in self.cells):
            raise ValueError("a cell needs one category for each variable")
        by_cell = (len(self.cells),)
        for name in (*_BY_CELL, *_BY_CELL_AND_MEASURE):
            shape = by_cell if name in _BY_CELL else (*by_cell, len(self.measures))
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
        return tuple(sorted(set(self._column(variable))))

    def codes(self, variable: str, categories: Sequence[str]) -> Codes:
        """(C,) position of each cell's category in `categories`; -1 where it is not among them."""
        position = {category: index for index, category in enumerate(categories)}
        return np.array([position.get(name, -1) for name in self._column(variable)], dtype=np.intp)

    def without_missing(self, variables: Iterable[str]) -> tuple["Tabulation", int]:
        """Leave out respondents who gave no answer to one of the variables.

        Returns the tabulation of the others, and how many respondents were left out.
        """
        keep = np.ones(len(self.cells), dtype=np.bool_)
        for variable in variables:
            keep &= self.codes(variable, ("",)) < 0
        cells = tuple(cell for cell, kept in zip(self.cells, keep, strict=True) if kept)
        columns = {name: values[keep] for name, values in self._sums().items()}
        rest = Tabulation(self.variables, cells, self.measures, **columns)
        return rest, self.respondents - rest.respondents

    def recode(self, variable: str, into: Mapping[str, str]) -> "Tabulation":
        """Join categories of a variable: `into` maps an old category to its new one."""
        at = self.variables.index(variable)
        cells = [(*cell[:at], into.get(cell[at], cell[at]), *cell[at + 1 :]) for cell in self.cells]
        return _grouped(self.variables, cells, self.measures, self._sums())

    def _column(self, variable: str) -> list[str]:
        if variable not in self.variables:
            raise AnalysisError("unknown_variable", variable=variable)
        at = self.variables.index(variable)
        return [cell[at] for cell in self.cells]

    def _sums(self) -> dict[str, Floats]:
        return {name: getattr(self, name) for name in (*_BY_CELL, *_BY_CELL_AND_MEASURE)}


def merge(first: Tabulation, *others: Tabulation) -> Tabulation:
    """Add tabulations of different respondents: counties to a city, shards to a whole.

    The cells of the result are sorted. Raises AnalysisError `tabulations_differ` when variables
    or measures are not the same, in the same order.
    """
    parts = (first, *others)
    for part in others:
        if (part.variables, part.measures) != (first.variables, first.measures):
            raise AnalysisError("tabulations_differ")
    cells = [cell for part in parts for cell in part.cells]
    columns = {
        name: np.concatenate([getattr(part, name) for part in parts])
        for name in (*_BY_CELL, *_BY_CELL_AND_MEASURE)
    }
    return _grouped(first.variables, cells, first.measures, columns)


def _grouped(
    variables: tuple[str, ...],
    cells: Sequence[tuple[str, ...]],
    measures: tuple[str, ...],
    columns: Mapping[str, Floats],
) -> Tabulation:
    """Add the rows that have the same cell."""
    distinct = tuple(sorted(set(cells)))
    position = {cell: index for index, cell in enumerate(distinct)}
    index = np.array([position[cell] for cell in cells], dtype=np.intp)
    # A cell without respondents has no smallest weight: its 0 must not win over a real one.
    occupied = columns["n"] > 0
    sums: dict[str, Floats] = {}
    for name, values in columns.items():
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
    return Tabulation(variables, distinct, measures, **sums)


def _checked(name: str, values: ArrayLike, shape: tuple[int, ...]) -> Floats:
    """The values as a read-only array of the shape asked for."""
    array = np.array(values, dtype=np.float64)
    if array.shape != shape:
        raise ValueError(f"{name} has shape {array.shape}, not {shape}")
    if not np.isfinite(array).all() or (name in _BY_CELL and (array < 0).any()):
        raise ValueError(f"{name} has a value that is negative or not finite")
    array.setflags(write=False)
    return array
