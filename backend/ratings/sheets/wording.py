"""The words of export and import, as message ids. The workbook's own words are in `layout`."""

from collections.abc import Mapping
from types import MappingProxyType

# Why a file is not read at all, by the code of `container.BadFile`.
FILE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "no_file": "请选择要导入的文件。",
        "empty_file": "这个文件是空的，请重新选择。",
        "not_xlsx_name": "只能导入 .xlsx 文件。请在表格软件中另存为 .xlsx 工作簿后再导入。",
        "not_xlsx": "这个文件不是可以读取的 .xlsx 工作簿，可能已损坏、设有密码，或只改了扩展名。",
        "too_large": "这个文件过大。请使用本页导出的工作簿，不要在其中插入图片或其他内容。",
        "too_many_rows": "“指标数据”表的行数过多，请删除多余的行后再导入。",
        "with_macros": "这个文件带有宏。请另存为不含宏的 .xlsx 文件后再导入。",
        "suspicious": "这个文件的内容不同于普通工作簿，未予读取。请重新导出，填写后再导入。",
    }
)

# What is wrong in the sheets.
SHEET_MISSING = "没有这张表。请使用本页导出的工作簿。"
OTHER_ROUND = "这个文件不是本轮评价导出的：“{label}”应为 {slug}。"
HEADINGS_MISSING = "标题行缺少：{headings}。"
UNKNOWN_INDICATOR = "本轮评价没有这个序号的指标，或该项不分星级。"
UNKNOWN_KEY = "第 {number} 项指标没有这个代码的数据项。"
REPEATED_LINE = "第 {number} 项指标的这个数据项出现了两次。"
BAD_REVISION = "修订号被改动过，请填回导出时的数字，或重新导出。"
REVISIONS_DIFFER = "第 {number} 项指标各行的修订号应当相同。"
NO_RESULT = "公式没有计算结果。请在表格软件中打开并保存一次，或直接填写数字。"
NOT_A_NUMBER = "这里应填写数字，例如 1200 或 93.5%。"
YES_OR_NO = "这里应填写“是”或“否”，或留空。"
NO_SIDES_HERE = "这一项不用填写分子、分母。"
OTHER_SIDE_MISSING = "分子和分母应同时填写。"
CONTRADICTS_SIDES = "数值与分子、分母计算的结果不一致，请核对，或将数值留空。"

# Rows that may not be changed as the file would change them.
OTHER_DEPARTMENT = "第 {number} 项指标由其他部门填报，您不能修改。请恢复原来的内容。"
ALREADY_ACCEPTED = (
    "第 {number} 项指标已经审核通过，不能修改。请恢复原来的内容，或联系审核人员重新开放。"
)

# On the preview.
BLANK = "（空）"
NOTHING_CHOSEN = "请至少勾选一项指标。"
CHANGED_MEANWHILE = "您预览之后，又有人修改了指标，尚未保存任何内容。请重新核对下列改动。"
PREVIEW_UNREADABLE = "这次预览已失效，请重新选择文件导入。"
