"""The one grouped statement over a file, in SQL that DuckDB and Spark both read.

It sees a relation whose columns the engine has named itself, so no name of a file is ever quoted
here. What becomes of the sums is `cell_sums.py`'s.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from analysis.metrics import SCORED_CODES, RawMean, Scored, TopBox
from backend.tabulation.codes import is_zero_or_one, missing_numbers, missing_texts
from backend.tabulation.request import CompositeColumns, ItemColumn, TabulationRequest

Kind = Literal["text", "number", "float"]
INFINITY = "CAST('Infinity' AS DOUBLE)"


@dataclass(frozen=True)
class Column:
    """A column of the relation: its name there, and what it holds.

    `text` is read as a number where one is needed; `float` may hold NaN, which is empty.
    """

    sql: str
    kind: Kind


@dataclass(frozen=True)
class Dialect:
    """Where the engines' SQL differs.

    Attributes
    ----------
    total
        The function that adds doubles.
    text
        Template of a text `{0}` without the white space around it.
    text_number
        Template of the double that a text `{0}` stands for, NULL when it stands for none.
    """

    total: str
    text: str
    text_number: str


def grouped_statement(
    request: TabulationRequest, columns: Mapping[str, Column], relation: str, dialect: Dialect
) -> str:
    """The statement that counts and adds up the relation by cell.

    Returns `k0`, `k1`, … (the categories as they stand in the file, by `cell_variables`), `d` when
    base weights make cells, and the sums that `cell_sums.py` reads.
    """
    keys = [f"k{at}" for at in range(len(request.cell_variables))]
    if _weight_makes_cells(request):
        keys.append("d")
    # Values are named step by step, then added: the inner statements cost nothing.
    read = select(_read(request, columns, dialect), relation)
    coded = select(["*", *_coded(request)], f"({read}) AS file_rows")
    valued = select(["*", *_valued(request)], f"({coded}) AS coded_rows")
    added = select([*keys, *_sums(request, columns, dialect)], f"({valued}) AS respondents")
    return f"{added} GROUP BY {', '.join(keys)}" if keys else added


def select(selected: Iterable[str], relation: str) -> str:
    """A statement that reads a relation."""
    return " ".join(("SELECT", ", ".join(selected), "FROM", relation))


def _weight_makes_cells(request: TabulationRequest) -> bool:
    return request.by_base_weight and request.base_weight is not None


def _has_weight_sums(request: TabulationRequest) -> bool:
    return request.base_weight is not None and not request.by_base_weight


def _item_columns(request: TabulationRequest) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for measure in request.measures for name in measure.columns))


def _read(request: TabulationRequest, columns: Mapping[str, Column], dialect: Dialect) -> list[str]:
    """Categories `k`, items as numbers `x` and as text `t`, base weight `d`, population `p`."""

    def as_number(column: Column) -> str:
        if column.kind == "text":
            return dialect.text_number.format(column.sql)
        plain = f"CAST({column.sql} AS DOUBLE)"
        return f"CASE WHEN NOT isnan({plain}) THEN {plain} END" if column.kind == "float" else plain

    keys = [f"{columns[name].sql} AS k{at}" for at, name in enumerate(request.cell_variables)]
    numbers = [(name, f"x{at}") for at, name in enumerate(_item_columns(request))]
    if request.base_weight is not None:
        numbers.append((request.base_weight, "d"))
    if request.population is not None:
        numbers.append((request.population, "p"))
    texts = [
        f"{dialect.text.format(columns[name].sql)} AS t{at}"
        for at, name in enumerate(_item_columns(request))
        if columns[name].kind == "text"
    ]
    return [*keys, *(f"{as_number(columns[name])} AS {alias}" for name, alias in numbers), *texts]


def _coded(request: TabulationRequest) -> list[str]:
    """The codes `a` of the items: NULL where there is no answer."""
    missing = missing_numbers(request.missing)
    return [
        f"CASE WHEN x{at} NOT IN ({_doubles(missing)}) THEN x{at} END AS a{at}"
        if missing
        else f"x{at} AS a{at}"
        for at in range(len(_item_columns(request)))
    ]


def _valued(request: TabulationRequest) -> list[str]:
    """The values `y` of the measures: NULL where there is none."""
    position = {name: at for at, name in enumerate(_item_columns(request))}

    def item(name: str) -> str:
        code = f"a{position[name]}"
        match request.metric:
            case TopBox(satisfied_from=least):
                satisfied = f"{code} >= {_double(least)}"
                return f"CASE WHEN {satisfied} THEN 1e0 WHEN {code} IS NOT NULL THEN 0e0 END"
            case Scored(scores=scores):
                pairs = zip(SCORED_CODES, scores, strict=True)
                cases = (f"WHEN {_double(one)} THEN {_double(score)}" for one, score in pairs)
                return f"CASE {code} {' '.join(cases)} END"
            case RawMean():
                return code

    def composite(measure: CompositeColumns) -> str:
        parts = [(item(name), position[name], _double(weight)) for name, weight in measure.parts]
        total = " + ".join(f"coalesce({weight} * ({y}), 0e0)" for y, _, weight in parts)
        answered = " + ".join(
            f"CASE WHEN a{at} IS NOT NULL THEN {weight} ELSE 0e0 END" for _, at, weight in parts
        )
        return f"({total}) / nullif({answered}, 0e0)"

    return [
        f"{item(measure.name) if isinstance(measure, ItemColumn) else composite(measure)} AS y{at}"
        for at, measure in enumerate(request.measures)
    ]


def _sums(request: TabulationRequest, columns: Mapping[str, Column], dialect: Dialect) -> list[str]:
    add = dialect.total
    sums = {"n": "count(*)", "faults": _faults(request, columns)}
    if _has_weight_sums(request):
        sums |= {
            "weight": f"{add}(d)",
            "weight_squared": f"{add}(d * d)",
            "weight_min": "min(d)",
            "weight_max": "max(d)",
        }
    if request.population is not None:
        sums |= {"population_min": "min(p)", "population_max": "max(p)"}
    for at, measure in enumerate(request.measures):
        y = f"y{at}"
        square = not (isinstance(measure, ItemColumn) and is_zero_or_one(request.metric))
        sums |= {f"answered_{at}": f"count({y})"}
        weights = {"y": ""}
        if _has_weight_sums(request):
            weights = {"wy": "d * ", "wwy": "d * d * "}
            answered = f"{y} IS NOT NULL THEN"
            sums |= {
                f"w_{at}": f"{add}(CASE WHEN {answered} d END)",
                f"ww_{at}": f"{add}(CASE WHEN {answered} d * d END)",
            }
        for name, weight in weights.items():
            sums[f"{name}_{at}"] = f"{add}({weight}{y})"
            if square:
                sums[f"{name}y_{at}"] = f"{add}({weight}{y} * {y})"
    return [f"{sql} AS {name}" for name, sql in sums.items()]


def _faults(request: TabulationRequest, columns: Mapping[str, Column]) -> str:
    """How many values cannot be what they are to be; `faults.py` says which and why."""
    faults = [
        _item_fault(request, columns[name], at) for at, name in enumerate(_item_columns(request))
    ]
    if request.base_weight is not None:
        faults.append(f"(d >= 0e0 AND d < {INFINITY}) IS NOT TRUE")
    if request.population is not None:
        faults.append(f"(p > 0e0 AND p < {INFINITY}) IS NOT TRUE")
    # Not count_if: where the condition is never but NULL, that is NULL too.
    return " + ".join(f"count(*) FILTER (WHERE {fault})" for fault in faults) or "0"


def _item_fault(request: TabulationRequest, column: Column, at: int) -> str:
    # NaN is above infinity in both engines.
    wrong = f"NOT abs(x{at}) < {INFINITY}"
    if isinstance(request.metric, Scored):
        wrong = f"a{at} NOT IN ({_doubles(SCORED_CODES)})"
    if column.kind != "text":
        return wrong
    fine = ", ".join(_text(code) for code in ("", *missing_texts(request.missing)))
    return f"CASE WHEN x{at} IS NULL THEN t{at} NOT IN ({fine}) ELSE {wrong} END"


def _double(value: float) -> str:
    # A literal with a fraction would be a decimal; only the text keeps every digit.
    return f"CAST('{float(value)!r}' AS DOUBLE)"


def _doubles(values: tuple[float, ...]) -> str:
    return ", ".join(_double(value) for value in values)


def _text(value: str) -> str:
    # A backslash stands for itself: Spark is told so by its setting `escapedStringLiterals`.
    escaped = value.replace("'", "''")
    return f"'{escaped}'"
