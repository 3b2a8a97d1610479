"""Tabulates a pandas frame in memory: values become small integers, and integers are counted.

Reading a file into a frame is `files.py`'s.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.tabulation import Floats, Tabulation
from backend.tabulation.cell_sums import tabulation_of
from backend.tabulation.codes import fits, is_no_answer, number
from backend.tabulation.factors import (
    COUNTED_AT_ONCE,
    Factor,
    Positions,
    combined,
    extremes_by,
    factor_of,
    sums_by,
)
from backend.tabulation.faults import FIRST_DATA_ROW, Faulty, check_rows
from backend.tabulation.request import CompositeColumns, ItemColumn, TabulationRequest
from backend.tabulation.text_files import positions

Columns = Mapping[str, "pd.Series[Any]"]


def tabulate_frame(
    frame: pd.DataFrame, request: TabulationRequest, rows: Sequence[int] | None = None
) -> Tabulation:
    """Tabulate a frame of one row a respondent; fastest with categorical and integer columns.

    Parameters
    ----------
    rows
        The number of each row for errors; None numbers them from 2, as under a header.

    Raises
    ------
    AnalysisError
        Those of `files.tabulate_file` that are not about a file, without `file`.
    """
    at = positions(tuple(map(str, frame.columns)), request.columns)
    columns = {
        name: frame.iloc[:, position] for name, position in zip(request.columns, at, strict=True)
    }
    try:
        return _tabulate(columns, len(frame), request)
    except Faulty:
        numbers = range(FIRST_DATA_ROW, FIRST_DATA_ROW + len(frame)) if rows is None else rows
        values = zip(*columns.values(), strict=True)
        check_rows(zip(numbers, values, strict=True), request)
        raise


def _tabulate(columns: Columns, length: int, request: TabulationRequest) -> Tabulation:
    d = None if request.base_weight is None else _numbers(columns[request.base_weight], 0.0)
    factors = [factor_of(columns[name]) for name in request.cell_variables]
    if d is not None and request.by_base_weight:
        factors.append(factor_of(pd.Series(d)))
    cell, size = combined(factors, length)
    n = np.bincount(cell, minlength=size)
    sums = {"n": n.astype(np.float64), **_design_sums(cell, size, d, columns, request)}
    # By the names of `cell_sums.py`: what is added up is multiplied by 1, or by d and by d².
    weights: dict[str, Floats | None] = {"": None}
    if d is not None and not request.by_base_weight:
        weights = {"": None, "w": d, "ww": d * d}
    for position, measure in enumerate(request.measures):
        for name, values in _measure_sums(cell, size, weights, measure, columns, request).items():
            sums[f"{name}_{position}"] = values
    occurring = np.flatnonzero(n)
    # Any respondent of a cell tells its categories.
    someone = np.zeros(size, dtype=np.intp)
    someone[cell] = np.arange(length)
    keys = [columns[name].iloc[someone[occurring]].tolist() for name in request.cell_variables]
    return tabulation_of(request, keys, {name: values[occurring] for name, values in sums.items()})


def _design_sums(
    cell: Positions, size: int, d: Floats | None, columns: Columns, request: TabulationRequest
) -> dict[str, Floats]:
    sums: dict[str, Floats] = {}
    if d is not None:
        least, greatest = extremes_by(cell, size, d)
        sums |= {"d": greatest, "weight_min": least, "weight_max": greatest}
        sums |= {"weight": sums_by(cell, size, d), "weight_squared": sums_by(cell, size, d * d)}
    if request.population is not None:
        population = _numbers(columns[request.population], np.nextafter(0.0, 1.0))
        sums["population_min"], sums["population_max"] = extremes_by(cell, size, population)
    return sums


def _measure_sums(
    cell: Positions,
    size: int,
    weights: Mapping[str, Floats | None],
    measure: ItemColumn | CompositeColumns,
    columns: Columns,
    request: TabulationRequest,
) -> dict[str, Floats]:
    """The sums of a measure: those who answered, their values, and the squares of these."""
    if isinstance(measure, CompositeColumns):
        return _sums_of_values(cell, size, weights, _composite(measure, columns, request))
    column = columns[measure.name]
    if column.dtype.kind == "f":
        return _sums_of_values(cell, size, weights, _float_values(column, request))
    factor = factor_of(column)
    values = _distinct_values(factor, request)
    if size * len(values) > max(COUNTED_AT_ONCE, len(cell)):
        return _sums_of_values(cell, size, weights, values[factor.positions])
    # How often each code comes in each cell says it all.
    has, y = ~np.isnan(values), np.nan_to_num(values)
    joint = cell * len(values)
    np.add(joint, factor.positions, out=joint, casting="unsafe")
    sums: dict[str, Floats] = {}
    for name, weight in weights.items():
        counted = np.bincount(joint, weight, minlength=size * len(values))
        by_code = counted.reshape(size, len(values)).astype(np.float64)
        sums |= {
            name or "answered": by_code @ has,
            f"{name}y": by_code @ y,
            f"{name}yy": by_code @ y**2,
        }
    return sums


def _sums_of_values(
    cell: Positions, size: int, weights: Mapping[str, Floats | None], values: Floats
) -> dict[str, Floats]:
    """The same from the value of every respondent, NaN for none."""
    has, y = ~np.isnan(values), np.nan_to_num(values)
    sums: dict[str, Floats] = {}
    for name, weight in weights.items():
        d = has.astype(np.float64) if weight is None else weight * has
        sums |= {
            name or "answered": sums_by(cell, size, d),
            f"{name}y": sums_by(cell, size, d * y),
            f"{name}yy": sums_by(cell, size, d * y * y),
        }
    return sums


def _composite(measure: CompositeColumns, columns: Columns, request: TabulationRequest) -> Floats:
    """(N,) the weighted mean over the items answered; NaN where none was."""
    length = len(next(iter(columns.values())))
    total, answered = np.zeros(length), np.zeros(length)
    for name, item_weight in measure.parts:
        column = columns[name]
        if column.dtype.kind == "f":
            values = _float_values(column, request)
        else:
            factor = factor_of(column)
            values = _distinct_values(factor, request)[factor.positions]
        has = ~np.isnan(values)
        total += item_weight * np.where(has, values, 0.0)
        answered += item_weight * has
    with np.errstate(invalid="ignore"):
        composite: Floats = total / answered
    return composite


def _distinct_values(factor: Factor, request: TabulationRequest) -> Floats:
    """The value of each distinct code, NaN for no answer."""
    has_no_answer = is_no_answer(request.missing)
    numbers = np.full(len(factor.distinct), np.nan)
    answered = np.array([not has_no_answer(code) for code in factor.distinct], dtype=np.bool_)
    for at, code in enumerate(map(number, factor.distinct)):
        if answered[at] and code is not None and fits(request.metric, code):
            numbers[at] = code
    wrong = answered & np.isnan(numbers)
    # Codes that no row has, such as unused categories, may be anything.
    if wrong.any() and wrong[factor.positions].any():
        raise Faulty
    return _metric_values(numbers, request)


def _float_values(column: "pd.Series[Any]", request: TabulationRequest) -> Floats:
    """(N,) the values of a column of floats, NaN for no answer."""
    codes = column.to_numpy(dtype=np.float64, copy=True)
    missing = [code for code in (number(text) for text in request.missing) if code is not None]
    codes[np.isin(codes, missing)] = np.nan
    answered = codes[~np.isnan(codes)]
    if not np.isfinite(answered).all() or np.isnan(request.metric.values(answered)).any():
        raise Faulty
    return _metric_values(codes, request)


def _metric_values(codes: Floats, request: TabulationRequest) -> Floats:
    """The values of codes, NaN where these are."""
    values: Floats = np.where(np.isnan(codes), np.nan, request.metric.values(codes))
    return values


def _numbers(column: "pd.Series[Any]", least: float) -> Floats:
    """(N,) the finite numbers of a column, none below `least`."""
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iuf":
        values = column.to_numpy(dtype=np.float64)
    else:
        factor = factor_of(column)
        numbers = [np.nan if (found := number(one)) is None else found for one in factor.distinct]
        values = np.array(numbers)[factor.positions]
    if not (np.isfinite(values) & (values >= least)).all():
        raise Faulty
    return values
