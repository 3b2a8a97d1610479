"""A form that was refused: all that was typed, and what is wrong, in the reader's language."""

from collections.abc import Iterable, Mapping

from backend.errors import FieldError, MinshengError
from backend.ratings.forms.views import FormView
from backend.web.wording import translate


def fault_texts(errors: Iterable[FieldError], language: str) -> dict[str, str]:
    """Return what is wrong, by field."""
    return {each.field: translate(each.message, language, each.arguments) for each in errors}


def refused_form(typed: Mapping[str, str], error: MinshengError, language: str) -> FormView:
    """Return the form with all that was typed, and what is wrong with each field."""
    return FormView(
        typed=typed,
        errors=fault_texts(error.errors, language),
        problem=translate(error.detail, language, error.arguments),
    )
