"""What every form takes and refuses, whatever its fields."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.ratings.forms.typed import TypedForm, revision_of

TODAY = date(2024, 10, 31)


@given(st.text())
def test_what_no_database_takes_is_refused(text: str) -> None:
    form = TypedForm({"line": text, "text": text, "link": text})

    taken = (form.line("line", 300), form.text("text", 300), form.link("link", 300))

    refused = {each.field for each in form.faults}
    assert all(
        name in refused or "\x00" not in value
        for name, value in zip(("line", "text", "link"), taken, strict=True)
    )


@given(st.dates(max_value=date(2030, 1, 1)))
def test_a_day_is_refused_just_when_it_lies_ahead(day: date) -> None:
    form = TypedForm({"day": day.isoformat()})

    form.day("day", TODAY)

    assert bool(form.faults) is (day > TODAY)


@pytest.mark.parametrize(
    ("typed", "revision"),
    [("3", 3), ("", 0), ("-1", 0), ("三", 0), ("\u0663", 0), ("9" * 5000, 0)],
)
def test_a_revision_that_no_entry_has_is_none(typed: str, revision: int) -> None:
    assert revision_of({"revision": typed}) == revision
