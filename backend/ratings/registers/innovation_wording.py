"""The words of the register of innovation cases, as message ids of the catalogue."""

from collections.abc import Mapping
from types import MappingProxyType

from analysis.rating.innovation import Reason
from analysis.rating.standard import InnovationIndicator
from backend.ratings.forms.views import NOTHING
from backend.ratings.registers.events import FieldValue
from backend.ratings.registers.form_views import FieldWords
from backend.ratings.registers.innovation_case import CaseState
from backend.results.reader import Reader

STATE_WORDS: Mapping[CaseState, str] = MappingProxyType(
    {
        CaseState.PROPOSED: "待审核",
        CaseState.ACCEPTED: "审核通过",
        CaseState.REJECTED: "审核未通过",
    }
)
# Classes of the tags.
STATE_TONES: Mapping[CaseState, str] = MappingProxyType(
    {CaseState.PROPOSED: "paused", CaseState.ACCEPTED: "open", CaseState.REJECTED: "error"}
)
COUNTS = "计 {points} 分"
COUNTS_IN_PART = "计 {points} 分，其余超出上限"
WOULD_COUNT = "通过后加 {points} 分"
COUNTS_NOT: Mapping[Reason, str] = MappingProxyType(
    {
        "before_the_window": "已过计分期，不计分",
        "after_the_window": "晚于评价日期，不计分",
        "duplicate": "与另一项重复，不计分",
        "kind_cap": "该类已达上限，不计分",
        "row_cap": "本项已达上限，不计分",
    }
)
NO_CAP = "不设上限"
FIELD_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "kind": "类别",
        "dated_on": "日期",
        "title": "案例名称",
        "issuer": "颁发或刊载单位",
        "evidence_url": "佐证链接",
        "department": "责任部门",
        "state": "状态",
        "reason": "审核意见",
    }
)
# What has just been done, by the word in the address that a form leads to.
DONE: Mapping[str, str] = MappingProxyType(
    {
        "proposed": "已登记，等待审核。请在下面补充佐证材料。",
        "saved": "修改已保存。",
        "reviewed": "审核结果已保存。",
        "evidence": "佐证材料已添加。",
        "removed": "佐证材料已移除。",
    }
)


def field_words(row: InnovationIndicator, reader: Reader) -> FieldWords:
    """Return what writes a field of a case: kinds by name, states in words."""

    def words(name: str, value: FieldValue) -> tuple[str, str]:
        text = str(value or "")
        if name == "state" and text:
            text = reader.translate(STATE_WORDS[CaseState(text)])
        if name == "kind" and text in row.kinds:
            text = row.kinds[text].name
        return reader.translate(FIELD_WORDS[name]), text or NOTHING

    return words
