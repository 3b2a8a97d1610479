import pytest

from analysis.errors import AnalysisError
from analysis.margins import CollapseNote, Margin, Margins, collapse_empty
from analysis.tabulation import Tabulation
from tests.analysis.respondents import some_respondents, tabulate

AGE = Margin("age", ("18-29", "30-39", "40-49", "50+"), (10.0, 20.0, 30.0, 40.0))


def tabulated_by_age(*ages: str) -> Tabulation:
    cells = [(age,) for age in ages]
    return tabulate(some_respondents(cells, [1.0] * len(cells), variables=("age",)))


@pytest.mark.parametrize("population", [0.0, -1.0, float("nan"), float("inf")])
def test_a_population_that_is_not_positive_is_refused(population: float) -> None:
    with pytest.raises(AnalysisError) as caught:
        Margin("sex", ("female", "male"), (5.0, population))

    assert caught.value.code == "margin_not_positive"
    assert caught.value.arguments["category"] == "male"


@pytest.mark.parametrize(
    ("categories", "populations", "code"),
    [
        pytest.param((), (), "margin_empty", id="no categories"),
        pytest.param(("a", "b"), (1.0,), "margin_empty", id="a population missing"),
        pytest.param(("a", "a"), (1.0, 2.0), "margin_duplicate_category", id="a category twice"),
    ],
)
def test_a_margin_that_says_nothing_clear_is_refused(
    categories: tuple[str, ...], populations: tuple[float, ...], code: str
) -> None:
    with pytest.raises(AnalysisError) as caught:
        Margin("sex", categories, populations)

    assert caught.value.code == code


def test_margins_that_disagree_on_the_population_are_refused() -> None:
    sex = Margin("sex", ("female", "male"), (50.0, 50.001))

    with pytest.raises(AnalysisError) as caught:
        Margins((AGE, sex))

    assert caught.value.code == "margin_totals_differ"
    assert caught.value.arguments["variable"] == "sex"


def test_margins_may_disagree_by_a_millionth() -> None:
    sex = Margin("sex", ("female", "male"), (50.0, 50.00009))

    assert Margins((AGE, sex)).total == 100.0


def test_a_variable_comes_once() -> None:
    with pytest.raises(AnalysisError) as caught:
        Margins((AGE, AGE))

    assert caught.value.code == "margin_duplicate_variable"


@pytest.mark.parametrize(
    ("ages", "populations", "notes"),
    [
        pytest.param(
            ("18-29", "30-39", "40-49", "50+"),
            {"18-29": 10, "30-39": 20, "40-49": 30, "50+": 40},
            [],
            id="nothing to do",
        ),
        pytest.param(
            ("18-29", "40-49", "50+"),
            {"18-29": 30, "40-49": 30, "50+": 40},
            [("30-39", "18-29")],
            id="to the previous",
        ),
        pytest.param(
            ("30-39", "40-49", "50+"),
            {"30-39": 30, "40-49": 30, "50+": 40},
            [("18-29", "30-39")],
            id="the first to the next",
        ),
        pytest.param(
            ("40-49", "50+"),
            {"40-49": 60, "50+": 40},
            [("18-29", "30-39"), ("30-39", "40-49")],
            id="on through an empty neighbour",
        ),
        pytest.param(
            ("18-29", "30-39"),
            {"18-29": 10, "30-39": 90},
            [("40-49", "30-39"), ("50+", "30-39")],
            id="two in a row",
        ),
    ],
)
def test_an_empty_category_joins_its_neighbour(
    ages: tuple[str, ...], populations: dict[str, float], notes: list[tuple[str, str]]
) -> None:
    collapsed = collapse_empty(Margins((AGE,)), tabulated_by_age(*ages))

    (margin,) = collapsed.margins.margins
    assert dict(zip(margin.categories, margin.populations, strict=True)) == populations
    assert collapsed.notes == tuple(
        CollapseNote("merged", "age", category, into) for category, into in notes
    )


def test_a_variable_left_with_one_category_is_dropped_with_a_note() -> None:
    collapsed = collapse_empty(Margins((AGE,)), tabulated_by_age("50+"))

    assert collapsed.margins.margins == ()
    assert collapsed.notes[-1] == CollapseNote("dropped", "age", "50+", None)


def test_respondents_of_base_weight_0_move_with_their_category() -> None:
    tabulation = tabulate(
        some_respondents(
            [("18-29",), ("30-39",), ("40-49",), ("50+",)],
            [1.0, 0.0, 1.0, 0.0],
            variables=("age",),
            base_weight=[0.0, 0.0, 1.0, 1.0],
        )
    )

    collapsed = collapse_empty(Margins((AGE,)), tabulation)

    assert collapsed.tabulation.categories("age") == ("40-49", "50+")
    assert collapsed.tabulation.respondents == 4
