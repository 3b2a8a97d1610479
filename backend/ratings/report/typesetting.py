"""The report as PDF, and its charts as pictures, set by Typst in a font that comes along.

Text goes in as data, never as source: nothing that staff typed is read as markup. The same input
gives the same bytes on every machine, since no font of the machine is used.
"""

import json
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import typst

from backend.ratings.report.plain_text import printable_data

TEMPLATES = Path(str(files("templates"))) / "ratings" / "report"
# The package that carries Noto Sans CJK.
FONTS = Path(str(files("manimgx_fonts_cjk")))
# Dots per inch of a chart in a Word file.
_PPI = 200


def typeset(name: str, data: Any, made_at: datetime) -> bytes:
    """Return a template set with that data as PDF; `made_at` is the time that the PDF tells."""
    return typst.compile(
        TEMPLATES / name,
        root=TEMPLATES,
        font_paths=_fonts(),
        format="pdf",
        sys_inputs=_inputs(data),
        timestamp=int(made_at.timestamp()),
    )


def draw(name: str, data: Any, file_type: Literal["svg", "png"]) -> bytes:
    """Return a template of one page set with that data as a picture."""
    return typst.compile(
        TEMPLATES / name,
        root=TEMPLATES,
        font_paths=_fonts(),
        format=file_type,
        ppi=_PPI,
        sys_inputs=_inputs(data),
    )


def _inputs(data: Any) -> dict[str, str]:
    shown = printable_data(data)
    return {"data": json.dumps(shown, ensure_ascii=False, allow_nan=False)}


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[FONTS],
    )
