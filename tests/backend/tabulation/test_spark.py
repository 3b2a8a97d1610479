"""Spark against DuckDB on the same files, with several worker processes."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.errors import AnalysisError
from analysis.metrics import Metric, Scored, TopBox
from backend.tabulation.files import tabulate_file
from backend.tabulation.request import CompositeColumns
from tests.backend.tabulation.respondent_files import a_request, assert_same, write_parquet

pytest.importorskip("pyspark", reason="needs the extra minsheng[spark]")
pytestmark = pytest.mark.spark

MASTER = "local-cluster[2,1,1024]"
RESPONDENTS = """
    SELECT i % 5 AS stratum, i % 17 AS psu, 100 + i % 5 AS "N", 1 + i % 7 / 7 AS w,
        ['F', 'M', ' F', '', NULL][1 + i % 5] AS "sex `x`", DATE '2024-03-01' AS day,
        ['1', '2', ' 3', '4', '5.0', '9', 'D\\K', '', '1_0'][1 + i % 9] AS q1,
        nullif(1 + i % 6, 6)::DOUBLE AS q2, i % 2 = 0 AS q3, '{wave}' AS "second wave"
    FROM range({start}, {start} + 1000) AS t(i)
"""
VARIABLES = ("sex `x`", "day", "q3", "wave")


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    """A Spark cluster on this machine: a driver and two workers, each a process of its own."""
    from pyspark.sql import SparkSession

    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    session = (
        SparkSession.Builder()
        .master(MASTER)
        .config("spark.ui.enabled", "false")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )
    yield
    session.stop()


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two waves of two files each; some codes are 1_0, which is a number but no score."""
    folder = tmp_path_factory.mktemp("export")
    for wave in ("01", "02"):
        (folder / f"wave={wave}").mkdir()
        for start in (0, 500):
            select = RESPONDENTS.format(start=start, wave=wave)
            write_parquet(folder / f"wave={wave}" / f"part-{start}.parquet", select)
    return folder


@pytest.mark.parametrize("by_base_weight", [False, True])
def test_spark_tabulates_as_duckdb_does(by_base_weight: bool, export: Path) -> None:
    request = a_request(
        *("q1", "q3", CompositeColumns("both", (("q1", 2.0), ("q2", 0.3)))),
        variables=VARIABLES,
        metric=TopBox(4),
        missing=("9", "D\\K"),
        base_weight="w",
        by_base_weight=by_base_weight,
        strata="stratum",
        psu="psu",
        population="N",
    )

    found = tabulate_file(export, request, "spark")

    assert_same(found, tabulate_file(export, request))


def test_the_first_wrong_code_is_named(export: Path) -> None:
    scored: Metric = Scored((0.0, 0.3, 0.6, 0.8, 1.0))
    request = a_request("q1", variables=VARIABLES, metric=scored, missing=("9", "D\\K"))

    with pytest.raises(AnalysisError) as caught:
        tabulate_file(export, request, "spark")

    assert caught.value.code == "score_out_of_range"
    assert caught.value.arguments["column"] == "q1"
    assert caught.value.arguments["value"] == "1_0"


def test_an_export_without_respondents_is_refused(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "a.parquet", "SELECT 'F' AS sex, 5 AS q1 LIMIT 0")

    with pytest.raises(AnalysisError) as caught:
        tabulate_file(path, a_request("q1"), "spark")

    assert caught.value.code == "no_rows"


def test_a_file_that_is_no_parquet_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_text("sex,q1\nF,5\n")

    with pytest.raises(AnalysisError) as caught:
        tabulate_file(path, a_request("q1"), "spark")

    assert caught.value.code == "file_broken"
    assert "\n" not in str(caught.value.arguments["reason"])


def test_several_processes_work() -> None:
    from pyspark import SparkContext

    executors = SparkContext.getOrCreate()._jsc.sc().getExecutorMemoryStatus().size()

    assert executors == 3  # the driver and two workers
