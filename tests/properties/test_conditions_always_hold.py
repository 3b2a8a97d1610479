"""Any expression of the table has one result, and so have JavaScript's comparisons."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from survey_forms.conditions import OPERATORS, evaluate, references
from survey_forms.javascript import at_most, less_than, loosely_equal, strictly_equal, to_number
from tests.properties.strategies import any_json

NAMES = st.sampled_from(["overall", "fields.health", "fields", "sex", "nowhere"])
plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
values = st.dictionaries(st.sampled_from(["overall", "fields", "sex"]), any_json)
expressions = st.recursive(
    plain | st.builds(lambda name: {"var": name}, NAMES),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.builds(
            lambda name, operands: {name: operands}, st.sampled_from(sorted(OPERATORS)), inner
        )
        | st.builds(
            lambda name, operands: {name: operands},
            st.sampled_from(sorted(OPERATORS)),
            st.lists(inner, max_size=3),
        )
    ),
    max_leaves=10,
)


@given(expressions, values)
def test_an_expression_has_the_same_result_every_time(
    expression: object, answers: dict[str, Any]
) -> None:
    first = evaluate(expression, answers)

    assert isinstance(first, bool)
    assert evaluate(expression, answers) is first


@given(expressions)
def test_references_of_any_expression_are_names(expression: object) -> None:
    assert all(isinstance(name, str) for name in references(expression))


@given(any_json, any_json)
def test_equality_goes_both_ways_and_strict_implies_loose(left: object, right: object) -> None:
    assert loosely_equal(left, right) is loosely_equal(right, left)
    assert strictly_equal(left, right) is strictly_equal(right, left)
    assert loosely_equal(left, right) or not strictly_equal(left, right)


@given(plain, plain)
def test_less_implies_at_most_and_never_goes_both_ways(left: object, right: object) -> None:
    assert at_most(left, right) or not less_than(left, right)
    assert not (less_than(left, right) and less_than(right, left))


@given(st.floats(allow_nan=False))
def test_a_number_within_a_list_is_read_back_as_itself(number: float) -> None:
    assert to_number([number]) == number
