"""What the spreadsheet program itself refuses to take in a cell, so that slips show at once."""

from typing import Literal

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from backend.ratings.sheets.workbook.layout import NO, YES, DataLine

# A figure by its measure's kind; the two sides of a ratio; a condition.
Kind = Literal[
    "share", "ratio", "change", "count", "quantity", "rank", "numerator", "denominator", "condition"
]
_ERRORS: dict[Kind, str] = {
    "share": "请填 0% 至 100% 之间的百分比。",
    "ratio": "请填不小于 0 的百分比。",
    "change": "请填百分比，下降填负数。",
    "count": "请填不小于 0 的整数。",
    "quantity": "请填不小于 0 的数。",
    "rank": "请填名次，1 为最好。",
    "numerator": "请填不小于 0 的数。",
    "denominator": "请填大于 0 的数。",
    "condition": f"请选择“{YES}”或“{NO}”。",
}


class Validations:
    """The rules of a sheet, one for all cells of a kind."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._by_kind: dict[Kind, DataValidation] = {}

    def add(self, kind: Kind, cell: str) -> None:
        """Hold a cell to the rule of a kind."""
        if kind not in self._by_kind:
            self._by_kind[kind] = _validation(kind)
            self._sheet.add_data_validation(self._by_kind[kind])
        self._by_kind[kind].add(cell)


def kind_of(line: DataLine) -> Kind:
    """Return the rule of a line's figure."""
    return line.measure.kind if line.measure else "condition"


def _validation(kind: Kind) -> DataValidation:
    rule = _rule(kind)
    rule.allow_blank = rule.showErrorMessage = True
    rule.errorTitle, rule.error = "填写有误", _ERRORS[kind]
    return rule


def _rule(kind: Kind) -> DataValidation:
    match kind:
        case "condition":
            return DataValidation(type="list", formula1=f'"{YES},{NO}"')
        case "share":
            return DataValidation(type="decimal", operator="between", formula1="0", formula2="1")
        case "change":
            return DataValidation(
                type="decimal", operator="between", formula1="-1E15", formula2="1E15"
            )
        case "count":
            return DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0")
        case "rank":
            return DataValidation(type="whole", operator="greaterThanOrEqual", formula1="1")
        case "denominator":
            return DataValidation(type="decimal", operator="greaterThan", formula1="0")
        case "ratio" | "quantity" | "numerator":
            return DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0")
