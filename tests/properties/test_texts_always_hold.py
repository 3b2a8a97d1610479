"""Cleaning a text twice changes nothing more, and what it leaves can be stored anywhere."""

from hypothesis import given

from survey_forms.plain_text import many_lines, one_line
from tests.properties.strategies import any_text


@given(any_text)
def test_a_cleaned_line_stays_as_it_is(typed: str) -> None:
    cleaned = one_line(typed)

    assert one_line(cleaned) == cleaned
    assert "\x00" not in cleaned
    assert cleaned.encode().decode() == cleaned


@given(any_text)
def test_cleaned_lines_stay_as_they_are(typed: str) -> None:
    cleaned = many_lines(typed)

    assert many_lines(cleaned) == cleaned
    assert "\x00" not in cleaned
