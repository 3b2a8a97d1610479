"""Tabulates Parquet exports with Apache Spark, for a province that outgrows one machine.

The statement is DuckDB's; only cells reach this process. Spark and Java are optional: they are
looked for when they are first needed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from analysis.errors import AnalysisError
from analysis.tabulation import Tabulation
from backend.tabulation.cell_sums import tabulation_of
from backend.tabulation.faults import FIRST_DATA_ROW, Faulty, check_rows
from backend.tabulation.request import TabulationRequest
from backend.tabulation.statement import Column, Dialect, Kind, grouped_statement
from backend.tabulation.text_files import positions

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.types import DataType

_SPACE = f"' \t\r\n{chr(0xA0)}{chr(0x3000)}'"
_TEXT = f"trim(BOTH {_SPACE} FROM {{0}})"
_DIGITS = "[0-9]+(_[0-9]+)*"
# What is a number to Python and to DuckDB: a cast would also take Java's 1d and 0x1p3.
_NUMBER = rf"^[+-]?({_DIGITS}\.?|\.{_DIGITS}|{_DIGITS}\.{_DIGITS})([eE][+-]?{_DIGITS})?$"
_DIALECT = Dialect(
    total="sum",
    text=_TEXT,
    text_number=(
        f"CASE WHEN {_TEXT} RLIKE '{_NUMBER}'"
        f" THEN TRY_CAST(replace({_TEXT}, '_', '') AS DOUBLE) END"
    ),
)
# Of a session that is started here.
_STARTED = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}
# Of the statement, whosever the session is.
_SETTINGS = {
    # A short answer: the hundreds of parts of a shuffle would be all overhead.
    "spark.sql.shuffle.partitions": "8",
    # The text of a literal is its text, a backslash included.
    "spark.sql.parser.escapedStringLiterals": "true",
    # Columns are told apart as in other engines.
    "spark.sql.caseSensitive": "true",
    # Categories in the names of folders are text: 01 is not 1.
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
}
_VIEW = "minsheng_respondents"


def tabulate_parquet(
    path: Path | str, request: TabulationRequest, master: str | None = None
) -> Tabulation:
    """Tabulate a Parquet file or a folder of them, wherever Spark can read it.

    Parameters
    ----------
    master
        The cluster, such as `spark://host:7077`; None is what Spark is configured to use, or else
        all cores of this machine. A session that runs already is used and kept, whatever this is.

    Raises
    ------
    AnalysisError
        `spark_missing` without pyspark or Java; `file_broken` with `reason`; otherwise those of
        `files.tabulate_file`, `row` counting in the order in which Spark reads the files.
    """
    with _session(master) as session:
        found = session.read.parquet(str(path))
        positions(tuple(found.columns), request.columns)
        respondents, columns = _read(found, request)
        respondents.createOrReplaceTempView(_VIEW)
        cells = session.sql(grouped_statement(request, columns, _VIEW, _DIALECT)).collect()
        if any(cell["faults"] for cell in cells):
            check_rows(enumerate(respondents.toLocalIterator(), FIRST_DATA_ROW), request)
            raise Faulty
    if not cells:
        raise AnalysisError("no_rows")
    keys = [[cell[f"k{at}"] for cell in cells] for at in range(len(request.cell_variables))]
    names = [name for name in cells[0].asDict() if not name.startswith("k")]
    # A sum over nobody is NULL.
    sums = {name: np.array([cell[name] or 0.0 for cell in cells], dtype=float) for name in names}
    return tabulation_of(request, keys, sums)


@contextmanager
def _session(master: str | None) -> "Iterator[SparkSession]":
    """A session with our settings; Spark is stopped afterwards if it was started for this."""
    try:
        from py4j.protocol import Py4JJavaError
        from pyspark.errors import PySparkException, PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise AnalysisError("spark_missing") from error
    is_running = SparkSession.getActiveSession() is not None
    builder = SparkSession.Builder().appName("minsheng")
    if not is_running:
        for name, value in (*_STARTED.items(), *((("spark.master", master),) if master else ())):
            builder = builder.config(name, value)
    try:
        running = builder.getOrCreate()
    except (PySparkRuntimeError, FileNotFoundError) as error:
        raise AnalysisError("spark_missing") from error
    try:
        session = running.newSession()
        for name, value in _SETTINGS.items():
            session.conf.set(name, value)
        yield session
    # What Java throws and Spark does not translate comes as it is.
    except (PySparkException, Py4JJavaError) as error:
        reason = str(error).splitlines()[0]
        raise AnalysisError("file_broken", reason=reason) from error
    finally:
        if not is_running:
            running.stop()


def _read(found: "DataFrame", request: TabulationRequest) -> "tuple[DataFrame, dict[str, Column]]":
    """The columns that are read under names of our own, and what they hold."""
    from pyspark.sql import functions

    selected, columns = [], {}
    for at, name in enumerate(request.columns):
        kind = _kind(found.schema[name].dataType)
        column = functions.col("`" + name.replace("`", "``") + "`")
        selected.append((column.cast("string") if kind == "text" else column).alias(f"c{at}"))
        columns[name] = Column(f"c{at}", kind)
    return found.select(selected), columns


def _kind(type_: "DataType") -> Kind:
    from pyspark.sql.types import BooleanType, DecimalType, FractionalType, IntegralType

    if isinstance(type_, DecimalType | IntegralType | BooleanType):
        return "number"
    return "float" if isinstance(type_, FractionalType) else "text"
