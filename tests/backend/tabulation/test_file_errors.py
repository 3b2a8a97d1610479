"""What is wrong with a file is said once, with the row and the column."""

import sys
from pathlib import Path
from typing import Any

import pytest

from analysis.errors import AnalysisError
from analysis.metrics import Scored
from backend.tabulation.files import Engine, tabulate_file
from backend.tabulation.request import TabulationRequest
from tests.backend.tabulation.respondent_files import a_request, write_csv, write_parquet

ENGINES: list[Engine] = ["duckdb", "pandas"]
engines = pytest.mark.parametrize("engine", ENGINES)
HEADER = "sex,q1,w,N\n"
PLAIN = a_request("q1", missing=("DK",))
SCORED = a_request("q1", metric=Scored((0.0, 0.3, 0.6, 0.8, 1.0)), missing=("9",))
WEIGHTED = a_request("q1", base_weight="w")
FINITE = a_request("q1", population="N")
IN_STRATA = a_request("q1", strata="sex", population="N")

Case = tuple[str, TabulationRequest, str, dict[str, Any]]
CASES: dict[str, Case] = {
    "text for a code": (
        HEADER + "F,5,1,9\nM,DK,1,9\n\nM,good,1,9\n",
        PLAIN,
        "not_a_number",
        {"row": 5, "column": "q1", "value": "good"},
    ),
    "full-width digit": (
        HEADER + "F,４,1,9\n",
        PLAIN,
        "not_a_number",
        {"row": 2, "column": "q1", "value": "４"},
    ),
    "NaN": (HEADER + "F,NaN,1,9\n", PLAIN, "not_a_number", {"row": 2, "column": "q1"}),
    "infinity": (HEADER + "F,5,1,9\nF,inf,1,9\n", PLAIN, "not_a_number", {"row": 3}),
    "after a value of two lines": (
        HEADER + '"F\nF",5,1,9\nM,x,1,9\n',
        PLAIN,
        "not_a_number",
        {"row": 4, "column": "q1", "value": "x"},
    ),
    "score of 6": (
        HEADER + "F,5,1,9\nF,9,1,9\nF,6,1,9\n",
        SCORED,
        "score_out_of_range",
        {"row": 4, "column": "q1", "value": "6"},
    ),
    "half a score": (HEADER + "F,4.5,1,9\n", SCORED, "score_out_of_range", {"value": "4.5"}),
    "no weight": (
        HEADER + "F,5,1,9\nF,5,,9\n",
        WEIGHTED,
        "weight_missing",
        {"row": 3, "column": "w"},
    ),
    "text for a weight": (
        HEADER + "F,5,heavy,9\n",
        WEIGHTED,
        "weight_not_a_number",
        {"row": 2, "column": "w", "value": "heavy"},
    ),
    "infinite weight": (HEADER + "F,5,inf,9\n", WEIGHTED, "weight_not_a_number", {"row": 2}),
    "negative weight": (
        HEADER + "F,5,-0.5,9\n",
        WEIGHTED,
        "weight_negative",
        {"row": 2, "column": "w", "value": "-0.5"},
    ),
    "no weight at all": (HEADER + "F,5,0,9\n", WEIGHTED, "weights_all_zero", {"column": "w"}),
    "no population": (
        HEADER + "F,5,1,\n",
        FINITE,
        "population_not_positive",
        {"row": 2, "column": "N", "value": ""},
    ),
    "population of 0": (HEADER + "F,5,1,0\n", FINITE, "population_not_positive", {"row": 2}),
    "two populations": (
        HEADER + "F,5,1,9\nF,5,1,8\n",
        FINITE,
        "populations_differ",
        {},
    ),
    "two populations of a stratum": (
        HEADER + "F,5,1,9\nM,5,1,8\nM,5,1,7\n",
        IN_STRATA,
        "population_differs",
        {"stratum": "M"},
    ),
    "too few fields": (
        HEADER + "F,5,1,9\nF,5\n",
        PLAIN,
        "ragged_row",
        {"row": 3, "fields": 2, "wanted": 4},
    ),
    "too many fields": (
        HEADER + "F,5,1,9,8,7\n",
        PLAIN,
        "ragged_row",
        {"row": 2, "fields": 6, "wanted": 4},
    ),
    "open quotes": (HEADER + 'F,5,1,9\nF,"5,1,9\n', PLAIN, "quotes_broken", {"row": 3}),
    "text after quotes": (HEADER + '"F"F,5,1,9\n', PLAIN, "quotes_broken", {"row": 2}),
    "only a header": (HEADER, PLAIN, "no_rows", {}),
    "only blank lines": (HEADER + "\n\n", PLAIN, "no_rows", {}),
    "nothing": ("", PLAIN, "no_header", {}),
    "unknown column": (
        "sex,q2\nF,5\n",
        PLAIN,
        "unknown_column",
        {"column": "q1", "columns": ("sex", "q2")},
    ),
    "a column twice": ("sex,q1,q1\nF,5,4\n", PLAIN, "duplicate_column", {"column": "q1"}),
}


@engines
@pytest.mark.parametrize(("text", "request_", "code", "arguments"), CASES.values(), ids=CASES)
def test_a_wrong_file_is_refused(
    engine: Engine,
    text: str,
    request_: TabulationRequest,
    code: str,
    arguments: dict[str, Any],
    tmp_path: Path,
) -> None:
    path = tmp_path / "responses.csv"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(AnalysisError) as caught:
        tabulate_file(path, request_, engine)

    assert caught.value.code == code
    assert arguments.items() <= caught.value.arguments.items()
    assert caught.value.arguments["file"] == str(path)


@engines
def test_a_wrong_value_in_parquet_is_named_as_though_under_a_header(
    engine: Engine, tmp_path: Path
) -> None:
    path = write_parquet(
        tmp_path / "a.parquet", "FROM (VALUES ('F', '5'), ('M', 'x')) AS t(sex, q1)"
    )

    with pytest.raises(AnalysisError) as caught:
        tabulate_file(path, PLAIN, engine)

    assert caught.value.code == "not_a_number"
    assert (caught.value.arguments["row"], caught.value.arguments["value"]) == (3, "x")


def test_a_file_that_is_no_parquet_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "responses.parquet"
    path.write_text("sex,q1\nF,5\n")

    with pytest.raises(AnalysisError) as caught:
        tabulate_file(path, PLAIN)

    assert caught.value.code == "file_broken"
    assert "\n" not in str(caught.value.arguments["reason"])


def test_a_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(AnalysisError) as caught:
        tabulate_file(tmp_path / "responses.csv", PLAIN)

    assert caught.value.code == "file_missing"


def test_a_folder_without_parquet_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AnalysisError) as caught:
        tabulate_file(tmp_path, PLAIN)

    assert caught.value.code == "no_parquet_files"


def test_spark_is_not_asked_to_read_text(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "responses.csv", ("sex", "q1"), [("F", 5)])

    with pytest.raises(AnalysisError) as caught:
        tabulate_file(path, PLAIN, "spark")

    assert caught.value.code == "spark_reads_parquet"


def test_spark_that_is_not_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    path = write_parquet(tmp_path / "a.parquet", "SELECT 'F' AS sex, 5 AS q1")

    with pytest.raises(AnalysisError) as caught:
        tabulate_file(path, PLAIN, "spark")

    assert caught.value.code == "spark_missing"
