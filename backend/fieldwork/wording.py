"""The words for quality rules, for what they found, and for reasons to exclude a response.

The words are msgids of the catalogue, to be translated where they are shown.
"""

from collections.abc import Mapping
from types import MappingProxyType

from backend.fieldwork.reasons import Reason
from backend.fieldwork.screening import Evidence

RULE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "speeding": "作答过快",
        "straight_lining": "矩阵题答案雷同",
        "long_string": "连续选择同一等级",
        "low_variability": "评价几乎没有差异",
        "attention": "未通过注意力检测",
        "duplicates": "重复提交",
        "bursts": "同一网络集中提交",
        "implausible": "答案前后矛盾",
    }
)
EVIDENCE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "speeding": "用时 {value} 秒，少于 {limit} 秒",
        "straight_lining": "{value} 行与所在矩阵的其他行答案相同，达到 {limit} 行",
        "long_string": "连续 {value} 项选择同一等级，达到 {limit} 项",
        "low_variability": "评价的标准差为 {value}，小于 {limit}",
        "attention": "{value} 道注意力检测题未按要求作答",
        "duplicates": "同一来源共提交 {value} 份，这不是第一份",
        "bursts": "同一网络短时间内提交 {value} 份，超过 {limit} 份",
        "implausible": "有 {value} 处矛盾",
    }
)
REASON_WORDS: Mapping[str, str] = MappingProxyType(
    {
        Reason.DUPLICATE.value: "重复提交",
        Reason.SPEEDING.value: "作答过快",
        Reason.STRAIGHT_LINING.value: "答案雷同",
        Reason.ATTENTION.value: "未通过注意力检测",
        Reason.BURST.value: "同一网络集中提交",
        Reason.IMPLAUSIBLE.value: "答案前后矛盾",
        Reason.OTHER.value: "其他原因",
    }
)


def evidence_arguments(evidence: Evidence) -> dict[str, str]:
    """Return what stands for the placeholders of the rule's words, to two decimals at most."""
    return {"value": f"{round(evidence.value, 2):g}", "limit": f"{round(evidence.limit, 2):g}"}
