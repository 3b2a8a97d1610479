from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from analysis.disclosure import Disclosure, Question, Statement
from analysis.margins import BilingualText
from backend.results import disclosure_words
from backend.results.disclosure_words import Speaker, question_lines, sentence, sentences

CHINESE = Speaker("zh-CN", ZoneInfo("Asia/Shanghai"), str, {"sex": "性别"}.__getitem__)


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        (Statement("conductor", "unknown"), "未说明。"),
        (
            Statement("sponsor", "stated", {"text": BilingualText("大数据中心", "Data centre")}),
            "大数据中心",
        ),
        (
            Statement("mode", "by_channels", {"channels": ("wechat", "station")}),
            "自填问卷，渠道：微信、station。",
        ),
        (
            Statement(
                "dates",
                "between",
                {
                    "first_at": datetime(2024, 3, 1, 4, tzinfo=UTC),
                    "last_at": datetime(2024, 3, 31, 16, 30, tzinfo=UTC),
                },
            ),
            "2024-03-01 12:00 至 2024-04-01 00:30。",
        ),
        (
            Statement(
                "sample_size",
                "counted",
                {"received": 1200, "used": 1150, "excluded": {"not_in_population": 50}},
            ),
            "收到 1,200 份，用于估计 1,150 份。未使用：不属于调查总体（所选地区或类别没有人口数据）"
            " 50 份。",
        ),
        (
            Statement("sample_size", "counted", {"received": 5, "used": 5, "excluded": {}}),
            "收到 5 份，用于估计 5 份。",
        ),
        (
            Statement("participation", "rate", {"rate": 0.125, "used": 1000, "invited": 8000}),
            "12.5%：1,000 份有效答卷除以 8,000 名受邀者（AAPOR 定义的参与率）。",
        ),
        (
            Statement(
                "weighting",
                "to_margins_trimmed",
                {
                    "method": "rake",
                    "variables": ("sex",),
                    "source": BilingualText("普查", "Census"),
                    "bounds": (0.3, 3.0),
                },
            ),
            "按人口总数逐边迭代加权（raking），使答卷的结构与总体一致，变量：性别，"
            "权数限制在平均值的 0.3–3 倍。人口数据的来源见“调查总体”。",
        ),
        (
            Statement("design_effect", "kish", {"deff_kish": 1.678, "n_effective": 715.4}),
            "加权设计效应（Kish）1.68，有效样本量 715。",
        ),
        (
            Statement("processing", "quality_rules", {"rules": ("speeding", "duplicates")}),
            "按调查前确定的规则标记可疑答卷：作答过快、重复提交。标记本身不剔除任何答卷。",
        ),
        (
            Statement(
                "item_nonresponse",
                "left_out_of_the_item",
                {"no_answer": (0.0, 0.04), "not_applicable": (0.01, 0.3)},
            ),
            "“不了解/未使用”占 1.0%–30.0%，未作答占 0.0%–4.0%（各题最低至最高，未加权），"
            "均不进入该题分母。",
        ),
    ],
    ids=lambda value: value.code if isinstance(value, Statement) else "",
)
def test_a_statement_is_said_in_words(statement: Statement, text: str) -> None:
    assert sentence(statement, CHINESE) == text


def test_an_interval_of_self_selected_respondents_is_never_called_a_sampling_error() -> None:
    statement = Statement(
        "precision", "model_based", {"interval": "logit", "confidence_level": 0.95}
    )

    said = sentence(statement, CHINESE)

    assert said.startswith("列出的是 95% 模型精度区间，不是抽样误差")


def test_statements_are_named_in_order() -> None:
    disclosure = Disclosure((Statement("conductor", "unknown"), Statement("frame", "unknown")), ())

    assert sentences(disclosure, CHINESE) == (("执行单位", "未说明。"), ("抽样框", "未说明。"))


def test_every_statement_that_is_named_has_its_item_named() -> None:
    named = {item for item, _ in disclosure_words.STATEMENTS}

    assert named <= disclosure_words.ITEMS.keys()


def test_a_question_is_written_as_it_was_asked() -> None:
    question = Question(
        wording=BilingualText("各方面满意吗？", "Satisfied with each?"),
        rows=(BilingualText("政务", "Government"), BilingualText("医疗", "Health")),
        choices=(BilingualText("满意", "Satisfied"), BilingualText("不满意", "Dissatisfied")),
        shown_if=True,
    )

    assert question_lines(question, CHINESE) == (
        "各方面满意吗？（只对部分受访者显示）",
        "分项：政务、医疗",
        "选项：满意、不满意",
    )
