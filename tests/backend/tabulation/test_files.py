"""The engines against the sums made respondent by respondent, and against each other."""

from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.metrics import Metric, RawMean, Scored, TopBox
from analysis.scoring import METHODS, composite
from analysis.tabulation import Tabulation, merge
from backend.tabulation.files import Engine, tabulate_file
from backend.tabulation.request import BASE_WEIGHT, CompositeColumns
from tests.analysis.respondents import Respondents, tabulate
from tests.backend.tabulation.respondent_files import (
    a_request,
    assert_same,
    write_csv,
    write_parquet,
)

SCORES = (0.0, 0.3, 0.6, 0.8, 1.0)
HEADER = ("sex", "town", "q1", "q2", "w")
Row = tuple[str, str, str, str, str]
categories = st.sampled_from(["F", "M", "", "任城区", 'a,"b"', "two\nlines", " F "])
codes = st.sampled_from(["1", "2", "3", "4", "5", "5.0", "", "9", "DK", " 4"])
weights = st.floats(0.1, 100).map(lambda weight: f"{weight:.5g}")
rows_of_files = st.lists(
    st.tuples(categories, categories, codes, codes, weights), min_size=1, max_size=30
)
metrics = st.sampled_from([TopBox(4), RawMean(), Scored(SCORES)])
engines = pytest.mark.parametrize("engine", ["duckdb", "pandas"])


def one_by_one(rows: list[Row], metric: Metric, *, weighted: bool) -> Tabulation:
    """The oracle: two items and their composite, summed respondent by respondent."""

    def value(code: str) -> float:
        if code.strip() in {"", "9", "DK"}:
            return np.nan
        return float(metric.values(np.array([float(code)]))[0])

    answers = np.array([[value(row[2]), value(row[3])] for row in rows])
    has = ~np.isnan(answers)
    item_weights = np.array([2.0, 0.5])
    with np.errstate(invalid="ignore"):
        both = (np.nan_to_num(answers) @ item_weights) / (has @ item_weights)
    return tabulate(
        Respondents(
            variables=("sex", "town"),
            categories=tuple((row[0].strip(), row[1].strip()) for row in rows),
            measures=("q1", "q2", "both"),
            answers=np.column_stack([answers, both]),
            base_weight=np.array([float(row[4]) if weighted else 1.0 for row in rows]),
        )
    )


@engines
@given(rows=rows_of_files, metric=metrics, weighted=st.booleans())
@settings(max_examples=25)
def test_a_file_is_tabulated_as_its_respondents_one_by_one(
    engine: Engine, rows: list[Row], metric: Metric, weighted: bool
) -> None:
    request = a_request(
        *("q1", "q2", CompositeColumns("both", (("q1", 2.0), ("q2", 0.5)))),
        variables=("sex", "town"),
        metric=metric,
        missing=("9", "DK"),
        base_weight="w" if weighted else None,
    )
    with TemporaryDirectory() as folder:
        path = write_csv(Path(folder) / "responses.csv", HEADER, rows)

        found = tabulate_file(path, request, engine)

    assert_same(found, one_by_one(rows, metric, weighted=weighted))


@given(rows=rows_of_files, metric=metrics, cut=st.integers(1, 29))
@settings(max_examples=15)
def test_parts_of_a_file_add_up_to_the_whole(rows: list[Row], metric: Metric, cut: int) -> None:
    request = a_request(
        "q1", variables=("sex",), metric=metric, missing=("9", "DK"), base_weight="w"
    )
    with TemporaryDirectory() as folder:
        parts = [part for part in (rows[:cut], rows[cut:]) if part]
        paths = [
            write_csv(Path(folder) / f"{at}.csv", HEADER, part)
            for at, part in enumerate([rows, *parts])
        ]

        whole, *tabulated = [tabulate_file(path, request) for path in paths]

    assert_same(merge(*tabulated), whole)


@engines
def test_every_design_is_tabulated(engine: Engine, tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "responses.csv",
        ("stratum", "psu", "sex", "q1", "w", "N"),
        [
            ("A", "A1", "F", 5, 1.5, 25),
            ("A", "A1", "F", 4, 2.5, 25),
            ("A", "A2", "F", "", 1, 25),
            ("B", "B1", "M", 2, 1, 40),
        ],
    )
    request = a_request("q1", base_weight="w", strata="stratum", psu="psu", population="N")

    found = tabulate_file(path, request, engine)

    assert found.variables == ("sex", "stratum", "psu")
    assert (found.strata, found.psu) == ("stratum", "psu")
    assert found.cells == (("F", "A", "A1"), ("F", "A", "A2"), ("M", "B", "B1"))
    assert found.stratum_population.tolist() == [25.0, 25.0, 40.0]
    assert found.weight_min.tolist() == [1.5, 1.0, 1.0]
    assert found.weight_max.tolist() == [2.5, 1.0, 1.0]
    assert found.wwyy[:, 0].tolist() == [1.5**2 * 25 + 2.5**2 * 16, 0.0, 4.0]


@engines
def test_respondents_of_different_base_weights_are_put_into_different_cells(
    engine: Engine, tmp_path: Path
) -> None:
    rows = [("F", 5, 1.5), ("F", 4, 2), ("F", 3, 2), ("M", 3, 1.5)]
    path = write_csv(tmp_path / "responses.csv", ("sex", "q1", "w"), rows)

    found = tabulate_file(path, a_request("q1", base_weight="w", by_base_weight=True), engine)

    assert found.variables == ("sex", BASE_WEIGHT)
    assert found.cells == (("F", "1.5"), ("F", "2"), ("M", "1.5"))
    assert found.weight.tolist() == [1.5, 4.0, 1.5]
    assert found.wwy[:, 0].tolist() == [1.5**2 * 5, 2**2 * 7, 1.5**2 * 3]


@engines
def test_without_variables_there_is_one_cell(engine: Engine, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "responses.csv", ("sex", "q1"), [("F", 5), ("M", 4)])

    found = tabulate_file(path, a_request("q1", variables=()), engine)

    assert found.cells == ((),)
    assert found.wy.tolist() == [[9.0]]


@engines
def test_an_item_that_no_one_answered_has_sums_of_zero(engine: Engine, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "responses.csv", ("sex", "q1", "w"), [("F", "", 2)])

    found = tabulate_file(path, a_request("q1", base_weight="w"), engine)

    assert found.n.tolist() == [1.0]
    assert (found.answered.tolist(), found.wwyy.tolist()) == ([[0.0]], [[0.0]])


def test_sums_of_very_unequal_weights_keep_their_digits(tmp_path: Path) -> None:
    rows = [("F", 1, 1e15), *(("F", 1, 0.1) for _ in range(1000))]
    path = write_csv(tmp_path / "responses.csv", ("sex", "q1", "w"), rows)

    found = tabulate_file(path, a_request("q1", base_weight="w"))

    assert found.weight.tolist() == [1e15 + 100]


def test_a_composite_of_columns_is_that_of_the_scoring_methods(tmp_path: Path) -> None:
    method = METHODS["score_100_80_60_30_0"]
    rows = [("F", 5, ""), ("M", 2, 3)]
    path = write_csv(tmp_path / "responses.csv", ("sex", "q1", "q2"), rows)
    request = a_request(
        CompositeColumns("both", (("q1", 2.0), ("q2", 1.0))), metric=Scored(method.scores)
    )

    found = tabulate_file(path, request)

    expected = [composite(levels, [2.0, 1.0], method) for levels in ([5, None], [2, 3])]
    assert found.wy[:, 0].tolist() == pytest.approx(expected)


@pytest.mark.parametrize("name", ["plain.csv", "a*.csv", "[1].csv", "问卷 'x'.csv", "no_suffix"])
def test_a_file_may_have_any_name(name: str, tmp_path: Path) -> None:
    write_csv(tmp_path / "another.csv", ("sex", "q1"), [("M", 1)])
    path = write_csv(tmp_path / name, ("sex", "q1"), [("F", 5)])

    assert tabulate_file(path, a_request("q1")).cells == (("F",),)


def test_columns_that_are_not_asked_for_may_be_anything(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "responses.csv", ("x", "x", "sex", "q1"), [("?", "nan", "F", 5)])

    assert tabulate_file(path, a_request("q1")).respondents == 1


def test_a_column_may_be_a_variable_and_an_item_at_once(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "responses.csv", ("q1",), [(5,), (4,), (5,)])

    found = tabulate_file(path, a_request("q1", variables=("q1",)))

    assert (found.cells, found.wy[:, 0].tolist()) == ((("4",), ("5",)), [4.0, 10.0])


@engines
def test_a_folder_of_parquet_files_is_one_file(engine: Engine, tmp_path: Path) -> None:
    for wave in ("01", "02"):
        (tmp_path / f"wave={wave}").mkdir()
        select = f"SELECT 'F' AS sex, {wave} AS q1"
        write_parquet(tmp_path / f"wave={wave}" / "part-0.parquet", select)

    found = tabulate_file(tmp_path, a_request("q1", variables=("wave", "sex")), engine)

    assert found.cells == (("01", "F"), ("02", "F"))
    assert found.wy[:, 0].tolist() == [1.0, 2.0]


PARQUET_CATEGORIES = {
    "text": ("'4'", "4"),
    "text with white space": ("' 4\u3000'", "4"),
    "integer": ("4::TINYINT", "4"),
    "large integer": ("4::HUGEINT", "4"),
    "unsigned": ("4::UBIGINT", "4"),
    "float": ("4.0::FLOAT", "4"),
    "double": ("4.5::DOUBLE", "4.5"),
    "decimal": ("4.00::DECIMAL(9, 2)", "4"),
    "true": ("true", "true"),
    "date": ("DATE '2024-03-01'", "2024-03-01"),
    "time": ("TIMESTAMP '2024-03-01 09:30:00'", "2024-03-01 09:30:00"),
    "null": ("NULL::INTEGER", ""),
    "NaN": ("'nan'::DOUBLE", ""),
    "enumeration": ("'4'::ENUM('3', '4')", "4"),
}


@engines
@pytest.mark.parametrize(
    ("value", "expected"), PARQUET_CATEGORIES.values(), ids=PARQUET_CATEGORIES.keys()
)
def test_parquet_types_become_categories(
    engine: Engine, value: str, expected: str, tmp_path: Path
) -> None:
    path = write_parquet(tmp_path / "responses.parquet", f"SELECT {value} AS sex, 5 AS q1")

    found = tabulate_file(path, a_request("q1"), engine)

    assert found.cells == ((expected,),)


PARQUET_CODES = {
    "text": ("VALUES ('4'), (' 5\u3000'), (''), ('9'), ('DK'), (NULL)", 9.0),
    "integer": ("VALUES (4), (5), (9), (NULL)", 9.0),
    "small": ("SELECT unnest([4, 5, 9, NULL]::TINYINT[])", 9.0),
    "double": ("VALUES (4e0), (5e0), (9e0), (NULL), ('nan'::DOUBLE)", 9.0),
    "decimal": ("SELECT unnest([4.5, 4.5, 9, NULL]::DECIMAL(4, 2)[])", 9.0),
    "true": ("VALUES (true), (false), (NULL)", 1.0),
}


@engines
@pytest.mark.parametrize(("values", "expected"), PARQUET_CODES.values(), ids=PARQUET_CODES.keys())
def test_parquet_types_become_codes(
    engine: Engine, values: str, expected: float, tmp_path: Path
) -> None:
    path = write_parquet(tmp_path / "responses.parquet", f"FROM ({values}) AS t(q1)")

    found = tabulate_file(path, a_request("q1", variables=(), missing=("9", "DK")), engine)

    assert found.answered.tolist() == [[2.0]]
    assert found.wy.tolist() == [[expected]]


def test_cells_that_differ_only_by_type_are_one(tmp_path: Path) -> None:
    rows = "VALUES ('F', 1), (' F', 2), ('', 3), (NULL, 4)"
    path = write_parquet(tmp_path / "a.parquet", f"FROM ({rows}) AS t(sex, q1)")

    found = tabulate_file(path, a_request("q1"))

    assert (found.cells, found.wy[:, 0].tolist()) == ((("",), ("F",)), [7.0, 3.0])


def test_a_large_file_is_tabulated_in_parallel_as_in_one_piece(tmp_path: Path) -> None:
    path = tmp_path / "responses.csv"
    rows = "SELECT i % 7 AS sex, 1 + i % 5 AS q1, 1 + i % 3 AS w FROM range(400000) AS t(i)"
    with duckdb.connect() as connection:
        connection.sql(rows).write_csv(str(path))
    request = a_request("q1", base_weight="w")

    found = tabulate_file(path, request)

    index = np.arange(400000)
    d, y = 1.0 + index % 3, 1.0 + index % 5
    assert found.wwyy[:, 0].tolist() == np.bincount(index % 7, d**2 * y**2).tolist()
