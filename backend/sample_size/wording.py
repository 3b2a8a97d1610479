"""The words for sample sizes: codes to Simplified Chinese, which are the catalogue's ids."""

import math
from collections.abc import Callable, Mapping

from analysis.errors import AnalysisError

ALLOCATIONS: Mapping[str, str] = {
    "proportional": "按人口比例",
    "square_root": "按人口的平方根",
    "equal": "各地相等",
}
PARAMETERS: Mapping[str, str] = {
    "share": "预计满意度",
    "half_width": "允许误差",
    "line": "评分线",
    "power": "把握程度",
    "confidence_level": "置信水平",
    "deff": "设计效应",
    "population": "人口数",
    "participation": "参与率",
}
# Printed as they are; all others are shares, printed in per cent.
PLAIN_NUMBERS = frozenset({"deff", "population"})
ON_THE_LINE = "预计满意度正好等于评分线，再多答卷也无法区分。请填写一个不同的值。"
BETWEEN = "{name}应大于 {low}，且不超过 {high}。"
BELOW = "{name}应大于 {low}、小于 {high}。"
ABOVE = "{name}应大于 {low}。"
UNKNOWN_MARGINS = "没有人口数据“{id}”。"
NOT_A_NUMBER = "{name}应填写数字。"
EVERYBODY = "全体"
# Lines of the command.
ROW = "{name}：需要 {respondents} 份有效答卷，邀请 {invitations} 人"
TOGETHER = "各地都达到目标共需 {respondents} 份，这时全市允许误差为 ±{half_width} 个百分点"
ALLOCATED = (
    "同样的总数{allocation}分配：全市 ±{half_width} 个百分点，各地 {smallest} 至 {largest} 份"
)


def refusal(error: AnalysisError, translate: Callable[[str], str]) -> str:
    """Say in a sentence why a goal cannot be planned for."""
    arguments = error.arguments
    if error.code == "share_on_the_line":
        return translate(ON_THE_LINE)
    if error.code == "unknown_margin_set":
        return translate(UNKNOWN_MARGINS).format(**arguments)
    name = str(arguments["name"])
    high = float(str(arguments["high"]))
    sentence = ABOVE if math.isinf(high) else BETWEEN if name == "participation" else BELOW
    return translate(sentence).format(
        name=translate(PARAMETERS[name]),
        low=_limit(name, float(str(arguments["low"]))),
        high=_limit(name, high),
    )


def not_a_number(name: str, translate: Callable[[str], str]) -> str:
    """Say that a parameter is not a number."""
    return translate(NOT_A_NUMBER).format(name=translate(PARAMETERS[name]))


def _limit(name: str, limit: float) -> str:
    return f"{limit:g}" if name in PLAIN_NUMBERS else f"{limit:.0%}"
