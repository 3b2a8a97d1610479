import pytest

from backend.tabulation.coding import code_response
from survey_forms.answers import Answers, read_answers
from tests.backend.answering import an_answer
from tests.builders import a_questionnaire


def read(**changes: object) -> Answers:
    answers = read_answers(a_questionnaire(), an_answer(**changes))
    assert isinstance(answers, Answers)
    return answers


def test_a_response_is_coded_as_its_cell_its_levels_and_its_composites() -> None:
    answers = read(overall=3, fields={"government": "na", "health": 5})

    coded = code_response(a_questionnaire(), answers)

    assert coded.weighting_cell == "370811|female"
    assert coded.levels == "3n5"
    assert coded.composites == {
        "share_from_4": pytest.approx(0.3 / 0.7),
        "share_from_3": pytest.approx(1.0),
        "score_100_80_60_30_0": pytest.approx((0.4 * 0.6 + 0.3) / 0.7),
        "score_100_75_50_25_0": pytest.approx((0.4 * 0.5 + 0.3) / 0.7),
    }


def test_an_item_left_out_is_no_answer_and_takes_no_part_in_the_composite() -> None:
    answers = read(overall=1, fields={"health": 5})

    coded = code_response(a_questionnaire(), answers)

    assert coded.levels == "1-5"
    assert coded.composites["share_from_4"] == pytest.approx(0.3 / 0.7)


def test_a_questionnaire_without_weighting_has_one_cell_without_a_name() -> None:
    questionnaire = a_questionnaire(weighting=None)

    coded = code_response(questionnaire, read())

    assert coded.weighting_cell == ""


def test_a_questionnaire_without_satisfaction_has_no_composites() -> None:
    questionnaire = a_questionnaire(satisfaction=None)

    coded = code_response(questionnaire, read())

    assert set(coded.composites.values()) == {None}


def test_the_checks_that_answers_fail_are_coded_with_them() -> None:
    questionnaire = a_questionnaire(quality={"attention": [{"item": "sex", "expected": "male"}]})

    failed, passed = (
        code_response(questionnaire, read(sex=sex)).failed_checks for sex in ("female", "male")
    )

    assert (failed, passed) == ("attention:sex", None)
