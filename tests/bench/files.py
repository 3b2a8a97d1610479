"""What a file costs, from reading it to the estimates: CSV against other libraries, and Parquet.

The work after reading is that of the part `estimation`.
"""

import time
from pathlib import Path

import duckdb

from tests.bench import respondents
from tests.bench.databases import scratch_folder
from tests.bench.peer_runs import measure_ours, say_comparison
from tests.bench.peers.harness import ITEM, SATISFIED_FROM
from tests.bench.tables import say_table, times

ROWS = (100_000, 1_000_000)
ROWS_QUICK = (20_000,)
PARQUET_ROWS = (100_000, 1_000_000, 10_000_000)
PARQUET_ROWS_QUICK = (20_000, 200_000)
REPEATS = 7
PARQUET_COLUMNS = (
    *("rows", "bare GROUP BY ms", "Minsheng to it", "peak MB before the work", "after it"),
)


def run(quick: bool) -> None:
    """Measure CSV files with every library, and Parquet files against DuckDB's bare query."""
    with scratch_folder() as folder:
        for rows in ROWS_QUICK if quick else ROWS:
            file = respondents.write(folder, rows, "csv")
            title = f"{rows:,} respondents in a CSV file, read and estimated"
            say_comparison(title, file, "file", 1 if quick else 3)
        parquet = [
            _parquet_row(folder, rows) for rows in (PARQUET_ROWS_QUICK if quick else PARQUET_ROWS)
        ]
    say_table(
        "Respondents in a Parquet file, read and estimated; ratios to DuckDB counting the same",
        PARQUET_COLUMNS,
        parquet,
    )


def _parquet_row(folder: Path, rows: int) -> list[str]:
    file = respondents.write(folder, rows, "parquet")
    bare = _bare_seconds(file)
    ours = measure_ours(file, "file", REPEATS)
    bare = min(bare, _bare_seconds(file))
    memory = [f"{ours['megabytes'][when]:.0f}" for when in ("before", "after")]
    return [f"{rows:,}", f"{bare * 1000:.0f}", times(ours["seconds"], bare), *memory]


def _bare_seconds(file: Path) -> float:
    """Return the best time of counting respondents, answers and the satisfied of each cell."""
    cell = ", ".join(respondents.CATEGORIES)
    statement = (
        f"SELECT {cell}, count(*), count({ITEM}),"  # noqa: S608 - constants
        f" sum(CASE WHEN {ITEM} >= {SATISFIED_FROM} THEN 1 ELSE 0 END)"
        f" FROM read_parquet($file) GROUP BY {cell}"
    )
    took = []
    with duckdb.connect() as connection:
        for _ in range(REPEATS):
            begun = time.perf_counter()
            connection.execute(statement, {"file": str(file)}).fetchall()
            took.append(time.perf_counter() - begun)
    return min(took)
