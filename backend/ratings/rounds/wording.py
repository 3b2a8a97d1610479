"""The words of rounds: states, actions and what is wrong with an entry, as message ids."""

from collections.abc import Mapping
from types import MappingProxyType

from backend.ratings.rounds.round import RowState

STATE_WORDS: Mapping[RowState, str] = MappingProxyType(
    {
        RowState.EMPTY: "未填报",
        RowState.DRAFT: "填报中",
        RowState.SUBMITTED: "待审核",
        RowState.ACCEPTED: "审核通过",
        RowState.RETURNED: "已退回",
    }
)
# Classes of the tags.
STATE_TONES: Mapping[RowState, str] = MappingProxyType(
    {
        RowState.EMPTY: "",
        RowState.DRAFT: "",
        RowState.SUBMITTED: "paused",
        RowState.ACCEPTED: "open",
        RowState.RETURNED: "error",
    }
)
ACTION_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "save": "保存",
        "submit": "提交审核",
        "accept": "审核通过",
        "return": "退回",
        "reopen": "重新开放",
        "assign": "调整部门和期限",
        "import": "从表格导入",
    }
)
OUTCOME_WORDS: Mapping[bool | None, str] = MappingProxyType(
    {True: "已满足", False: "未满足", None: "数据不全"}
)
OUTCOME_TONES: Mapping[bool | None, str] = MappingProxyType(
    {True: "met", False: "unmet", None: "unknown"}
)
ALL_OF = "以下各项都要满足"
ANY_OF = "以下至少满足一项"
ATTESTED = "是"
NOT_ATTESTED = "否"

# What is wrong with a field of an entry.
NOT_IN_PER_CENT = "这里不能填写百分数，请按单位（{unit}）填写数字。"
BOTH_WAYS = "请只用一种方式填写：直接填写结果，或填写分子和分母。"
SIDE_MISSING = "请同时填写“{name}”。"
NEGATIVE_SIDE = "不能小于 0。"
DENOMINATOR_ZERO = "分母不能为 0。"
NUMERATOR_ABOVE = "分子不能大于分母：这项比例最高为 100%。"
UNKNOWN_ATTESTATION = "请选择“是”或“否”，或暂不填写。"
# Of AnalysisError, by code.
ENTRY_FAULTS: Mapping[str, str] = MappingProxyType(
    {
        "unknown_measure": "本项指标没有“{name}”这项数据。",
        "computed_measure": "这项数据由其他各项加权得出，不用填写。",
        "attestation_expected": UNKNOWN_ATTESTATION,
        "number_expected": "请填写数字，不超过 1,000 万亿。",
        "impossible_share": "比例应在 0% 至 100% 之间。",
        "impossible_count": "数量应为不小于 0 的整数。",
        "impossible_rank": "名次应为不小于 1 的整数。",
        "impossible_quantity": "数值不能小于 0。",
    }
)
# What was just done, on the page that follows.
DONE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "opened": "已开始新一轮评价，请各部门填报。",
        "save": "已保存。提交审核前可以继续修改。",
        "submit": "已提交审核。",
        "accept": "已审核通过，本项不能再修改。",
        "return": "已退回部门修改。",
        "reopen": "已重新开放，部门可以修改。",
        "assign": "已调整责任部门和期限。",
        "evidence": "已添加佐证材料。",
        "removed": "已移除佐证材料，历史记录中仍会保留。",
        "progress": "已登记进展。",
    }
)
# Why a row is in the dispatch table.
REASON_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "late": "已逾期",
        "returned": "退回待修改",
        "promise_passed": "承诺日期已过",
        "promised_late": "承诺日期晚于截止",
        "due_soon": "7 天内到期",
    }
)
REASON_TONES: Mapping[str, str] = MappingProxyType(
    {
        "late": "error",
        "returned": "error",
        "promise_passed": "error",
        "promised_late": "paused",
        "due_soon": "paused",
    }
)
RANK_UNIT = "名"
NOTE = "填报说明"
