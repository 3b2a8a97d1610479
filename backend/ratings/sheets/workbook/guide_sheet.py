"""The third sheet: how to fill in the second, and which round the file is of."""

from datetime import date

from openpyxl.worksheet.worksheet import Worksheet

from backend.ratings.rounds.round import Round
from backend.ratings.sheets.workbook.cells import (
    BOLD,
    fit_height,
    put_text,
    set_up_printing,
    set_widths,
)
from backend.ratings.sheets.workbook.layout import DATA_SHEET, GUIDE_SHEET, NO, ROUND_LABEL, YES

_WIDTHS = (20.0, 100.0)
_GUIDE = (
    (
        "填在哪里",
        f"只在“{DATA_SHEET}”表的黄色单元格中填写“数值”“分子”“分母”三列，其余各列请不要改动。",
    ),
    (
        "百分比",
        "填 93% 或 0.93，都表示百分之九十三。",
    ),
    (
        "分子和分母",
        "能够提供分子、分母的，请填分子和分母，“数值”留空，由系统计算。",
    ),
    (
        "是或否",
        f"填“{YES}”或“{NO}”。填“{YES}”的，提交前还需在系统中上传佐证材料。",
    ),
    (
        "还没有数据",
        "留空。留空表示暂无数据，不表示 0。清空原有内容，导入后系统中的数据也会清空。",
    ),
    (
        "公式",
        "可以用公式计算，导入时取计算结果。请先在表格软件中保存一次，使结果写入文件。",
    ),
    (
        "导入",
        "在系统的“导入导出”页面上传本文件（.xlsx）。系统先列出将要改动的内容，确认后才会保存；"
        "导出之后他人改过的指标会单独列出，由您决定是否覆盖。",
    ),
    (
        "修订号",
        "系统用它判断导出之后有没有他人修改，请不要改动。",
    ),
)


def write_guide(sheet: Worksheet, round_: Round, exported_on: date) -> None:
    """Write what the file is of, then the guide."""
    set_widths(sheet, _WIDTHS)
    lines = (
        ("说明", GUIDE_SHEET),
        ("评价轮次", f"{round_.area_name}　{round_.title}"),
        (ROUND_LABEL, round_.slug),
        ("导出日期", exported_on.isoformat()),
        *_GUIDE,
    )
    for at, (label, text) in enumerate(lines, start=1):
        put_text(sheet, at, 1, label).font = BOLD
        put_text(sheet, at, 2, text)
        fit_height(sheet, at, _WIDTHS)
    set_up_printing(sheet, head_rows=1)
    sheet.protection.sheet = True
