"""The weighting variables are items that put each respondent into one category."""

from collections.abc import Iterator

from survey_forms.draft import Draft, DraftItem
from survey_forms.structure import Found, nearest
from survey_forms.yaml_document import Path


def variables_are_known(draft: Draft) -> Iterator[Found]:
    """Find variables that are no single or division item, named twice, or often unanswered."""
    variables = () if draft.weighting is None else draft.weighting.variables
    for number, key in enumerate(variables):
        path: Path = ("weighting", "variables", number)
        item = draft.find(key)
        if key in variables[:number]:
            yield Found("duplicate_weighting_variable", path, {"variable": key})
        elif item is None:
            arguments = {"variable": key, "nearest": nearest(key, draft.item_keys)}
            yield Found("unknown_weighting_variable", path, arguments)
        elif item.kind not in {"single", "division", ""}:
            arguments = {"variable": key, "kind": item.kind}
            yield Found("weighting_variable_kind", path, arguments)
        else:
            yield from _often_unanswered(path, key, item)


def _often_unanswered(path: Path, key: str, item: DraftItem) -> Iterator[Found]:
    """Find variables that a respondent may leave without a category, which biases the weights."""
    if item.is_conditional:
        yield Found("weighting_variable_hidden", path, {"variable": key})
    if item.item is not None and not item.item.required:
        yield Found("weighting_variable_optional", path, {"variable": key})
