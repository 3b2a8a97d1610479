"""The words of the register of network-security incidents, as message ids of the catalogue."""

from collections.abc import Mapping
from types import MappingProxyType

from backend.ratings.forms.views import NOTHING
from backend.ratings.registers.events import FieldValue
from backend.ratings.registers.form_views import NO, YES, FieldWords
from backend.ratings.registers.incident import IncidentState
from backend.ratings.wording import number_text
from backend.results.reader import Reader

STATE_WORDS: Mapping[IncidentState, str] = MappingProxyType(
    {
        IncidentState.REPORTED: "已通报",
        IncidentState.HANDLING: "处置中",
        IncidentState.CLOSED: "已办结",
        IncidentState.WITHDRAWN: "已撤销",
    }
)
# Classes of the tags.
STATE_TONES: Mapping[IncidentState, str] = MappingProxyType(
    {
        IncidentState.REPORTED: "error",
        IncidentState.HANDLING: "paused",
        IncidentState.CLOSED: "open",
        IncidentState.WITHDRAWN: "",
    }
)
FIELD_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "dated_on": "通报日期",
        "points": "扣分",
        "is_major": "重大事件",
        "notice": "通报内容",
        "handling": "处置情况",
        "state": "处置状态",
    }
)
VOIDED_BY_POINTS = "累计扣分已超过 {limit} 分，整体不得分。"
VOIDED_BY_MAJOR = "出现重大网络安全事件，整体不得分。"
LEFT = "距整体不得分还有 {points} 分：累计超过 {limit} 分即整体不得分。"
SHARE_OF_TOTAL = "每起事件扣除总分的 {each}，目前共扣除 {share}。"
PERIOD_FROM_ROUND = "起始日期按最近一轮评价的规定。"
PERIOD_OF_YEAR = "文件没有规定累计期限，这里从本年 1 月 1 日起计。"
DONE: Mapping[str, str] = MappingProxyType({"registered": "事件已登记。", "saved": "修改已保存。"})
# What an address asks for that cannot be.
PERIOD_TURNED = "起始日期不能晚于截止日期。"


def field_words(reader: Reader) -> FieldWords:
    """Return what writes a field of an incident."""

    def words(name: str, value: FieldValue) -> tuple[str, str]:
        return reader.translate(FIELD_WORDS[name]), _text(name, value, reader) or NOTHING

    return words


def _text(name: str, value: FieldValue, reader: Reader) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return reader.translate(YES if value else NO)
    if name == "state":
        return reader.translate(STATE_WORDS[IncidentState(str(value))])
    return number_text(value) if isinstance(value, float | int) else value
