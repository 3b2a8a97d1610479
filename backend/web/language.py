"""Which language a visitor or program is answered in: what the address says, else the browser."""

import re

from fastapi import Request

DEFAULT_LANGUAGE = "zh-CN"
LANGUAGES = (DEFAULT_LANGUAGE, "en")
# Set by the console for its own pages only: residents get no cookie for reading.
LANGUAGE_COOKIE = "minsheng_language"


def language_of(request: Request) -> str:
    """Return `zh-CN` or `en`: by `?lang=`, the console's cookie, `Accept-Language`, or Chinese."""
    chosen = asked_language(request) or _supported(request.cookies.get(LANGUAGE_COOKIE, ""))
    return chosen or accepted_language(request.headers.get("accept-language", ""))


def asked_language(request: Request) -> str | None:
    """Return the language that `?lang=` asks for, if it is one of ours."""
    return _supported(request.query_params.get("lang", ""))


def accepted_language(header: str) -> str:
    """Return our language that an `Accept-Language` header (RFC 9110, 12.5.4) prefers."""
    best, best_quality = DEFAULT_LANGUAGE, 0.0
    for part in header.split(","):
        tag, _, parameter = part.partition(";")
        language = _supported(tag)
        quality = _quality(parameter)
        if language is not None and quality > best_quality:
            best, best_quality = language, quality
    return best


def _supported(tag: str) -> str | None:
    primary = re.split(r"[-_]", tag.strip().lower())[0]
    return {"zh": "zh-CN", "en": "en"}.get(primary)


def _quality(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
