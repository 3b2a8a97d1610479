"""The words for codes: what is wrong with an answer, and errors, in the reader's language.

Messages made in Python name their arguments as `{name}`; those in templates as `%(name)s`, which
is how Jinja has them.
"""

from collections.abc import Mapping
from types import MappingProxyType

from backend.web.catalogue import catalogue
from survey_forms.faults import Fault

FAULT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "required": "请回答这一题。",
        "row_required": "请选择这一项的满意程度。",
        "unknown_item": "问卷中没有这一题。",
        "unknown_row": "题目中没有这一项。",
        "unknown_choice": "没有“{value}”这个选项，请重新选择。",
        "unknown_division": "没有代码为“{value}”的地区，请重新选择。",
        "not_a_date": "请填写日期，例如 2023-04-10。",
        "too_long": "最多 {maximum} 个字，请删减。",
        "too_many": "最多选 {maximum} 项。",
        "too_few": "至少选 {minimum} 项。",
        "exclusive": "所选的其中一项不能与其他选项同时选择。",
    }
)
# `wrong_type`, by what was expected.
TYPE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "code": "请选择一个选项。",
        "codes": "请从选项中选择。",
        "level": "请选择满意程度。",
        "rows": "请逐项选择满意程度。",
        "number": "请填写数字。",
        "whole_number": "请填写整数。",
        "date": "请填写日期，例如 2023-04-10。",
        "text": "请填写文字。",
    }
)
# `out_of_range`, by whether there is a minimum and a maximum.
RANGE_WORDS: Mapping[tuple[bool, bool], str] = MappingProxyType(
    {
        (True, True): "请填写 {minimum} 至 {maximum} 之间的值。",
        (True, False): "不能小于 {minimum}。",
        (False, True): "不能大于 {maximum}。",
    }
)


def fault_text(fault: Fault, language: str) -> str:
    """Return what is wrong with an answer, in a sentence that says how to put it right."""
    return translate(_message_id(fault), language, fault.arguments)


def translate(message_id: str, language: str, arguments: Mapping[str, object] | None = None) -> str:
    """Return a message in a language, its `{placeholders}` filled in."""
    text = catalogue(language).gettext(message_id)
    return text.format(**arguments) if arguments else text


def _message_id(fault: Fault) -> str:
    if fault.code == "wrong_type":
        return TYPE_WORDS[str(fault.arguments["expected"])]
    if fault.code == "out_of_range":
        bounds = (fault.arguments["minimum"] != "", fault.arguments["maximum"] != "")
        return RANGE_WORDS[bounds]
    return FAULT_WORDS[fault.code]
