"""Raw form fields or JSON to Answers or Faults: the one place that says what an answer is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from survey_forms.conditions import references
from survey_forms.definition import Item, Questionnaire
from survey_forms.faults import Fault, Faults
from survey_forms.items import ChoiceItem, FormFields
from survey_forms.items.base import first_typed
from survey_forms.plain_text import one_line
from survey_forms.values import AnswerValue
from survey_forms.visibility import shown_items

OTHER_MAX_LENGTH = 200

__all__ = ["OTHER_MAX_LENGTH", "Answers", "Fault", "Faults", "raw_from_form", "read_answers"]


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of one respondent, all of them right, in the order of the questionnaire.

    `values` maps item keys to answers, and `KEY.other` to the text of an "other" choice; items
    that were not answered or not shown are absent. `shown` tells the two apart.
    """

    values: Mapping[str, AnswerValue]
    shown: frozenset[str]

    def to_json(self) -> dict[str, object]:
        """Return the answers as JSON values, for storage; `read_answers` takes them back."""
        return {key: _as_json(value) for key, value in self.values.items()}


def raw_from_form(questionnaire: Questionnaire, fields: FormFields) -> dict[str, object]:
    """Return the raw answers in submitted form fields, shaped as in the JSON interface.

    Field names are `KEY`, `KEY.ROW` for a matrix and `KEY.other` for the text of an "other"
    choice. Fields that belong to no item are left alone: they are the page's own.
    """
    raw: dict[str, object] = {}
    for item in questionnaire.items:
        raw[item.key] = item.raw_from_form(fields)
        if item.takes_other_text:
            raw[_other(item)] = first_typed(fields, _other(item))
    return {key: value for key, value in raw.items() if value is not None}


def read_answers(questionnaire: Questionnaire, raw: Mapping[str, object]) -> Answers | Faults:
    """Return the answers in `raw`, or everything that is wrong with them; never raises.

    An empty text, list or object and null are no answer. Answers to items that are not shown are
    dropped unread, and such items are never required.
    """
    read = {item.key: _read_item(item, raw) for item in questionnaire.items}
    wrong = {key: found for key, found in read.items() if isinstance(found, Faults)}
    values = {
        key: value
        for key, value in read.items()
        if value is not None and not isinstance(value, Faults)
    }
    shown = shown_items(questionnaire, values)
    faults: list[Fault] = []
    kept: dict[str, AnswerValue] = {}
    for item in questionnaire.items:
        if item.key not in shown:
            continue
        if item.key in wrong:
            faults.extend(wrong[item.key])
        elif item.key in values:
            kept[item.key] = values[item.key]
            _read_other(item, raw, kept, faults)
        elif item.required and not _hangs_on(item, questionnaire, wrong):
            faults.append(item.fault("required"))
    faults.extend(_unknown(questionnaire, raw))
    return Faults(tuple(faults)) if faults else Answers(kept, shown)


def _read_item(item: Item, raw: Mapping[str, object]) -> AnswerValue | Faults | None:
    written = raw.get(item.key)
    return None if _is_empty(written) else item.parse(written)


def _is_empty(written: object) -> bool:
    if isinstance(written, str):
        return not written.strip()
    return written is None or (isinstance(written, (list, tuple, Mapping)) and not written)


def _read_other(
    item: Item, raw: Mapping[str, object], kept: dict[str, AnswerValue], faults: list[Fault]
) -> None:
    """Add the text of a chosen "other" choice to `kept`; the text of one not chosen is dropped."""
    if not isinstance(item, ChoiceItem) or item.other_choice is None:
        return
    answer, written = kept[item.key], raw.get(_other(item))
    chosen = (answer,) if isinstance(answer, str) else answer
    if not isinstance(chosen, tuple) or item.other_choice.code not in chosen or _is_empty(written):
        return
    if not isinstance(written, str):
        faults.append(item.fault("wrong_type", row="other", expected="text"))
    elif len(said := one_line(written)) > OTHER_MAX_LENGTH:
        faults.append(item.fault("too_long", row="other", maximum=OTHER_MAX_LENGTH))
    elif said:
        kept[_other(item)] = said


def _hangs_on(item: Item, questionnaire: Questionnaire, wrong: Mapping[str, Faults]) -> bool:
    """Return whether the item is shown only because of an answer that is itself wrong.

    Asking for it then would be premature: once that answer is corrected it may be hidden.
    """
    section = next(part for part in questionnaire.sections if item in part.items)
    read = references(section.show_if) | references(item.show_if)
    return any(name.partition(".")[0] in wrong for name in read)


def _unknown(questionnaire: Questionnaire, raw: Mapping[str, object]) -> Iterator[Fault]:
    known = {item.key for item in questionnaire.items}
    known |= {_other(item) for item in questionnaire.items if item.takes_other_text}
    for key in raw:
        if key not in known:
            yield Fault(one_line(str(key))[:100], "unknown_item")


def _other(item: Item) -> str:
    return f"{item.key}.other"


def _as_json(value: AnswerValue) -> object:
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value
