"""Every text is there in every language that the questionnaire declares."""

from collections.abc import Iterator, Mapping

from survey_forms.draft import Draft
from survey_forms.structure import Found
from survey_forms.texts import LANGUAGES
from survey_forms.yaml_document import Path


def in_every_language(draft: Draft) -> Iterator[Found]:
    """Find texts without a declared language, and languages that are not declared."""
    declared = draft.languages
    if declared and "zh-CN" not in declared:
        yield Found("chinese_not_declared", ("languages",), {})
    for number, language in enumerate(declared):
        if language in declared[:number]:
            yield Found("duplicate_language", ("languages", number), {"language": language})
    for path, text in _texts(draft.document.data, ()):
        for language in LANGUAGES:
            if language in declared and language not in text and language != "zh-CN":
                written = str(text.get("zh-CN") or "")[:20]
                arguments = {"language": language, "text": written}
                yield Found("missing_translation", path, arguments)
            if language not in declared and language in text and "zh-CN" in declared:
                yield Found("undeclared_language", (*path, language), {"language": language})


def _texts(data: object, path: Path) -> Iterator[tuple[Path, Mapping[str, object]]]:
    """Walk to every mapping that has a language for a key: nothing else in a definition has."""
    if isinstance(data, Mapping):
        if any(language in data for language in LANGUAGES):
            yield path, data
            return
        for key, value in data.items():
            yield from _texts(value, (*path, key))
    elif isinstance(data, tuple):
        for number, entry in enumerate(data):
            yield from _texts(entry, (*path, number))
