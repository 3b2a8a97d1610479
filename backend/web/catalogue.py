"""The message catalogues: read from `templates/locale` when first needed, compiled in memory.

A message's id is its Simplified Chinese text, so Chinese needs no catalogue.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from backend.web.language import DEFAULT_LANGUAGE, LANGUAGES

LOCALE = files("templates") / "locale"


@cache
def catalogue(language: str) -> NullTranslations:
    """Return the messages of `zh-CN` or `en`; KeyError for another language."""
    if language not in LANGUAGES:
        raise KeyError(language)
    if language == DEFAULT_LANGUAGE:
        return NullTranslations()
    written = (LOCALE / language / "LC_MESSAGES" / "messages.po").read_bytes()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(written), locale=language, abort_invalid=True))
    compiled.seek(0)
    return GNUTranslations(compiled)
