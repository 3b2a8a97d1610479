"""A YAML text is read into plain values, and each of them knows its line."""

import pytest

from survey_forms.yaml_document import Position, read_document

TEXT = """\
title:
  zh-CN: 调查
items:
  - {key: a, show_if: {"==": [1, 2]}}
  - key: b
"""


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        (("title",), 1, 1),
        (("title", "zh-CN"), 2, 3),
        (("items", 0), 4, 5),
        (("items", 0, "show_if", "=="), 4, 24),
        (("items", 0, "show_if", "==", 1), 4, 34),
        (("items", 1, "key"), 5, 5),
    ],
)
def test_every_part_knows_its_line_and_column(
    path: tuple[str | int, ...], line: int, column: int
) -> None:
    assert read_document(TEXT).position(path) == Position(line, column)


def test_a_part_that_is_missing_stands_where_it_should_have_been() -> None:
    document = read_document(TEXT)

    assert document.position(("items", 1, "title", "zh-CN")) == Position(5, 5)
    assert document.position(("notice",)) == Position(1, 1)


def test_values_are_plain_and_lists_are_tuples() -> None:
    text = 'a: [1, 2.5, true, null, "1", 2023-01-01]\n1: yes\nno: 1e400\n'

    data = read_document(text).data

    assert data == {
        "a": (1, 2.5, True, None, "1", "2023-01-01"),
        "1": True,
        "no": "1e400",
    }


def test_a_character_that_cannot_be_seen_is_named_with_its_place() -> None:
    (finding,) = read_document("title: a\nkey: b\x1fc\n").findings

    assert (finding.line, finding.column) == (2, 7)
    assert finding.arguments == {"character": "U+001F"}


def test_a_key_written_twice_names_the_first_line_and_keeps_the_first_value() -> None:
    document = read_document("a: 1\nb: 2\na: 3\n")

    (finding,) = document.findings
    assert (finding.line, finding.arguments) == (3, {"key": "a", "first_line": "1"})
    assert document.data == {"a": 1, "b": 2}
