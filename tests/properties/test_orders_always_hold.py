"""Shuffling shows the same choices in another order, the same one for the same respondent."""

from hypothesis import given
from hypothesis import strategies as st

from survey_forms.items.choices import Choice, ChoiceItem
from tests.builders import a_choice, a_questionnaire, an_item

CHOICES = [
    a_choice("a"),
    a_choice("none", exclusive=True),
    a_choice("b"),
    a_choice("else", other=True),
    a_choice("c"),
    a_choice("d"),
]
ITEM = a_questionnaire(items=[an_item("multiple", choices=CHOICES, order="shuffled")]).items[0]


def in_order(seed: int) -> tuple[Choice, ...]:
    assert isinstance(ITEM, ChoiceItem)
    return ITEM.choices_in_order(seed)


@given(st.integers())
def test_a_shuffle_is_a_permutation_and_the_same_every_time(seed: int) -> None:
    shown = in_order(seed)

    assert sorted(choice.code for choice in shown) == ["a", "b", "c", "d", "else", "none"]
    assert in_order(seed) == shown


@given(st.integers())
def test_other_and_exclusive_choices_stay_last_as_written(seed: int) -> None:
    assert [choice.code for choice in in_order(seed)[-2:]] == ["none", "else"]


def test_every_choice_comes_first_about_equally_often() -> None:
    first = [in_order(seed)[0].code for seed in range(4000)]

    assert all(900 < first.count(code) < 1100 for code in "abcd")
