"""The words for results: codes to Simplified Chinese, which are at once the catalogue's ids.

Pages translate them by the catalogue; the JSON interface gives them as they are.
"""

from collections.abc import Callable, Mapping

from analysis.estimation import Estimate
from analysis.rating.survey_rule import SurveyRule, SurveyVerdict
from backend.fieldwork.wording import REASON_WORDS
from backend.results.labels import category_label, variable_title
from backend.results.result import Caution
from survey_forms.definition import Questionnaire

METHODS: Mapping[str, str] = {
    "share_from_4": "满意率（满意及以上）",
    "share_from_3": "满意率（基本满意及以上）",
    "score_100_80_60_30_0": "满意度指数（100/80/60/30/0 计分）",
    "score_100_75_50_25_0": "满意度指数（100/75/50/25/0 计分）",
}
VERDICTS: Mapping[str, str] = {
    "no_deduction": "不扣分",
    "deduct_10": "扣 10 分",
    "void": "整体不得分",
}
VERDICT_SENTENCES: Mapping[str, str] = {
    "no_deduction": "公众满意度不低于 {deduct_below}，不扣分。",
    "deduct_10": "公众满意度低于 {deduct_below}、不低于 {void_below}，扣 10 分。",
    "void": "公众满意度低于 {void_below}，整体不得分。",
}
CERTAIN = "整个区间都在同一评分段内，这一结论有统计把握。"
UNCERTAIN = "但区间跨过评分线，这一结论没有统计把握。"
NO_INTERVAL = "答卷太少，无法给出区间，这一结论没有统计把握。"
NOT_CONVERGED = "加权未能满足人口总数，这一结论没有统计把握。"
EXCLUSIONS: Mapping[str, str] = {
    "no_weighting_variable": "未回答加权所需的题目",
    "not_in_population": "不属于调查总体（所选地区或类别没有人口数据）",
    **REASON_WORDS,
}
CHANNELS: Mapping[str, str] = {
    "web": "网页链接",
    "api": "程序接口",
    "wechat": "微信",
    "hall-qr": "大厅二维码",
    "interviewer": "访问员",
}
CAUTIONS: Mapping[str, str] = {
    "simulated": (
        "模拟数据：{responses} 份答卷中有 {simulated} 份是程序模拟的，不代表任何真实居民。"
    ),
    "not_converged": "加权未能同时满足所有人口总数，最大相对偏差为 {discrepancy}。",
    "rounds_onto_line": (
        "满意度的精确值为 {value}，保留两位小数后恰好显示为评分线；判定使用精确值。"
    ),
    "high_deff": "加权设计效应为 {deff}，大于 2：各类人群参与程度差别很大，精度因此明显降低。",
    "few_effective": "有效样本量为 {n_effective}，少于建议的 {wanted}（95% 区间约 ±5 个百分点）。",
    "few_in_category": "“{variable}”中“{category}”只有 {n} 份答卷，少于 20 份，加权结果不够稳定。",
    "category_merged": "“{variable}”中“{category}”没有答卷，加权时并入“{into}”。",
    "category_dropped": "“{variable}”只剩“{category}”一类，未用于加权。",
}
WEIGHTING: Mapping[str, str] = {
    "rake": "按人口总数逐边迭代加权（raking），使答卷的结构与总体一致",
    "none": "未加权，每份答卷同等对待",
}
VARIANCE: Mapping[str, str] = {
    "rake": ("泰勒线性化方差：以加权变量回归的残差计算，计入加权对精度的影响，不作有限总体校正"),
    "none": "泰勒线性化方差，不作有限总体校正",
}
INTERVAL_NAME = "模型精度区间"
INTERVAL_KIND = "logit 变换，t 分布"
INTERVAL_TITLE = "95% 模型精度区间"
INTERVAL_IN_FULL = "95% 模型精度区间：logit 变换，t 分布"
LEGEND = "竖线为评分线（{lines}），深色段为区间。"
LEGEND_WITHOUT_RULE = "深色段为区间。"
NO_RULE = "问卷没有指定评分规则，因此只报告满意度，不作扣分等结论。"
P_BELOW = "真实满意度低于 {line} 的概率"
ITEM_NONRESPONSE = "“不了解/未使用”和未作答不进入该题分母，其比例另行列出。"
SELF_SELECTED = (
    "受访者自愿参与，没有已知的抽中概率，因此不报告抽样误差和应答率。"
    "所列区间为模型精度区间：假定加权后同一类别中参与者与未参与者没有系统差别。"
)
SMALL_DOMAINS = "少于 10 份答卷的分组不公布数值。"
# Where no published title can name a variable.
VARIABLES: Mapping[str, str] = {
    "district": "县（市、区）",
    "sex": "性别",
    "age_band": "年龄",
    "residence": "城乡",
}


def verdict_text(
    verdict: SurveyVerdict,
    rule: SurveyRule,
    estimate: Estimate,
    has_converged: bool,
    translate: Callable[[str], str] = str,
) -> tuple[str, str]:
    """Say the verdict in a sentence, and how sure it is in another."""
    sentence = translate(VERDICT_SENTENCES[verdict.verdict]).format(
        deduct_below=f"{rule.deduct_below:.0%}", void_below=f"{rule.void_below:.0%}"
    )
    certainty = translate(_certainty(verdict, estimate, has_converged))
    return sentence, certainty


def _certainty(verdict: SurveyVerdict, estimate: Estimate, has_converged: bool) -> str:
    if verdict.certain:
        return CERTAIN
    if estimate.interval is None:
        return NO_INTERVAL
    return UNCERTAIN if has_converged else NOT_CONVERGED


def caution_text(
    caution: Caution,
    questionnaire: Questionnaire,
    language: str = "zh-CN",
    translate: Callable[[str], str] = str,
) -> str:
    """Say a caution in words, its variables and categories by their labels."""
    arguments = dict(caution.arguments)
    variable = arguments.get("variable")
    if isinstance(variable, str):
        for name in ("category", "into"):
            code = arguments.get(name)
            if isinstance(code, str):
                arguments[name] = category_label(questionnaire, variable, code, language)
        arguments["variable"] = variable_name(variable, questionnaire, language, translate)
    return translate(CAUTIONS[caution.code]).format(**arguments)


def variable_name(
    variable: str,
    questionnaire: Questionnaire,
    language: str = "zh-CN",
    translate: Callable[[str], str] = str,
) -> str:
    """Return the short name of a usual weighting variable, else the question itself."""
    known = VARIABLES.get(variable)
    return translate(known) if known else variable_title(questionnaire, variable, language)
