"""What respondents type is cleaned without losing what they said."""

import pytest

from survey_forms.plain_text import half_width, many_lines, one_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  停车难  ", "停车难"),
        ("两行\r\n文字", "两行 文字"),
        ("nul\x00 and \x1besc", "nul and esc"),
        ("a \x00 b", "a b"),
        ("half a pair \ud800", "half a pair"),
        ("e\u0301", "é"),
        ("\u202egnp.exe", "gnp.exe"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("\x00\x01", ""),
    ],
)
def test_a_line_keeps_what_was_said(typed: str, kept: str) -> None:
    assert one_line(typed) == kept


def test_several_lines_keep_their_breaks() -> None:
    typed = "\n 第一行 \r\n\r\n第二行\t完\x07\r"

    kept = many_lines(typed)

    assert kept == "第一行\n\n第二行 完"


def test_full_width_digits_become_the_usual_ones() -> None:
    assert half_width("１８．５") == "18.5"
