"""The words of the report, the same in every format, as message ids of the catalogue."""

from collections.abc import Mapping
from types import MappingProxyType

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "as_of": "评价日期",
        "area": "评价地区",
        "round": "评价轮次",
        "standard": "评价标准",
        "state": "状态",
        "outcome": "评价结果",
        "total": "总分",
        "star": "星级",
        "not_given": "文件未规定分值",
        "points": "得分",
        "full_points": "满分",
        "share": "得分率",
        "item": "项目",
        "sum": "分数构成",
        "by_heading": "一级指标得分",
        "by_table": "各表达到的等级",
        "heading": "一级指标",
        "table": "指标表",
        "indicators": "指标数",
        "unsettled": "未定",
        "second": "二级指标",
        "number": "序号",
        "name": "三级指标",
        "indicator": "指标",
        "definition": "指标释义",
        "department": "牵头部门",
        "level": "核定等级",
        "requirement": "对应要求",
        "requirements": "各等级要求",
        "figures": "指标数据",
        "evidence": "佐证材料",
        "note": "填报说明",
        "source": "出处",
        "rows": "指标明细",
        "satisfaction": "公众满意度",
        "interval": "区间",
        "bounds": "满意度取不同值时的评价结果",
        "bound": "满意度取值",
        "survey_deduction": "市民体验扣分",
        "innovations": "创新示范",
        "kind": "类别",
        "case": "名称",
        "issuer": "发布单位",
        "dated_on": "日期",
        "outcome_of_case": "计分情况",
        "link": "链接",
        "cases": "项数",
        "per_case": "每项得分",
        "cap": "上限",
        "none_registered": "没有登记。",
        "incidents": "网络安全事件",
        "notice": "通报内容",
        "handling": "处置情况",
        "deduction": "扣分",
        "major": "重大事件",
        "methodology": "评价方法",
        "signatures": "签章",
        "versions": "版本",
        "software": "软件版本",
        "standard_file": "标准文件",
        "frozen_file": "冻结文件",
        "made_at": "数据时间",
        "measure": "数据项",
        "value": "填报值",
        "numerator": "分子",
        "denominator": "分母",
        "unit": "单位",
        "page": "第 {page} 页，共 {pages} 页",
        "colon": "：",
        "comma": "、",
    }
)
# The lines of the block that is signed on paper.
SIGNATURES = ("填报单位（盖章）", "审核人（签字）", "负责人（签字）", "日期")

TITLE = "{area}新型智慧城市评价报告"
PREVIEW = "预览：本轮评价尚未结束，数据还会变动，不作为正式结果。"
PREVIEW_TAG = "预览／未结束"
CLOSED = "本轮评价已于 {time} 结束，数据已冻结。"
DAMAGED = "冻结文件与保存的校验值不符，请联系管理员核查。"
DEMONSTRATION = "演示数据，并非真实评价。"
FILE_NAME = "{area}新型智慧城市评价报告_{as_of}"

BASE, INNOVATION, SURVEY, SECURITY, TOTAL = (
    "各项指标得分",
    "创新示范加分",
    "市民体验扣分",
    "网络安全扣分",
    "总分",
)
VETOED = "整体不得分"
OUT_OF = "满分 {maximum} 分"
NEXT_STAR = "距{star}还差 {points} 分"
POINTS = "{points} 分"
NO_LEVEL = "不分等级"
NOT_COUNTED = "未通过审核，未计分"
MISSING_FIGURES = "缺少：{names}"
# A dash of the document for a level that gives nothing.
REQUIREMENT_OF_LEVEL = "{level}：{text}"
NOT_REACHED = "未达到{level}：{text}"
SIDES = "{numerator} ÷ {denominator}"
FILE_HASH = "SHA-256 {sha256}"
TRUE, FALSE, MISSING = "符合", "不符合", "未填"
RANK = "第 {rank} 名"
COUNTED = "计 {points} 分"

BOUND_WORDS: Mapping[str, str] = MappingProxyType(
    {"lower": "区间下限", "estimate": "估计值", "upper": "区间上限"}
)
SETTLED = "满意度在区间内变动时，评价结论和星级都不变。"
UNSETTLED = "满意度在区间内变动时，评价结论或星级会改变，引用结果时请一并说明。"
NO_SURVEY = "本轮评价没有公众满意度：结果未计入市民体验调查的扣分。"
SAMPLE = "用于估计的答卷"
SURVEYED_AT = "满意度数据时间"
SIMULATED = "其中模拟答卷"

# The method, in the order in which it is applied; the documents' own sentences follow each.
LEVELS_METHOD = (
    "每项指标取要求已全部满足的最高等级，得该等级的分值，不累加。缺少数据的要求视为未知，"
    "不视为不满足；已知数据能够确定的等级照常计分。"
)
ACCEPTED_ROWS = "只有审核通过的填报数据计入冻结的结果。"
ENTERED_ROWS = "预览计入已填报的数据，包括尚未审核的。"
SUM_METHOD = (
    "总分等于各项指标得分之和，加创新示范加分，减市民体验扣分和网络安全扣分；"
    "不低于 0 分，一票否决时为 0 分。"
)
NO_POINTS_METHOD = "文件没有为各等级规定分值，因此只报告各表达到的等级，不计算总分和星级。"
SURVEY_METHOD = "“低于”按未经四舍五入的数值严格比较：恰好等于界线的，不扣分或不否决。"
INNOVATION_METHOD = (
    "计分期为 {first} 至 {last}，含首尾两日。同类中标题和佐证相同的只计一次；"
    "先按每类上限，再按本项上限计分。"
)
METHOD_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "levels": "等级判定",
        "basis": "计分数据",
        "sum": "总分",
        "stars": "星级",
        "survey": "市民体验调查",
        "security": "网络安全事件",
        "innovation": "创新示范",
        "official_method": "满意度算法",
        "weighting": "加权",
        "margins_source": "人口数据",
        "variance": "误差估计",
        "interval": "区间",
        "item_nonresponse": "缺失回答",
        "participation": "参与方式",
        "small_domains": "小样本",
    }
)
INTERVAL_OF_LEVEL = "{name}，置信水平 {level}"

# Of the charts.
SATISFACTION_CHART = "公众满意度及其区间；竖线为评分线。"
HEADINGS_CHART = "各一级指标的得分率"

# Of the workbook.
SHEETS: Mapping[str, str] = MappingProxyType(
    {
        "scores": "评分表",
        "figures": "指标数据",
        "innovation": "创新示范",
        "security": "网络安全事件",
        "notes": "报告说明",
    }
)
RECOMPUTES = (
    "在“{scores}”中修改核定等级或公众满意度，在“{innovation}”中修改是否计入，"
    "在“{security}”中修改扣分，总分和星级都会随之重算。可以修改的单元格带有底色。"
)
MAJOR_INCIDENT = "是否发生重大网络安全事件"
BENCHMARK = "是否认定为全国领先的新型智慧城市标杆"
IS_VETOED = "一票否决"
IS_COUNTED = "是否计入"
YES, NO = "是", "否"
LEVEL_REQUIREMENT = "{level}要求"

# Of closing.
CLOSE_CHECKS: Mapping[str, str] = MappingProxyType(
    {
        "not_accepted": "{count} 项指标尚未审核通过，结束后不计分：第 {numbers} 项。",
        "no_survey": "没有公众满意度，结果不含市民体验调查的扣分。",
        "unsettled": "{count} 项指标数据不全，等级可能偏低：第 {numbers} 项。",
        "bounds_differ": "满意度在区间内变动时，评价结论或星级会改变。",
        "before_due": "填报截止日期是 {due_on}，还没有到。",
    }
)
NOT_CLOSED_YET = "本轮评价尚未结束，还没有冻结文件。"
CHANGED_MEANWHILE = "在您查看期间，本轮评价有改动。请重新核对后再结束。"
