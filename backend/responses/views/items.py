"""One question as its template shows it; the answer fields themselves are made in `bodies`."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from backend.responses.views.bodies import body_of
from backend.responses.views.fields import Body, Typing
from backend.responses.views.when import when_to_answer
from survey_forms.definition import Item, Questionnaire


@dataclass(frozen=True)
class ItemView:
    """One question.

    `field` is its form name and the stem of its ids. `show_if` is the condition as JSON, "" for
    none; `when` says the same to those without JavaScript.
    """

    field: str
    kind: str
    template: str
    title: str
    help: str
    is_required: bool
    error: str
    show_if: str
    when: str
    body: Body


def item_views(
    questionnaire: Questionnaire, items: Sequence[Item], typing: Typing
) -> tuple[ItemView, ...]:
    """Return the views of some questions of a questionnaire."""
    return tuple(
        ItemView(
            field=item.key,
            kind=item.kind,
            template=f"items/{item.kind}.html",
            title=item.title.in_language(typing.language),
            help=item.help.in_language(typing.language) if item.help else "",
            is_required=item.required,
            error=typing.errors.get(item.key, ""),
            show_if=condition_text(item.show_if),
            when=when_to_answer(questionnaire, item, typing.language),
            body=body_of(item, typing),
        )
        for item in items
    )


def condition_text(condition: object) -> str:
    """Return a condition as the JSON that the browser evaluates; "" for none."""
    if condition is None:
        return ""
    return json.dumps(condition, ensure_ascii=False, separators=(",", ":"))
