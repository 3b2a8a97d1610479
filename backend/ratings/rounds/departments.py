"""Reads names of departments as people type them, several in one field."""

import re
from collections.abc import Iterator

from backend.errors import FieldError

# Comma, semicolon and 、, full width too.
_BETWEEN = re.compile(r"[\s,;\u3001\uff0c\uff1b]+")
# Kept in one column, joined by 、; a row with more departments than fit has nobody in charge.
JOINED_BY = "、"
LONGEST_NAME = 100
LONGEST_TOGETHER = 400
MISSING = "请填写至少一个部门；有多个部门时用顿号隔开，牵头部门写在最前面。"
TOO_LONG = "部门名称过长：每个不超过 100 个字，合计不超过 400 个字。"


def read_departments(text: str) -> tuple[str, ...]:
    """Return the departments named in a text, each once, the leading one first."""
    names = (name.strip() for name in _BETWEEN.split(text))
    return tuple(dict.fromkeys(name for name in names if name))


def department_faults(field: str, departments: tuple[str, ...]) -> Iterator[FieldError]:
    """Yield what is wrong with the departments of a row."""
    if not departments:
        yield FieldError(field, MISSING)
    elif len(JOINED_BY.join(departments)) > LONGEST_TOGETHER or any(
        len(name) > LONGEST_NAME for name in departments
    ):
        yield FieldError(field, TOO_LONG)
