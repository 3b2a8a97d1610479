"""Jinja2 as all pages use it: escaped, strict about names, and in the reader's language.

A template gets one prepared value, `page`, and prints it; what it needs beyond that is global:
`_` and `ngettext`, `language`, `asset(name)` and `inline(name)`.
"""

from collections.abc import Callable, Mapping
from functools import cache

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from backend.web.assets import load_assets
from backend.web.catalogue import catalogue
from backend.web.language import language_of


def render(
    request: Request,
    name: str,
    page: object,
    *,
    language: str | None = None,
    status_code: int = 200,
    headers: Mapping[str, str] | None = None,
    **more: object,
) -> HTMLResponse:
    """Render a template for a request.

    Parameters
    ----------
    request
        Decides the language where `language` does not.
    name
        The template, such as `resident/done.html`.
    page
        What the template calls `page`.
    more
        Further names that a layout wants.
    """
    template = _environment(language or language_of(request)).get_template(name)
    content = template.render(page=page, **more)
    return HTMLResponse(content, status_code=status_code, headers=dict(headers or {}))


def translator(language: str) -> Callable[[str], str]:
    """Return what turns a message id into the reader's language."""
    return catalogue(language).gettext


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("templates", "."),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        # A template never changes while the server runs.
        auto_reload=False,
    )
    environment.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    assets = load_assets()
    environment.globals.update(language=language, asset=assets.path, inline=assets.inline)
    return environment
