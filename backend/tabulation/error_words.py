"""The words of what cannot be tabulated, weighted or estimated: one sentence with its cure.

Message ids of the catalogue; `{placeholders}` are the arguments of the error.
"""

from collections.abc import Callable

from analysis.errors import AnalysisError

SENTENCES = {
    # Files of respondents
    "unknown_column": "没有名为“{column}”的列；文件中的列有：{columns}。",
    "duplicate_column": "有两列都名为“{column}”；请改名后再试。",
    "no_rows": "没有任何答卷；请检查文件内容。",
    "not_a_number": (
        "第 {row} 行，列“{column}”：“{value}”不是数字；如果是缺失代码，请用 --missing 说明。"
    ),
    "score_out_of_range": "第 {row} 行，列“{column}”：“{value}”不在 1 到 5 之间，无法计分。",
    "weight_missing": "第 {row} 行，列“{column}”：缺少权数。",
    "weight_not_a_number": "第 {row} 行，列“{column}”：权数“{value}”不是数字。",
    "weight_negative": "第 {row} 行，列“{column}”：权数“{value}”不能小于 0。",
    "weights_all_zero": "列“{column}”的权数全部为 0，无法估计。",
    "population_not_positive": "第 {row} 行，列“{column}”：“{value}”不是大于 0 的总体数量。",
    "ragged_row": "第 {row} 行有 {fields} 列，而标题行有 {wanted} 列；请检查多余或缺少的逗号。",
    "quotes_broken": "从第 {row} 行起，引号没有成对出现；请检查这一行。",
    "no_header": "文件没有标题行；第一行应为各列的名称。",
    "file_missing": "文件不存在。",
    "no_parquet_files": "文件夹中没有 Parquet 文件。",
    "encoding_unknown": "第 {row} 行无法解码；请将文件另存为 UTF-8。",
    "file_broken": "文件无法读取：{reason}",
    "spark_reads_parquet": "Spark 只读取 Parquet 文件；请改用 duckdb，或先转换为 Parquet。",
    "spark_missing": "没有安装 Spark；请先安装 minsheng[spark] 和 Java。",
    "tabulation_file_broken": "不是完整的汇总文件；请用 minsheng tabulate 重新生成。",
    # Margins
    "margins_not_a_number": "第 {row} 行，列“population”：“{value}”不是数字。",
    "margins_empty": "没有任何人口数据；请检查文件内容。",
    "margin_empty": "变量“{variable}”没有任何类别。",
    "margin_duplicate_category": "变量“{variable}”的类别“{category}”出现了两次。",
    "margin_duplicate_variable": "变量“{variable}”的人口数据出现了两次。",
    "margin_not_positive": "变量“{variable}”的类别“{category}”人口为 {population}，应大于 0。",
    "margin_totals_differ": (
        "变量“{variable}”的人口合计为 {total:.10g}，"
        "与“{other_variable}”的 {other_total:.10g} 不一致。"
    ),
    "cross_without_margin": "人口数据中没有变量“{variable}”的联合分布。",
    "merge_unknown": (
        "变量“{variable}”的类别“{category}”不能并入“{into}”；请核对 --merge 中的名称。"
    ),
    "poststratify_one_margin": (
        "事后分层只能使用一个人口变量，而这里有 {count} 个；"
        "请用 --cross 指定联合分布，或改用 rake。"
    ),
    "category_without_respondents": (
        "变量“{variable}”的类别“{category}”没有答卷；请用 --merge 合并，或用 --collapse auto。"
    ),
    "category_without_population": (
        "变量“{variable}”的类别“{category}”没有人口数据；请补充，或用 --merge 合并。"
    ),
    # Weighting
    "bounds_wrong": "权数的上下限 {low} 和 {high} 不合理；下限应在 0 到 1 之间，上限应大于 1。",
    "bounds_need_equal_base_weights": "同一单元内的基础权数不同，无法限制权数；请从答卷重新汇总。",
    "not_converged": (
        "加权（{method}）没有收敛：变量“{variable}”的类别“{category}”与人口相差 {discrepancy:.2%}；"
        "请合并类别，或放宽权数的限制。"
    ),
    # The sample
    "lonely_psu": (
        "层“{stratum}”只有一个抽样单位，无法计算方差；请合并层，或用 --lonely-psu 指定规则。"
    ),
    "lonely_psu_everywhere": "每一层都只有一个抽样单位，无法计算方差；请合并层。",
    "population_differs": "层“{stratum}”的总体数量前后不一致。",
    "populations_differ": "总体数量不止一个，却没有指定层；请用 --strata 指定层所在的列。",
    "population_below_sample": "层“{stratum}”的总体数量 {population:.10g} 小于样本数 {n}。",
    # Estimates
    "nobody_left": "没有一份答卷填写了 {variable}，无法估计。",
    "nothing_answered": "项目“{measure}”没有任何有效答案。",
    "not_a_share": "项目“{measure}”的均值 {mean:.6g} 不在 0 到 1 之间，不是比例。",
    "unknown_measure": "没有项目“{measure}”。",
    "unknown_variable": "没有变量“{variable}”。",
    "scores_not_five": "需要 5 个分值，而这里有 {count} 个。",
    "score_not_a_share": "分值 {score:.6g} 不在 0 到 1（0% 到 100%）之间。",
    "tabulations_differ": "两份汇总的 {aspect} 不同，不能合并。",
}
# In place of the name of a stratum, where there is only one, without a name.
NO_STRATA = "全体答卷"
IN_WAVE = "轮次“{wave}”：{sentence}"


def error_sentence(error: AnalysisError, translate: Callable[[str], str]) -> str:
    """One sentence about an error, with the wave that it arose in where there is one."""
    arguments = dict(error.arguments)
    if isinstance(columns := arguments.get("columns"), tuple):
        arguments["columns"] = ", ".join(columns)
    if isinstance(cell := arguments.get("cell"), tuple):
        arguments.setdefault("stratum", "|".join(cell))
    if arguments.get("stratum") == "":
        arguments["stratum"] = translate(NO_STRATA)
    wave = arguments.pop("wave", None)
    sentence = translate(SENTENCES[error.code]).format(**arguments)
    if wave is None:
        return sentence
    return translate(IN_WAVE).format(wave=wave, sentence=sentence)
