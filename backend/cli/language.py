"""In which language a command answers its user: Chinese, or English where that is asked for."""

import os
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

import typer


class Language(StrEnum):
    """The languages of the catalogue."""

    CHINESE = "zh-CN"
    ENGLISH = "en"


Lang = Annotated[
    Language | None,
    typer.Option(
        "--lang",
        help="Language of the answer; if not given, English in an English locale, else Chinese.",
        show_default=False,
    ),
]
Translate = Callable[[str], str]


def translator(asked: Language | None) -> Translate:
    """Return the catalogue's function for the language asked for, or else the terminal's."""
    from backend.web.catalogue import catalogue

    return catalogue(asked or _terminal_language()).gettext


def _terminal_language() -> Language:
    """Read the locale, which names a territory at most; C and POSIX say nothing of a language."""
    # The first of these that is set decides (POSIX.1-2017, 8.2).
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((value for name in names if (value := os.environ.get(name))), "")
    return Language.ENGLISH if locale.lower().startswith("en") else Language.CHINESE
