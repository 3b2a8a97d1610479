"""The words of ratings: levels, stars, reasons and refusals, as message ids of the catalogue.

The documents' own words (names, requirements, rules) are data and stay as they are.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from analysis.errors import AnalysisError
from analysis.rating.standard import MeasureKind
from backend.ratings.rating_file import FileFault

Translate = Callable[[str], str]

LEVEL_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "three": "三星级",
        "four": "四星级",
        "five": "五星级",
        "none": "未达到",
        "unknown": "尚不能判定",
    }
)
STAR_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "none": "未达到三星级",
        "three": "三星级",
        "four_basic": "四星级（基础型）",
        "four_growth": "四星级（成长型）",
        "five": "五星级",
    }
)
STATUS_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "verified": "已核定",
        "derived": "由指标数据得出",
        "unknown": "数据不全",
        "not_assessed": "未评",
    }
)
KIND_WORDS: Mapping[MeasureKind, str] = MappingProxyType(
    {
        "share": "比例（0 至 1）",
        "ratio": "比值",
        "change": "增幅",
        "count": "整数",
        "quantity": "数值",
        "rank": "名次",
    }
)
# How a criterion or a target bounds its figure.
OPERATOR_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "at_least": "不低于 {bound}",
        "above": "高于 {bound}",
        "below": "低于 {bound}",
        "at_most": "不高于 {bound}",
    }
)
LEFT_OUT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "before_the_window": "早于计分期（{first} 至 {last}）",
        "after_the_window": "晚于评价日期 {last}",
        "duplicate": "与同类中标题和佐证相同的一项重复",
        "kind_cap": "该类得分已达上限 {cap} 分",
        "row_cap": "本项得分已达上限 {row_cap} 分",
    }
)
VETO_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "satisfaction": "公众满意度低于 {void_below}%，整体不得分",
        "security_points": "网络安全事件累计扣分超过 {void_above} 分，整体不得分",
        "major_incident": "出现重大网络安全事件，整体不得分",
    }
)
BENCHMARK_NEEDED = "五星级还需认定“打造成为全国领先的新型智慧城市标杆”（national_benchmark）"
NOT_SURVEYED = "尚未调查公众满意度：结果未计入市民体验调查的扣分"
UNSETTLED = "{count} 项指标数据不全或未评，按现有数据计分"

# Of AnalysisError, by code; every one names the field.
REFUSALS: Mapping[str, str] = MappingProxyType(
    {
        "unknown_standard": "没有标准“{id}”；可用的有 {known}",
        "unknown_indicator": "没有第 {number} 项指标，本标准共 {count} 项",
        "indicator_has_no_levels": "第 {number} 项不分星级",
        "unknown_level": "没有这个等级，可填 {known}",
        "unknown_measure": "没有这项数据，可填 {known}",
        "attestation_expected": "请填 true 或 false",
        "number_expected": "请填数字",
        "computed_measure": "这项数据由 {parts} 加权得出，请分别填写",
        "impossible_share": "比例应在 0 至 1 之间",
        "impossible_count": "数量应为不小于 0 的整数",
        "impossible_rank": "名次应为不小于 1 的整数",
        "impossible_quantity": "数值不能小于 0",
        "impossible_satisfaction": "满意度应在 0 至 1 之间",
        "unknown_innovation_kind": "没有“{kind}”这类创新示范，可填 {known}",
        "standard_without_innovations": "本标准没有创新示范加分项",
        "title_missing": "请填写标题",
        "points_not_positive": "扣分应大于 0",
        "dated_after_the_assessment": "日期 {dated_on} 晚于评价日期 {as_of}",
        "impossible_date": "日期应在 {first} 年至 {last} 年之间",
        "standard_without_stars": "指标没有星级得分，无法计算达到某一星级的办法",
        "unknown_star": "没有这个星级，可填 {known}",
        "impossible_cost": "成本应为不小于 0 的数字",
        "not_yet_surveyed": "尚未调查公众满意度",
        "impossible_interval": "置信区间应包含满意度估计值",
    }
)

# Of `rating_file.FileFault`, by code.
FILE_FAULTS: Mapping[str, str] = MappingProxyType(
    {
        "no_yaml": "不是有效的 YAML：{problem}",
        "no_mapping": "应有 standard 和 as_of 等项",
        "twice": "“{key}”出现了两次",
        "extra_forbidden": "没有这一项",
        "missing": "缺少这一项",
        "literal_error": "只能填 {expected}",
        "bool_type": "请填 true 或 false",
        "string_type": "请填文字",
        "day": "请填日期，例如 2024-10-31",
        "number": "请填数字",
        "wrong_type": "格式不对：{problem}",
    }
)


def fault_text(fault: FileFault, translate: Translate) -> str:
    """Return one sentence that says where in a file something is wrong, and what."""
    sentence = translate(FILE_FAULTS[fault.code]).format(**fault.arguments)
    return f"{fault.path}: {sentence}" if fault.path else sentence


def refusal(error: AnalysisError, translate: Translate) -> str:
    """Return one sentence that names the field and says what is wrong with it."""
    sentence = translate(REFUSALS[error.code]).format(**error.arguments)
    field = error.arguments.get("field")
    return f"{field}: {sentence}" if field else sentence


def number_text(value: float) -> str:
    """Return a number as documents write it: 0.5, 10, without zeros that say nothing."""
    return f"{value:.10g}"
