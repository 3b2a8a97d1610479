"""Text without what no document can show: the control characters that XML cannot hold either."""

import re
from typing import Any

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Return the text without control characters."""
    return _CONTROL.sub("", text)


def printable_data(data: Any) -> Any:
    """Return mappings and sequences with all their texts made printable."""
    if isinstance(data, str):
        return printable(data)
    if isinstance(data, dict):
        return {key: printable_data(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [printable_data(each) for each in data]
    return data
