"""What each finding on a questionnaire definition means and how to cure it, in plain Chinese.

The sentences are the msgids of the catalogue; `{…}` are the arguments that the finding carries
(survey_forms/findings.py lists them, and a test holds the two together).
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from survey_forms.findings import Finding

FINDING_WORDS: Mapping[str, str] = MappingProxyType(
    {
        # 文件
        "too_large": "文件有 {kilobytes} KB，超过上限 {limit} KB。请删去多余内容，或拆成几份问卷。",
        "too_many_nodes": "内容超过 {limit} 项（用 * 引用的内容按展开后计算）。请拆成几份问卷。",
        "too_deep": "嵌套超过 {limit} 层，或锚点引用了自身。请检查缩进、括号和引用。",
        "empty_document": "文件是空的。请从一份现有问卷开始改写。",
        "not_a_mapping": "文件应当由“字段: 内容”组成，第一行通常是 format: 1。请检查开头的写法。",
        "several_documents": "一个文件只能有一份问卷。请删去单独成行的 --- 及其后的内容。",
        "yaml_syntax": "此处的 YAML 写法无法识别（{problem}）。"
        "请检查附近的缩进、引号和括号是否成对。",
        "yaml_tab": "缩进中有制表符（Tab）。请改用空格。",
        "yaml_colon": "文字里有“冒号加空格”，会被当作字段。请给整段文字加上双引号。",
        "yaml_unquoted": "此处不能直接写“{character}”。如果它是文字的一部分，"
        "请给整段文字加上双引号；否则请检查括号是否成对。",
        "yaml_character": "文件里有不可见的控制字符（{character}）。请删除，并以 UTF-8 编码保存。",
        "yaml_tag": "不能使用 YAML 标签 {tag}。请删去标签；如果它是文字的一部分，请加上双引号。",
        "yaml_key": "字段名只能是一个词，不能是列表或字段组。请检查缩进和开头的“?”“-”。",
        "duplicate_yaml_key": "字段 {key} 在第 {first_line} 行已经写过，后写的不起作用。"
        "请只留一个。",
        # 结构
        "missing_field": "缺少字段 {field}。请补上。",
        "unknown_field": "没有 {field} 这个字段，最接近的是 {nearest}。请改正或删去。",
        "field_not_here": "字段 {field} 不能用在这里。请移到该用的位置，或检查题型（kind）和缩进。",
        "empty_field": "{field} 没有内容。请填写；如不需要，请删去这一行。",
        "empty_list": "{field} 一项也没有。请至少写一项。",
        "too_many_entries": "{field} 超过 {limit} 项。请减少。",
        "quotes_needed": "{written} 会被当作数字或“是/否”，而这里需要文字。请加上双引号，"
        '写成 "{written}"。',
        "wants_text": "{field} 应当是一段文字。请检查缩进和括号。",
        "wants_languages": "{field} 要按语言书写，例如 {field}: {{zh-CN: 中文, en: English}}。",
        "wants_fields": "{field} 应当由“字段: 内容”组成。请检查缩进。",
        "wants_list": "{field} 应当是列表：每项一行并以“- ”开头，或写在方括号 [ ] 里。",
        "wants_true_or_false": "{field} 只能写 true（是）或 false（否），不能写“{written}”。",
        "wants_number": "{field} 应当是数字，不能写“{written}”，也不要加引号。",
        "wants_whole_number": "{field} 应当是整数，不能写“{written}”，也不要加引号。",
        "wants_date": "{field} 应当是真实存在的日期，写成 2024-12-31 的样子，不能写“{written}”。",
        "not_above": "{field} 必须大于 {limit}，现在是 {written}。",
        "number_too_small": "{field} 不能小于 {limit}，现在是 {written}。",
        "number_too_large": "{field} 不能大于 {limit}，现在是 {written}。",
        "text_too_long": "{field} 超过 {limit} 个字。请缩短。",
        "bad_key": "“{written}”不能用作键。键以小写字母开头，只含小写字母、数字和下划线，"
        "最多 40 个字符。",
        "bad_questionnaire_key": "“{written}”不能用作问卷的键。它以小写字母开头，"
        "只含小写字母、数字、下划线和连字符，最多 40 个字符。",
        "bad_choice_code": "“{written}”不能用作选项代码。代码以字母或数字开头，"
        "只含字母、数字和 _ + -，最多 40 个字符。",
        "bad_rule_id": "“{written}”不能用作评分规则的编号。编号以小写字母开头，"
        "只含小写字母、数字和连字符，最多 64 个字符。",
        "not_one_of": "{field} 不能写“{written}”。可以写：{allowed}。",
        "unknown_kind": "没有“{written}”这种题型。可用的题型：{allowed}。",
        "invalid_value": "{field} 的内容无法识别（{problem}）。请对照问卷格式说明改正。",
        # 键和代码
        "duplicate_section_key": "部分的键 {key} 在第 {first_line} 行已经用过。请换一个。",
        "duplicate_item_key": "题目的键 {key} 在第 {first_line} 行已经用过（整份问卷内不能重复）。"
        "请换一个。",
        "duplicate_row_key": "行的键 {key} 在第 {first_line} 行已经用过。请换一个。",
        "duplicate_dimension_key": "维度的键 {key} 在第 {first_line} 行已经用过。请换一个。",
        "choice_code_clash": "选项代码 {choice} 与第 {first_line} 行的 {first} 相同"
        "（不区分大小写）。请换一个。",
        # 题目
        "several_other_choices": "一道题只能有一个“其他，请说明”选项，{choice} 是多出来的。"
        "请去掉它的 other。",
        "exclusive_in_single": "单选题的选项本来就互斥。请去掉 {choice} 的 exclusive。",
        "other_and_exclusive": "选项 {choice} 不能同时是 other 和 exclusive。请只留一个。",
        "only_exclusive_choices": "所有选项都是 exclusive，等于单选。请把题型改为 single，"
        "或去掉一些 exclusive。",
        "max_selected_too_large": "最多可选 {maximum} 项，但一共只有 {choices} 个选项。"
        "请减小 max_selected。",
        "min_selected_too_large": "至少要选 {minimum} 项，但可以同时选的只有 {choices} 个。"
        "请减小 min_selected。",
        "bounds_reversed": "{low_field}（{low}）大于 {high_field}（{high}），"
        "没有答案能同时满足。请对调或改正。",
        "unknown_division_root": "没有 {root} 的区划数据。可用的城市代码：{known}。",
        # 文字
        "chinese_not_declared": "languages 里没有 zh-CN。中文是必需的，请加上。",
        "duplicate_language": "语言 {language} 写了两次。请删去一个。",
        "missing_translation": "这段文字“{text}”缺少 {language} 的内容。请补上；"
        "如果不需要这种语言，请从 languages 中去掉。",
        "undeclared_language": "这段文字有 {language} 的内容，但 languages 没有列出，"
        "居民看不到。请在 languages 中加上，或删去。",
        # 显示条件
        "not_a_condition": '显示条件应当是一个运算，例如 {{"==": [{{var: 题目的键}}, 选项代码]}}。',
        "one_operator_only": "一层大括号里只能有一个运算，这里是：{operators}。"
        "要同时满足几个条件，请用 and: [条件, 条件]。",
        "unknown_operator": "没有 {operator} 这个运算。可用的运算：{known}。",
        "operand_count": "运算 {operator} 需要 {expected} 个参数，这里有 {count} 个。"
        "请检查方括号里的内容。",
        "computed_reference": "{operator} 后面只能直接写题目的键，不能是算出来的，也不能为空。",
        "unknown_reference": "没有 {reference} 这道题，最接近的是 {nearest}。请改正。",
        "unknown_row_reference": "没有 {reference} 这一行。该题的行有：{rows}。",
        "row_reference_wanted": "{reference} 是矩阵题，不能整题比较。"
        "请写明哪一行（{reference}.行的键）；该题的行有：{rows}。",
        "not_a_matrix_reference": "{reference} 里有点号，但它前面的题是 {kind} 题，没有行。"
        "请去掉点号及其后的部分。",
        "later_reference": "{reference} 在后面（第 {reference_line} 行），"
        "显示条件只能引用前面的题。请调整题目顺序，或改用前面的题。",
        "cyclic_condition": "显示条件绕成了圈：{cycle}。请去掉其中一个条件。",
        "impossible_comparison": "{reference} 的答案不可能是 {written}。"
        '可能的答案：{allowed}。请改正（注意引号："1" 和 1 不同）。',
        "list_comparison": "{reference} 是多选题，不能用 {operator} 比较。"
        "请写成 {{in: [选项代码, {{var: {reference}}}]}}。",
        "in_wants_list": "{reference} 是 {kind} 题，答案不是列表。"
        "请写成 {{in: [{{var: {reference}}}, [值, 值]]}}。",
        "null_comparison": "没有回答 {reference} 的人也会满足这个 {operator} 条件，"
        '因为未回答按 0 比较。请写成区间，例如 {{"<=": [1, {{var: {reference}}}, 3]}}。',
        # 满意度和加权
        "dimension_weights_sum": "各维度的权重之和是 {sum}，应当是 1。请调整。",
        "item_weights_sum": "维度 {dimension} 内各题的权重之和是 {sum}，应当是 1。请调整。",
        "unknown_dimension_item": "没有 {reference} 这道题，最接近的是 {nearest}。请改正。",
        "unknown_dimension_row": "没有 {reference} 这一行。该题的行有：{rows}。",
        "dimension_row_wanted": "{reference} 是矩阵题，要用 row 写明哪一行。该题的行有：{rows}。",
        "dimension_row_unwanted": "{reference} 是量表题，没有行。请删去 row。",
        "not_satisfaction": "{reference} 是 {kind} 题，不能计入满意度。"
        "只有 scale 和 matrix 题可以。",
        "measure_twice": "{reference} 在第 {first_line} 行已经计入一个维度。请只留一处。",
        "measure_in_no_dimension": "{measure} 没有计入任何维度，只会单独列出，不影响总满意度。"
        "如果是有意的，可以忽略；否则请加进一个维度。",
        "too_many_measures": "量表题和矩阵行一共 {count} 个，超过上限 {limit} 个。"
        "请减少，或拆成几份问卷。",
        "unknown_weighting_variable": "没有 {variable} 这道题，最接近的是 {nearest}。请改正。",
        "weighting_variable_kind": "{variable} 是 {kind} 题，不能用来加权。"
        "只有 single 和 division 题可以。",
        "duplicate_weighting_variable": "加权变量 {variable} 写了两次。请删去一个。",
        "weighting_variable_hidden": "加权变量 {variable} 有显示条件，看不到它的人没有类别，"
        "加权会有偏差。建议去掉条件。",
        "weighting_variable_optional": "加权变量 {variable} 不是必答题，没有回答的人没有类别，"
        "加权会有偏差。建议加上 required: true。",
        # 质量规则
        "duplicate_quality_entry": "质量规则里的 {name} 在第 {first_line} 行已经写过。请只留一处。",
        "unknown_quality_item": "质量规则里的 {reference} 不是本问卷的题，最接近的是 {nearest}。"
        "请改正。",
        "not_a_matrix": "{reference} 是 {kind} 题，不能用来判断答案是否雷同。只有 matrix 题可以。",
        "unreachable_limit": "{field} 是 {written}，而可以比较的评价项只有 {limit} 个，"
        "这条规则永远不会起作用。请改小。",
        "nothing_to_time": "答题时间按评价项（量表题和矩阵行）的数量计算，而本问卷没有评价项。"
        "请删去 speeding。",
        "attention_kind": "{reference} 是 {kind} 题，不能用作注意力检测题。只有 single 题可以；"
        "评价题不行，因为质量规则不得按答案好坏筛选答卷。",
        "unknown_expected_choice": "{reference} 没有选项 {choice}。可用的选项：{known}。请改正。",
        "quality_reads_rating": "这个条件引用了评价题 {reference}。质量规则不得按答案好坏筛选答卷。"
        "如果只看是否作答，可以忽略；否则请改用其他题目。",
        # 问卷以外的规则和人口数据
        "unknown_rule": "没有评分规则“{rule}”。可用的规则：{known}。请改正；"
        "不按规则评分的调查，请删去这一行。",
        "unknown_margins": "没有人口数据“{margins}”。可用的人口数据：{known}。请改正；"
        "不加权的调查，请删去 weighting。",
        "variable_without_margin": "人口数据 {margins} 里没有变量 {variable}，不能用它加权。"
        "可用的变量：{known}。请改正，或从 variables 中删去。",
        "choice_without_population": "人口数据 {margins} 的变量 {variable} 没有 {choice} 这一类，"
        "选它的答卷无法加权，会被排除。可用的类别：{known}。请改用其中的代码，"
        "或从 variables 中删去 {variable}。",
        "counties_without_population": "人口数据 {margins} 的变量 {variable} 没有这些地区："
        "{counties}。住在那里的人的答卷无法加权，会被排除。请改正 root 或 margins，"
        "或从 variables 中删去 {variable}。",
        "population_without_choice": "人口数据 {margins} 的变量 {variable} 有这些类别："
        "{categories}，但没有对应的选项，这些人只能由相邻类别代表。请补上选项；"
        "如果是有意的，可以忽略，评价结果会注明。",
    }
)


def finding_sentence(finding: Finding, translate: Callable[[str], str]) -> str:
    """Return what is wrong and the cure; `translate` looks the sentence up in the catalogue."""
    return translate(FINDING_WORDS[finding.code]).format_map(finding.arguments)
