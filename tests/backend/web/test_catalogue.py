import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from backend.web.catalogue import catalogue

ROOT = Path(__file__).parents[3]
LOCALE = ROOT / "templates" / "locale"


def english() -> Catalog:
    with open(LOCALE / "en" / "LC_MESSAGES" / "messages.po", "rb") as file:
        return read_po(file, locale="en")


@cache
def messages_in_use() -> frozenset[str | tuple[str, ...]]:
    with open(LOCALE / "babel.cfg") as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT, methods, options, directory_filter=_is_ours)
    return frozenset(message for _file, _line, message, *_ in found)


def _is_ours(folder: str) -> bool:
    parts = Path(folder).relative_to(ROOT).parts
    return parts[0] in {"backend", "templates"}


def test_every_message_has_its_english() -> None:
    catalog = english()

    missing = {
        message
        for message in messages_in_use()
        if (entry := catalog.get(message)) is None or not all(_texts(entry.string))
    }

    assert not missing


def test_no_english_is_doubtful_or_left_over() -> None:
    in_use = messages_in_use()

    for entry in english():
        if entry.id:
            assert not entry.fuzzy, entry.id
            assert entry.id in in_use, entry.id


def test_english_fills_in_what_chinese_fills_in() -> None:
    for entry in english():
        if entry.id:
            assert [str(error) for error in entry.check()] == []
            assert _placeholders(_texts(entry.id)[0]) == _placeholders(_texts(entry.string)[-1])


def test_english_is_the_message_id_in_english() -> None:
    assert catalogue("en").gettext("提交") == "Submit"


def test_chinese_needs_no_catalogue() -> None:
    assert catalogue("zh-CN").gettext("提交") == "提交"


def test_there_is_no_third_language() -> None:
    with pytest.raises(KeyError):
        catalogue("fr")


def _texts(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else text


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)s|(?<!\{)\{\w+\}(?!\})", text))
