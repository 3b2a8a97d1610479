"""Tabulates CSV and Parquet files with DuckDB: one grouped statement, out of core.

Only cells reach Python. Nothing is guessed: a CSV is text with the header and the encoding that
`text_files.py` found, a Parquet file says its types itself.
"""

import glob
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from analysis.tabulation import Tabulation
from backend.tabulation.cell_sums import tabulation_of
from backend.tabulation.faults import FIRST_DATA_ROW, Faulty, check_rows
from backend.tabulation.request import TabulationRequest
from backend.tabulation.statement import Column, Dialect, Kind, grouped_statement, select
from backend.tabulation.text_files import TextFile, as_utf_8, cleaned, open_text, positions

_SPACE = f"' \t\r\n{chr(0xA0)}{chr(0x3000)}'"
_CSV = Dialect(total="kahan_sum", text="{0}", text_number="TRY_CAST({0} AS DOUBLE)")
# Text in a Parquet file cannot be cleaned first, so its white space is cut off value by value.
_PARQUET = Dialect(
    total="kahan_sum",
    text=f"trim({{0}}, {_SPACE})",
    text_number=f"TRY_CAST(trim({{0}}, {_SPACE}) AS DOUBLE)",
)
_FETCHED = 10_000


@dataclass(frozen=True)
class _Relation:
    """What a statement reads: its SQL with the parameters, and its columns by their own names."""

    sql: str
    parameters: Mapping[str, object]
    columns: Mapping[str, Column]


def tabulate_csv(path: Path, request: TabulationRequest) -> Tabulation:
    """Tabulate a delimited text file; the errors are those of `files.tabulate_file`."""
    file = open_text(path)
    at = positions(file.header, request.columns)
    try:
        with as_utf_8(file) as readable, _connection() as connection:
            return _tabulate(connection, request, _text(readable, request), _CSV)
    except (Faulty, duckdb.InvalidInputException, duckdb.ConversionException):
        # Slowly, then: either the first wrong row is found, or the file has what DuckDB reads
        # otherwise than we do, such as different line ends or white space around a code. (A
        # ConversionException comes where TRY_CAST should give NULL: DuckDB lets its reader cast.)
        rows = ((row, [values[position] for position in at]) for row, values in file.rows())
        check_rows(rows, request)
    with cleaned(file) as clean, _connection() as connection:
        return _tabulate(connection, request, _text(clean, request), _CSV)


def tabulate_parquet(paths: Sequence[Path], request: TabulationRequest) -> Tabulation:
    """Tabulate Parquet files; the errors are those of `files.tabulate_file`."""
    with _connection() as connection:
        relation = _parquet(connection, paths, request)
        try:
            return _tabulate(connection, request, relation, _PARQUET)
        except Faulty:
            found = connection.execute(select(["*"], relation.sql), relation.parameters)
            check_rows(enumerate(_fetched(found), FIRST_DATA_ROW), request)
            raise


def read_parquet(paths: Sequence[Path], request: TabulationRequest) -> pd.DataFrame:
    """Read the columns of a request from Parquet files into memory."""
    with _connection() as connection:
        relation = _parquet(connection, paths, request)
        frame = connection.execute(select(["*"], relation.sql), relation.parameters).df()
        return frame.set_axis(request.columns, axis="columns")


def _text(file: TextFile, request: TabulationRequest) -> _Relation:
    """A file in UTF-8: every column is text, and nothing else is left to be guessed."""
    at = positions(file.header, request.columns)
    all_text = ", ".join(f"'c{position}': 'VARCHAR'" for position in range(len(file.header)))
    return _Relation(
        "read_csv($file, auto_detect=false, header=true, delim=$delimiter, quote='\"', "
        f"escape='\"', strict_mode=true, columns={{{all_text}}})",
        {"file": glob.escape(str(file.path)), "delimiter": file.delimiter},
        {
            name: Column(f"c{position}", "text")
            for name, position in zip(request.columns, at, strict=True)
        },
    )


def _parquet(
    connection: duckdb.DuckDBPyConnection, paths: Sequence[Path], request: TabulationRequest
) -> _Relation:
    """Parquet files; folders named `wave=1` make a column of text."""
    files = "read_parquet($files, hive_partitioning=true, hive_types_autocast=false)"
    parameters = {"files": [glob.escape(str(path)) for path in paths]}
    described = connection.execute(f"DESCRIBE {select(['*'], files)}", parameters).fetchall()
    types = {str(name): str(kind) for name, kind, *_ in described}
    positions(tuple(types), request.columns)
    selected = [
        f"{_readable(name, types[name])} AS c{at}" for at, name in enumerate(request.columns)
    ]
    columns = {
        name: Column(f"c{at}", _kind(types[name])) for at, name in enumerate(request.columns)
    }
    return _Relation(f"({select(selected, files)}) AS file_columns", parameters, columns)


def _tabulate(
    connection: duckdb.DuckDBPyConnection,
    request: TabulationRequest,
    relation: _Relation,
    dialect: Dialect,
) -> Tabulation:
    statement = grouped_statement(request, relation.columns, relation.sql, dialect)
    found = connection.execute(statement, relation.parameters).fetchnumpy()
    keys = [found.pop(f"k{at}").tolist() for at in range(len(request.cell_variables))]
    # A sum over nobody is NULL.
    sums = {name: np.ma.filled(column, 0.0).astype(np.float64) for name, column in found.items()}
    if sums.pop("faults").any():
        raise Faulty
    return tabulation_of(request, keys, sums)


@contextmanager
def _connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that spills to the system's temporary folder and loads nothing."""
    with (
        TemporaryDirectory(prefix="minsheng-") as folder,
        duckdb.connect(
            config={
                "temp_directory": folder,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            }
        ) as connection,
    ):
        yield connection


def _kind(parquet_type: str) -> Kind:
    if parquet_type in ("FLOAT", "DOUBLE"):
        return "float"
    is_number = parquet_type == "BOOLEAN" or parquet_type.endswith(("INT", "INTEGER"))
    return "number" if is_number or parquet_type.startswith("DECIMAL") else "text"


def _readable(name: str, parquet_type: str) -> str:
    """A column of a Parquet file as what `_kind` says that it holds."""
    quoted = '"' + name.replace('"', '""') + '"'
    return f"CAST({quoted} AS VARCHAR)" if _kind(parquet_type) == "text" else quoted


def _fetched(found: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := found.fetchmany(_FETCHED):
        yield from rows
