"""Tabulates a respondent file: chooses the engine, and says which file an error is about."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import duckdb
import pandas as pd

from analysis.errors import AnalysisError
from analysis.tabulation import Tabulation
from backend.tabulation import duck, spark
from backend.tabulation.faults import Faulty
from backend.tabulation.frame import tabulate_frame
from backend.tabulation.request import TabulationRequest
from backend.tabulation.text_files import open_text, positions

Engine = Literal["duckdb", "pandas", "spark"]
_PARQUET = (".parquet", ".parq", ".pq")


def tabulate_file(
    path: Path | str, request: TabulationRequest, engine: Engine = "duckdb"
) -> Tabulation:
    """Tabulate a respondent file; every engine gives the same tabulation.

    Parameters
    ----------
    path
        A Parquet file by its suffix (`.parquet`, `.parq`, `.pq`) or a folder of them; anything
        else is delimited text: commas, or tabs in a `.tsv`.
    engine
        `duckdb` reads both, out of core; `pandas` reads both into memory; `spark` reads Parquet.

    Raises
    ------
    AnalysisError
        All with `file`. About the file: `file_missing`, `file_broken` (`reason`),
        `encoding_unknown` (`row`), `no_header`, `ragged_row` (`row`, `fields`, `wanted`),
        `quotes_broken` (`row`), `no_parquet_files`, `no_rows`, `unknown_column` (`column`,
        `columns`), `duplicate_column` (`column`). About a value, with `row`, `column` and `value`:
        `not_a_number`, `score_out_of_range`, `weight_missing`, `weight_not_a_number`,
        `weight_negative`, `population_not_positive`. About a design: `weights_all_zero`
        (`column`), `population_differs` (`stratum`) or without strata `populations_differ`.
        About the engine: `spark_missing`, `spark_reads_parquet`.

        `row` is the line of a text file on which the row begins; in a Parquet file the number of
        the row plus 1, as though there were a header.
    """
    path = Path(path)
    with _naming(path):
        parquet_files = _parquet_files(path)
        return _ENGINES[engine](path, parquet_files, request)


def _with_duckdb(path: Path, parquet: list[Path], request: TabulationRequest) -> Tabulation:
    return duck.tabulate_parquet(parquet, request) if parquet else duck.tabulate_csv(path, request)


def _with_pandas(path: Path, parquet: list[Path], request: TabulationRequest) -> Tabulation:
    if parquet:
        return tabulate_frame(duck.read_parquet(parquet, request), request)
    file = open_text(path)
    at = positions(file.header, request.columns)
    lines, values = [], []
    for line, row in file.rows():
        lines.append(line)
        values.append([row[position] for position in at])
    return tabulate_frame(pd.DataFrame(values, columns=[*request.columns]), request, lines)


def _with_spark(path: Path, parquet: list[Path], request: TabulationRequest) -> Tabulation:
    if not parquet:
        raise AnalysisError("spark_reads_parquet")
    return spark.tabulate_parquet(path, request)


_ENGINES: Mapping[Engine, Callable[[Path, list[Path], TabulationRequest], Tabulation]] = {
    "duckdb": _with_duckdb,
    "pandas": _with_pandas,
    "spark": _with_spark,
}


def _parquet_files(path: Path) -> list[Path]:
    """The Parquet files that the path stands for; none when it is text."""
    if not path.exists():
        raise AnalysisError("file_missing")
    if not path.is_dir():
        return [path] if path.suffix.lower() in _PARQUET else []
    files = [file for file in sorted(path.rglob("*")) if file.suffix.lower() in _PARQUET]
    if not files:
        raise AnalysisError("no_parquet_files")
    return files


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Name the file in every error about it."""
    try:
        yield
    except AnalysisError as error:
        raise AnalysisError(error.code, file=str(path), **error.arguments) from error
    except (OSError, duckdb.Error, Faulty) as error:
        reason = str(error).splitlines()[0]
        raise AnalysisError("file_broken", file=str(path), reason=reason) from error
