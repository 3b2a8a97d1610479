"""The words for results."""

from typing import get_args

import pytest

from analysis.estimation import Estimate
from analysis.rating.survey_rule import Verdict, judge
from analysis.scoring import METHODS
from analysis.shipped import survey_rule
from backend.results import wording
from backend.results.result import Caution
from tests.builders import a_questionnaire


def test_every_method_and_every_verdict_has_its_words() -> None:
    verdicts = get_args(Verdict)

    assert set(wording.METHODS) == set(METHODS)
    assert set(wording.VERDICTS) == set(verdicts)
    assert set(wording.VERDICT_SENTENCES) == set(verdicts)


@pytest.mark.parametrize(
    ("satisfaction", "interval", "has_converged", "text"),
    [
        pytest.param(
            0.75,
            (0.72, 0.78),
            True,
            "公众满意度不低于 70%，不扣分。整个区间都在同一评分段内，这一结论有统计把握。",
            id="certain",
        ),
        pytest.param(
            0.69,
            (0.66, 0.72),
            True,
            "公众满意度低于 70%、不低于 60%，扣 10 分。但区间跨过评分线，这一结论没有统计把握。",
            id="uncertain",
        ),
        pytest.param(
            0.0,
            None,
            True,
            "公众满意度低于 60%，整体不得分。答卷太少，无法给出区间，这一结论没有统计把握。",
            id="no interval",
        ),
        pytest.param(
            0.75,
            (0.72, 0.78),
            False,
            "公众满意度不低于 70%，不扣分。加权未能满足人口总数，这一结论没有统计把握。",
            id="not converged",
        ),
    ],
)
def test_a_verdict_says_what_it_costs_and_how_sure_it_is(
    satisfaction: float, interval: tuple[float, float] | None, has_converged: bool, text: str
) -> None:
    rule = survey_rule("shandong-2023-city")
    estimate = Estimate("composite", 50, satisfaction, None, interval, None, None, None, {}, 49)
    verdict = judge(rule, satisfaction, interval if has_converged else None, {})

    assert "".join(wording.verdict_text(verdict, rule, estimate, has_converged)) == text


@pytest.mark.parametrize(
    ("caution", "text"),
    [
        pytest.param(
            Caution(
                "category_merged", {"variable": "district", "category": "370812", "into": "370811"}
            ),
            "“县（市、区）”中“兖州区”没有答卷，加权时并入“任城区”。",
            id="divisions by name",
        ),
        pytest.param(
            Caution("few_in_category", {"variable": "sex", "category": "male", "n": 3}),
            "“性别”中“男”只有 3 份答卷，少于 20 份，加权结果不够稳定。",
            id="choices by label",
        ),
        pytest.param(
            Caution("high_deff", {"deff": "2.31"}),
            "加权设计效应为 2.31，大于 2：各类人群参与程度差别很大，精度因此明显降低。",
            id="figures",
        ),
    ],
)
def test_a_caution_names_things_as_readers_know_them(caution: Caution, text: str) -> None:
    assert wording.caution_text(caution, a_questionnaire()) == text


def test_a_variable_without_a_usual_name_is_called_by_its_question() -> None:
    assert wording.variable_name("overall", a_questionnaire()) == "总体满意吗？"
