"""The words of the method statement: items and statements to Simplified Chinese.

The Chinese is at once the catalogue's id; pages translate it, the JSON interface gives it as is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from analysis.disclosure import Disclosure, Question, Statement
from analysis.margins import BilingualText
from backend.results import wording
from backend.results.figures import number, percent

ITEMS: Mapping[str, str] = {
    "sponsor": "委托单位",
    "conductor": "执行单位",
    "population": "调查总体",
    "frame": "抽样框",
    "selection": "受访者的产生",
    "mode": "调查方式",
    "dates": "调查时间",
    "sample_size": "答卷数",
    "participation": "参与率",
    "weighting": "加权",
    "design_effect": "设计效应",
    "precision": "精度",
    "wording": "题目原文",
    "processing": "数据质量检查",
    "item_nonresponse": "逐题缺失",
    "limitations": "局限",
}
STATEMENTS: Mapping[tuple[str, str], str] = {
    ("frame", "none_open_call"): "没有抽样框：公开征集，任何得到链接或二维码的人都可以填写。",
    ("selection", "self_selected"): "受访者自愿参与，没有已知的抽中概率（非概率样本）。",
    ("selection", "probability"): "每位受访者都有已知的抽中概率（概率样本）。",
    ("mode", "by_channels"): "自填问卷，渠道：{channels}。",
    ("dates", "between"): "{first_at} 至 {last_at}。",
    ("sample_size", "counted"): "收到 {received} 份，用于估计 {used} 份。{excluded}",
    ("sample_size", "counted_with_simulated"): (
        "收到 {received} 份，用于估计 {used} 份。{excluded}其中 {simulated} 份是程序模拟的。"
    ),
    ("participation", "cannot_be_computed"): (
        "公开征集，不知道有多少人看到邀请，因此无法计算应答率或参与率。"
    ),
    ("participation", "rate"): (
        "{rate}：{used} 份有效答卷除以 {invited} 名受邀者（AAPOR 定义的参与率）。"
    ),
    ("weighting", "none"): "未加权，每份答卷同等对待。",
    ("weighting", "to_margins"): "{method}，变量：{variables}。人口数据的来源见“调查总体”。",
    ("weighting", "to_margins_trimmed"): (
        "{method}，变量：{variables}，权数限制在平均值的 {bounds} 倍。人口数据的来源见“调查总体”。"
    ),
    ("design_effect", "unweighted"): "未加权，没有加权造成的设计效应。",
    ("design_effect", "kish"): "加权设计效应（Kish）{deff_kish}，有效样本量 {n_effective}。",
    ("precision", "model_based"): (
        "列出的是 {confidence_level} 模型精度区间，不是抽样误差：方差用泰勒线性化计算，"
        "假定加权后同一类别中参与者与未参与者没有系统差别。自愿参与带来的偏差不在区间之内。"
    ),
    (
        "precision",
        "sampling_error",
    ): "{confidence_level} 置信区间，方差用泰勒线性化计算，计入加权。",
    ("wording", "word_for_word"): "用于估计和加权的 {questions} 道题及选项原文列在下面。",
    ("processing", "no_quality_rules"): "这份问卷没有设置数据质量规则。",
    ("processing", "quality_rules"): (
        "按调查前确定的规则标记可疑答卷：{rules}。标记本身不剔除任何答卷。"
    ),
    ("item_nonresponse", "left_out_of_the_item"): (
        "“不了解/未使用”占 {not_applicable}，未作答占 {no_answer}（各题最低至最高，未加权），"
        "均不进入该题分母。"
    ),
    ("limitations", "self_selected"): (
        "加权只能校正加权变量的差异，不能校正同类人中满意者或不满者更愿意参与的差异；"
        "虚假、重复或受人指使的答卷，以及题目措辞和填写方式的影响，都不在区间之内。"
    ),
    ("limitations", "probability"): "无应答、题目措辞和填写方式的影响不在区间之内。",
}
QUALITY_RULES: Mapping[str, str] = {
    "speeding": "作答过快",
    "straight_lining": "矩阵题全选同一项",
    "attention": "注意力检查未通过",
    "duplicates": "重复提交",
    "bursts": "同一网络短时间集中提交",
    "implausible": "答案自相矛盾",
}
UNKNOWN = "未说明。"
NOT_USED = "未使用：{reasons}。"
COUNTED_REASON = "{reason} {count} 份"
ONLY_SOME = "（只对部分受访者显示）"
ROWS = "分项：{rows}"
CHOICES = "选项：{choices}"
SEPARATOR = "、"


@dataclass(frozen=True)
class Speaker:
    """In what language and zone the statement is written; `variable` names a weighting variable."""

    language: str
    zone: tzinfo
    translate: Callable[[str], str]
    variable: Callable[[str], str]


def item_name(statement: Statement, translate: Callable[[str], str] = str) -> str:
    """Name the item that a statement is about."""
    return translate(ITEMS[statement.item])


def sentence(statement: Statement, speaker: Speaker) -> str:
    """Say a statement in words."""
    if statement.code == "unknown":
        return speaker.translate(UNKNOWN)
    if statement.code == "stated":
        return _text(statement.arguments["text"], speaker)
    words = {name: _words(name, value, speaker) for name, value in statement.arguments.items()}
    return speaker.translate(STATEMENTS[statement.item, statement.code]).format(**words)


def sentences(disclosure: Disclosure, speaker: Speaker) -> tuple[tuple[str, str], ...]:
    """Name and say every statement, in order."""
    return tuple(
        (item_name(statement, speaker.translate), sentence(statement, speaker))
        for statement in disclosure.statements
    )


def question_lines(question: Question, speaker: Speaker) -> tuple[str, ...]:
    """Write a question as asked: its wording, its rows, its choices."""
    translate = speaker.translate
    lines = [_text(question.wording, speaker)]
    if question.shown_if:
        lines[0] += translate(ONLY_SOME)
    for template, texts in ((ROWS, question.rows), (CHOICES, question.choices)):
        if texts:
            listed = _list([_text(text, speaker) for text in texts], speaker)
            lines.append(translate(template).format(rows=listed, choices=listed))
    return tuple(lines)


def _words(name: str, value: object, speaker: Speaker) -> str:
    """Write one argument of a statement; how is decided by its name, then by its type."""
    match name, value:
        case "excluded", dict():
            return _reasons(value, speaker)
        case "channels", tuple():
            return _list([_known(wording.CHANNELS, code, speaker) for code in value], speaker)
        case "rules", tuple():
            return _list([_known(QUALITY_RULES, code, speaker) for code in value], speaker)
        case "variables", tuple():
            return _list([speaker.variable(code) for code in value], speaker)
        case "method", str():
            return speaker.translate(wording.WEIGHTING[value])
        case "bounds", (low, high):
            return f"{low:g}–{high:g}"
        case (("no_answer" | "not_applicable"), (float() as low, float() as high)):
            return f"{percent(low)}–{percent(high)}"
        case "rate", float():
            return percent(value)
        case "confidence_level", float():
            return percent(value, 0)
        case "deff_kish", float():
            return number(value, 2)
        case _, datetime():
            return f"{value.astimezone(speaker.zone):%Y-%m-%d %H:%M}"
        case _, (int() | float()):
            return number(value)
    return ""


def _reasons(excluded: Mapping[str, int], speaker: Speaker) -> str:
    if not excluded:
        return ""
    counted = [
        speaker.translate(COUNTED_REASON).format(
            reason=_known(wording.EXCLUSIONS, reason, speaker), count=number(count)
        )
        for reason, count in excluded.items()
    ]
    return speaker.translate(NOT_USED).format(reasons=_list(counted, speaker))


def _known(words: Mapping[str, str], code: str, speaker: Speaker) -> str:
    """The word of a code; an operator's own channel or reason has none and stays as it is."""
    return speaker.translate(words[code]) if code in words else code


def _list(parts: Sequence[str], speaker: Speaker) -> str:
    return speaker.translate(SEPARATOR).join(parts)


def _text(text: object, speaker: Speaker) -> str:
    if not isinstance(text, BilingualText):
        return speaker.translate(UNKNOWN)
    return text.en if speaker.language == "en" else text.zh
