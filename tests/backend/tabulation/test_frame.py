import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import AnalysisError
from analysis.metrics import Scored, TopBox
from backend.tabulation.frame import tabulate_frame
from tests.analysis.respondents import Respondents, tabulate
from tests.backend.tabulation.respondent_files import a_request, assert_same

SEXES = ["F", "M", "M", "F", None]
CODES = [5, 4, 1, 3, 4]
COLUMNS = {
    "text": pd.Series(SEXES, dtype="str"),
    "objects": pd.Series(SEXES, dtype="object"),
    "categories": pd.Series(SEXES, dtype="category"),
    "unused categories": pd.Series(pd.Categorical(SEXES, categories=["X", "M", "F"])),
}
ITEMS = {
    "int8": pd.Series(CODES, dtype="int8"),
    "uint64": pd.Series(CODES, dtype="uint64"),
    "nullable": pd.Series(CODES, dtype="Int64"),
    "float": pd.Series(CODES, dtype="float32"),
    "text": pd.Series(CODES).astype("str"),
    "objects": pd.Series(CODES).astype("str").astype("object"),
    "categories": pd.Series(CODES, dtype="category"),
    "unused categories": pd.Series(CODES).astype(pd.CategoricalDtype(["n/a", 1, 2, 3, 4, 5])),
}


@pytest.mark.parametrize("sex", COLUMNS.values(), ids=COLUMNS.keys())
@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS.keys())
def test_columns_of_any_type_are_counted_alike(sex: pd.Series, item: pd.Series) -> None:
    frame = pd.DataFrame({"sex": sex, "q1": item})

    found = tabulate_frame(frame, a_request("q1"))

    assert found.cells == (("",), ("F",), ("M",))
    assert found.n.tolist() == [1.0, 2.0, 2.0]
    assert found.wyy[:, 0].tolist() == [16.0, 34.0, 17.0]


INTEGERS = st.sampled_from([-128, -1, 0, 3, 127, 370811, 2**62, -(2**62)])


@given(st.lists(st.tuples(INTEGERS, INTEGERS, st.floats(0.1, 9)), min_size=1, max_size=20))
@settings(max_examples=25)
def test_integers_of_any_range_are_categories(rows: list[tuple[int, int, float]]) -> None:
    towns, streets, weights = zip(*rows, strict=True)
    frame = pd.DataFrame({"town": towns, "street": streets, "w": weights, "q1": 1})

    found = tabulate_frame(frame, a_request("q1", variables=("town", "street"), base_weight="w"))

    people = Respondents(
        ("town", "street"),
        tuple((str(town), str(street)) for town, street in zip(towns, streets, strict=True)),
        ("q1",),
        np.ones((len(rows), 1)),
        np.array(weights),
    )
    assert_same(found, tabulate(people))


def test_more_combinations_than_fit_into_memory_are_counted_as_they_occur() -> None:
    rng = np.random.default_rng(1)
    names = [f"v{at}" for at in range(12)]
    frame = pd.DataFrame(rng.integers(0, 4000, (500, 12)), columns=names).assign(q1=5)

    found = tabulate_frame(frame, a_request("q1", variables=names))

    assert len(found.cells) == 500
    assert set(found.cells) == {tuple(map(str, row)) for row in frame[names].to_numpy()}


def test_an_item_of_many_values_is_added_up() -> None:
    values = np.arange(20000) / 7
    frame = pd.DataFrame({"sex": np.arange(20000) % 300, "q1": list(map(repr, values.tolist()))})

    found = tabulate_frame(frame, a_request("q1"))

    expected = np.bincount(frame["sex"], values)
    order = [int(cell[0]) for cell in found.cells]
    np.testing.assert_allclose(found.wy[:, 0], expected[order], rtol=1e-13)


def test_a_frame_is_left_as_it_was() -> None:
    frame = pd.DataFrame({"sex": ["F", "M"], "q1": [9.0, 4.0], "w": [1.0, 2.0]})
    before = frame.copy()

    tabulate_frame(frame, a_request("q1", missing=("9",), base_weight="w"))

    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize("dtype", ["int64", "float64", "str", "category"])
def test_a_score_outside_one_to_five_is_named_with_its_row(dtype: str) -> None:
    frame = pd.DataFrame({"sex": "F", "q1": pd.Series([5, 6]).astype(dtype)})

    with pytest.raises(AnalysisError) as caught:
        tabulate_frame(frame, a_request("q1", metric=Scored((0.0, 0.3, 0.6, 0.8, 1.0))))

    assert caught.value.code == "score_out_of_range"
    assert (caught.value.arguments["row"], caught.value.arguments["column"]) == (3, "q1")


def test_an_infinite_code_is_not_a_number() -> None:
    frame = pd.DataFrame({"sex": "F", "q1": [5.0, np.inf]})

    with pytest.raises(AnalysisError) as caught:
        tabulate_frame(frame, a_request("q1", metric=TopBox(4)))

    assert caught.value.code == "not_a_number"


def test_a_frame_without_rows_is_refused() -> None:
    frame = pd.DataFrame({"sex": [], "q1": []})

    with pytest.raises(AnalysisError) as caught:
        tabulate_frame(frame, a_request("q1"))

    assert caught.value.code == "no_rows"
