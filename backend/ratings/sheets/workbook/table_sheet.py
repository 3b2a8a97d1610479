"""The first sheet: the official table, followed by where each row stands in the round."""

from collections.abc import Collection
from itertools import groupby

from openpyxl.worksheet.worksheet import Worksheet

from analysis.rating.levels import reach
from analysis.rating.standard import Indicator, LeveledIndicator, Standard
from backend.ratings.rounds.figures import to_figures
from backend.ratings.rounds.round import Round, Row
from backend.ratings.rounds.wording import STATE_WORDS
from backend.ratings.sheets.workbook.cells import (
    CENTRE,
    TITLE,
    fit_height,
    put_heading,
    put_text,
    set_up_printing,
    set_widths,
)

_HEAD_ROW = 3
_NONE = "——"
# Column widths by heading; requirements by their own.
_WIDTHS = {
    "一级指标": 11.0,
    "二级指标": 13.0,
    "序号": 6.0,
    "三级指标": 18.0,
    "指标释义": 52.0,
    "牵头部门": 17.0,
    "现有等级": 12.0,
    "状态": 9.0,
    "截止日期": 12.0,
    "填报说明": 26.0,
}
_REQUIREMENT_WIDTH = 30.0


def write_table(sheet: Worksheet, round_: Round, readable: Collection[int]) -> None:
    """Write every indicator of the standard, with the round's state of those that have levels.

    Notes are written for the `readable` indicators.
    """
    standard = round_.standard
    headings = _headings(standard)
    widths = tuple(_WIDTHS.get(heading, _REQUIREMENT_WIDTH) for heading in headings)
    set_widths(sheet, widths)
    _write_title(sheet, round_, len(headings))
    for at, heading in enumerate(headings, start=1):
        put_heading(sheet, _HEAD_ROW, at, heading)
    at = _HEAD_ROW + 1
    for table, indicators in groupby(standard.indicators, key=lambda each: each.table):
        if table is not None:
            _write_across(sheet, at, len(headings), table)
            at += 1
        first = at
        for indicator in indicators:
            _write_row(sheet, at, indicator, round_, headings)
            row = round_.row(indicator.number)
            if row is not None and row.number in readable:
                put_text(sheet, at, headings.index("填报说明") + 1, row.note)
            fit_height(sheet, at, widths)
            at += 1
        _merge_headings(sheet, first, at - 1)
    for star in standard.stars:
        _write_across(sheet, at, len(headings), star.text)
        at += 1
    set_up_printing(sheet, head_rows=_HEAD_ROW)


def explanation(indicator: Indicator) -> str:
    """Return the definition as the document has it: definition, formulas, then its notes."""
    formulas = [each for each in indicator.formulas if each not in indicator.definition]
    # Where the document has only a formula, the definition repeats what it names.
    is_named_by_formula = any(each.startswith(f"{indicator.definition}=") for each in formulas)
    lines = [] if is_named_by_formula else [indicator.definition]
    lines += formulas
    if indicator.notes:
        lines += ["注:", *indicator.notes]
    return "\n".join(lines)


def _headings(standard: Standard) -> tuple[str, ...]:
    requirements = [f"{standard.level_names[level]}要求" for level in standard.levels]
    third = ["三级指标"] if _has_third_level(standard) else []
    before = ["一级指标", "二级指标", "序号", *third, "指标释义"]
    return (
        *before,
        *requirements,
        "牵头部门",
        "现有等级",
        "状态",
        "截止日期",
        "填报说明",
    )


def _has_third_level(standard: Standard) -> bool:
    """Whether the table has a third level; in that of 2020 the second is the indicator itself."""
    return any(each.name != each.second for each in standard.indicators)


def _write_title(sheet: Worksheet, round_: Round, columns: int) -> None:
    _write_across(sheet, 1, columns, round_.standard.document.table)
    title = sheet.cell(1, 1)
    title.font, title.alignment = TITLE, CENTRE
    sheet.row_dimensions[1].height = 30
    text = f"{round_.area_name}　{round_.title}　评价日期：{round_.as_of.isoformat()}"
    _write_across(sheet, 2, columns, text)
    sheet.row_dimensions[2].height = 20


def _write_across(sheet: Worksheet, row: int, columns: int, text: str) -> None:
    put_text(sheet, row, 1, text)
    for at in range(2, columns + 1):
        put_text(sheet, row, at, "")
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)


def _write_row(
    sheet: Worksheet,
    at: int,
    indicator: Indicator,
    round_: Round,
    headings: tuple[str, ...],
) -> None:
    row = round_.row(indicator.number)
    values = {
        "一级指标": indicator.first,
        "二级指标": indicator.second,
        "三级指标": indicator.name,
        "指标释义": explanation(indicator),
        **_requirements(indicator, round_.standard),
        "牵头部门": "、".join(row.departments if row else indicator.departments) or _NONE,
        **_standing(row, round_.standard),
    }
    for column, heading in enumerate(headings, start=1):
        put_text(sheet, at, column, values.get(heading, ""))
        if heading not in ("指标释义", "填报说明") and not heading.endswith("要求"):
            sheet.cell(at, column).alignment = CENTRE
    sheet.cell(at, headings.index("序号") + 1).value = indicator.number
    due = sheet.cell(at, headings.index("截止日期") + 1)
    if row is not None:
        due.value, due.number_format = row.due_on, "yyyy-mm-dd"
    if not isinstance(indicator, LeveledIndicator):
        _merge_requirements(sheet, at, headings)


def _requirements(indicator: Indicator, standard: Standard) -> dict[str, str]:
    columns = {level: f"{standard.level_names[level]}要求" for level in standard.levels}
    if not isinstance(indicator, LeveledIndicator):
        # One sentence stands across the three columns.
        return {columns[standard.levels[0]]: indicator.text}
    texts = {}
    for level, column in columns.items():
        requirement = indicator.requirements.get(level)
        points = f"({requirement.points:g}分)" if requirement and requirement.points else ""
        texts[column] = f"{requirement.text}{points}" if requirement else "/"
    return texts


def _standing(row: Row | None, standard: Standard) -> dict[str, str]:
    if row is None:
        return {"现有等级": _NONE, "状态": _NONE, "截止日期": _NONE}
    reached = reach(row.indicator, to_figures(row.figures))
    if reached.status == "not_assessed":
        level = "未填"
    else:
        level = standard.level_names[reached.level] if reached.level else "未达到"
        level += "" if reached.is_settled else "\n（数据不全）"
    return {"现有等级": level, "状态": STATE_WORDS[row.state]}


def _merge_requirements(sheet: Worksheet, at: int, headings: tuple[str, ...]) -> None:
    columns = [
        column for column, heading in enumerate(headings, start=1) if heading.endswith("要求")
    ]
    sheet.merge_cells(start_row=at, end_row=at, start_column=columns[0], end_column=columns[-1])


def _merge_headings(sheet: Worksheet, first: int, last: int) -> None:
    """Join equal first- and second-level headings, the second within the first."""
    rows = range(first, last + 1)
    # The second first: joining empties the cells that are joined.
    for columns in ((1, 2), (1,)):
        for _, run in groupby(rows, key=lambda at: _values(sheet, at, columns)):
            joined = list(run)
            sheet.merge_cells(
                start_row=joined[0],
                end_row=joined[-1],
                start_column=columns[-1],
                end_column=columns[-1],
            )


def _values(sheet: Worksheet, row: int, columns: tuple[int, ...]) -> list[object]:
    return [sheet.cell(row, column).value for column in columns]
