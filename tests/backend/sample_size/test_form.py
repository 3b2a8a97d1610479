import pytest

from backend.sample_size.form import DEFAULTS, read_form


def test_an_empty_form_answers_with_its_defaults() -> None:
    filled = read_form({}, str)

    assert filled.typed == {**DEFAULTS, "margins": "jining-adults-2020"}
    assert filled.answer is not None


def test_per_cent_become_shares() -> None:
    filled = read_form({"share": "60%", "half_width": "3", "confidence_level": "90"}, str)

    assert filled.answer is not None
    goal = filled.answer.goal
    assert (goal.share, goal.half_width, goal.confidence_level) == (0.6, 0.03, 0.9)


def test_only_one_of_the_goals_counts() -> None:
    filled = read_form({"goal": "power", "half_width": "3"}, str)

    assert filled.answer is not None
    assert filled.answer.goal.half_width is None


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"share": "很多"}, "share", "预计满意度应填写数字。"),
        ({"share": "nan"}, "share", "预计满意度应填写数字。"),
        ({"half_width": "0"}, "half_width", "允许误差应大于 0%、小于 100%。"),
        ({"deff": "-1"}, "deff", "设计效应应大于 0。"),
        ({"participation": "101"}, "participation", "参与率应大于 0%，且不超过 100%。"),
        ({"population": "0", "margins": ""}, "population", "人口数应大于 0。"),
        ({"confidence_level": "100"}, "confidence_level", "置信水平应大于 0%、小于 100%。"),
        ({"goal": "power", "power": "40"}, "power", "把握程度应大于 50%、小于 100%。"),
        ({"margins": "atlantis"}, "margins", "没有人口数据“atlantis”。"),
        (
            {"goal": "power", "share": "70"},
            "share",
            "预计满意度正好等于评分线，再多答卷也无法区分。请填写一个不同的值。",
        ),
    ],
)
def test_a_fault_is_said_of_its_field(typed: dict[str, str], field: str, sentence: str) -> None:
    filled = read_form(typed, str)

    assert (filled.answer, dict(filled.errors)) == (None, {field: sentence})


def test_what_was_typed_is_kept_with_its_fault() -> None:
    filled = read_form({"share": "很多", "deff": "2"}, str)

    assert (filled.typed["share"], filled.typed["deff"]) == ("很多", "2")
