"""Columns of a frame as small integers, and the cells that several of them make together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.tabulation import Floats

Positions = NDArray[np.integer[Any]]

# Combinations that may be counted in one array, whether they occur or not.
COUNTED_AT_ONCE = 1 << 22
# Integers no further apart than this need no search for the distinct ones.
_NARROW = 1 << 12


@dataclass(frozen=True)
class Factor:
    """A column of N values: the distinct ones it may have, and (N,) the position of each."""

    positions: Positions
    distinct: Sequence[object]


def factor_of(column: "pd.Series[Any]") -> Factor:
    """The column as a factor; an empty value is None or, in a column of floats, NaN."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        # The array's codes are the column's own; `cat.codes` would copy them.
        return _with_none(column.array.codes, column.array.categories.tolist())
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iu" and len(column):
        values = column.to_numpy()
        least, greatest = int(values.min()), int(values.max())
        if least >= 0 and greatest < _NARROW:
            return Factor(values, range(greatest + 1))
        if greatest - least < _NARROW:
            return Factor(values - values.min(), range(least, greatest + 1))
    codes, found = pd.factorize(column)
    return _with_none(codes, found.tolist())


def combined(factors: Iterable[Factor], length: int) -> tuple[Positions, int]:
    """(N,) one position for each combination of the factors, and how many there may be."""
    # Half as wide as numpy's own, and so twice as fast: `COUNTED_AT_ONCE` fits.
    positions: Positions = np.zeros(length, dtype=np.int32)
    size = 1
    for factor in factors:
        if size * len(factor.distinct) > COUNTED_AT_ONCE:
            positions, size = _occurring_only(positions)
        positions *= len(factor.distinct)
        np.add(positions, factor.positions, out=positions, casting="unsafe")
        size *= len(factor.distinct)
    return (positions, size) if size <= COUNTED_AT_ONCE else _occurring_only(positions)


def _occurring_only(positions: Positions) -> tuple[Positions, int]:
    fewer, distinct = pd.factorize(positions)
    return fewer, len(distinct)


def _with_none(codes: Positions, distinct: list[Any]) -> Factor:
    """A factor from codes in which -1 is an empty value."""
    if codes.size and codes.min() < 0:
        return Factor(np.where(codes < 0, len(distinct), codes), [*distinct, None])
    return Factor(codes, distinct)


def sums_by(positions: Positions, size: int, values: Floats) -> Floats:
    """(size,) the sums of the values at each position."""
    return np.bincount(positions, values, minlength=size).astype(np.float64, copy=False)


def extremes_by(positions: Positions, size: int, values: Floats) -> tuple[Floats, Floats]:
    """(size,) the smallest and the largest value at each position; infinite and 0 at none."""
    least, greatest = np.full(size, np.inf), np.zeros(size)
    np.minimum.at(least, positions, values)
    np.maximum.at(greatest, positions, values)
    return least, greatest
