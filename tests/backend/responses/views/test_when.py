import pytest

from backend.responses.views.when import when_to_answer
from tests.builders import a_choice, a_questionnaire, an_item


def words(condition: object, language: str = "zh-CN") -> str:
    """Return when to answer the last question, which hangs on earlier ones."""
    questionnaire = a_questionnaire(
        items=[
            an_item("scale", "overall"),
            an_item("single", "used", choices=[a_choice("a"), a_choice("b")]),
            an_item("multiple", "known"),
            an_item("text", "why", show_if=condition),
        ]
    )
    return when_to_answer(questionnaire, questionnaire.item("why"), language)


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ({"<=": [1, {"var": "overall"}, 2]}, "第 1 题选择“不满意”或“非常不满意”时，请回答本题。"),
        ({"==": [{"var": "used"}, "b"]}, "第 2 题选择“选项b”时，请回答本题。"),
        (
            {"in": ["a", {"var": "known"}]},
            "请根据第 3 题的回答决定是否填写；如不涉及，可以不答。",
        ),
        (
            {"or": [{"==": [{"var": "used"}, "a"]}, {"==": [{"var": "overall"}, 1]}]},
            "请根据第 1、2 题的回答决定是否填写；如不涉及，可以不答。",
        ),
    ],
)
def test_a_condition_is_spelled_out_where_one_choice_decides_and_traced_elsewhere(
    condition: object, said: str
) -> None:
    assert words(condition) == said


def test_it_is_said_in_english_too() -> None:
    said = words({"==": [{"var": "used"}, "b"]}, "en")

    assert said == "Please answer this if your answer to question 2 is “Choice b”."


def test_a_question_for_everybody_says_nothing() -> None:
    questionnaire = a_questionnaire()

    assert when_to_answer(questionnaire, questionnaire.item("overall"), "zh-CN") == ""
