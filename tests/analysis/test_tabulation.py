import numpy as np
import pytest

from analysis.errors import AnalysisError
from analysis.tabulation import Tabulation, merge
from tests.analysis.respondents import some_respondents, tabulate

VARIABLES = ("district", "sex")


def counted(cells: list[tuple[str, str]], n: list[int]) -> Tabulation:
    """Respondents of whom all answered and all were satisfied."""
    column = [[count] for count in n]
    return Tabulation.from_counts(
        variables=VARIABLES,
        cells=cells,
        n=n,
        measures=("y",),
        answered=column,
        y=column,
        yy=column,
    )


def test_counts_are_a_tabulation_of_respondents_with_base_weight_1() -> None:
    people = some_respondents([("A",), ("A",), ("B",)], [0.8, None, 0.3])

    tabulation = Tabulation.from_counts(
        variables=("district",),
        cells=[("A",), ("B",)],
        n=[2, 1],
        measures=("y",),
        answered=[[1], [1]],
        y=[[0.8], [0.3]],
        yy=[[0.64], [0.09]],
    )

    expected = tabulate(people)
    assert tabulation.cells == expected.cells
    for name in ("n", "weight", "weight_squared", "weight_min", "weight_max"):
        assert np.array_equal(getattr(tabulation, name), getattr(expected, name))
    for name in ("answered", "w", "wy", "wyy", "ww", "wwy", "wwyy"):
        assert np.allclose(getattr(tabulation, name), getattr(expected, name), rtol=1e-15)


def test_merging_adds_the_cells_that_both_have_and_keeps_the_others() -> None:
    merged = merge(
        counted([("A", "female"), ("B", "male")], [3, 2]),
        counted([("B", "male"), ("A", "male")], [5, 1]),
    )

    assert dict(zip(merged.cells, merged.wy[:, 0], strict=True)) == {
        ("A", "female"): 3,
        ("A", "male"): 1,
        ("B", "male"): 7,
    }


def test_the_smallest_base_weight_of_a_merged_cell_is_a_respondents() -> None:
    empty = counted([("A", "female")], [0])

    merged = merge(empty, counted([("A", "female")], [4]))

    assert (merged.weight_min[0], merged.weight_max[0]) == (1.0, 1.0)


def test_a_merged_cell_without_respondents_has_no_base_weights() -> None:
    empty = counted([("A", "female")], [0])

    merged = merge(empty, empty)

    assert (merged.weight_min[0], merged.weight_max[0]) == (0.0, 0.0)


def test_tabulations_of_other_measures_are_not_merged() -> None:
    other = Tabulation.from_counts(
        variables=VARIABLES, cells=(), n=(), measures=("z",), answered=(), y=(), yy=()
    )

    with pytest.raises(AnalysisError) as caught:
        merge(counted([("A", "male")], [1]), other)

    assert caught.value.code == "tabulations_differ"


def test_respondents_without_a_weighting_category_are_left_out_and_counted() -> None:
    tabulation = counted(
        [("A", "male"), ("", "male"), ("A", ""), ("", "")],
        [10, 1, 2, 4],
    )

    complete, n_excluded = tabulation.without_missing(VARIABLES)

    assert complete.cells == (("A", "male"),)
    assert (complete.respondents, n_excluded) == (10, 7)


def test_a_variable_that_does_not_weight_may_stay_without_an_answer() -> None:
    tabulation = counted([("A", ""), ("", "male")], [2, 1])

    complete, n_excluded = tabulation.without_missing(("district",))

    assert complete.cells == (("A", ""),)
    assert n_excluded == 1


def test_recoding_joins_categories() -> None:
    tabulation = counted([("A", "male"), ("B", "male"), ("C", "male")], [1, 2, 4])

    joined = tabulation.recode("district", {"B": "A"})

    assert dict(zip(joined.cells, joined.n, strict=True)) == {("A", "male"): 3, ("C", "male"): 4}


def test_an_unknown_variable_is_named() -> None:
    with pytest.raises(AnalysisError) as caught:
        counted([("A", "male")], [1]).categories("age")

    assert (caught.value.code, caught.value.arguments) == ("unknown_variable", {"variable": "age"})


@pytest.mark.parametrize(
    ("cells", "n"),
    [
        pytest.param([("A", "male"), ("A", "male")], [1, 1], id="a cell twice"),
        pytest.param([("A",)], [1], id="a category too few"),
        pytest.param([("A", "male")], [-1], id="a negative count"),
        pytest.param([("A", "male")], [float("nan")], id="not a number"),
    ],
)
def test_a_tabulation_that_cannot_be_is_refused(cells: list[tuple[str, str]], n: list[int]) -> None:
    with pytest.raises(ValueError):
        counted(cells, n)


def test_the_sums_of_a_tabulation_cannot_be_changed() -> None:
    tabulation = counted([("A", "male")], [1])

    with pytest.raises(ValueError, match="read-only"):
        tabulation.n[0] = 2


def test_measures_are_chosen_by_name() -> None:
    people = some_respondents([("A",), ("B",)], [0.8, 0.3])
    tabulation = tabulate(people)

    assert tabulation.select(["y"]).measures == ("y",)
    with pytest.raises(AnalysisError) as caught:
        tabulation.select(["z"])
    assert (caught.value.code, caught.value.arguments) == ("unknown_measure", {"measure": "z"})


def test_waves_are_told_apart_and_keep_their_sums() -> None:
    tabulation = counted([("A", "male"), ("B", "male"), ("A", "female")], [1, 2, 4])

    parts = tabulation.split("district")

    assert {name: part.respondents for name, part in parts.items()} == {"A": 5, "B": 2}


def test_a_crossed_variable_has_no_answer_where_a_part_has_none() -> None:
    tabulation = counted([("A", "male"), ("", "male")], [1, 2])

    crossed = tabulation.cross(("district", "sex"))

    assert crossed.categories("district*sex") == ("", "A*male")


def test_leaving_out_a_variable_adds_up_its_cells() -> None:
    tabulation = counted([("A", "male"), ("A", "female"), ("B", "male")], [1, 2, 4])

    only = tabulation.only(["district"])

    assert dict(zip(only.cells, only.n, strict=True)) == {("A",): 3, ("B",): 4}
