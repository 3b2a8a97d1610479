"""All rules together: the table, and what holds for each of them."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import AnalysisError
from analysis.quality import (
    RULE_NAMES,
    Attention,
    Bursts,
    Duplicates,
    Implausible,
    LongString,
    LowVariability,
    Parameters,
    ResponseSet,
    Speeding,
    StraightLining,
    flag,
)
from tests.analysis.quality.response_sets import a_response_set

ALL: tuple[Parameters, ...] = (
    Speeding(seconds_per_item=30),
    StraightLining(("fields",), min_rows=3),
    LongString(3),
    LowVariability(("fields",), least_sd=0.6, min_rows=3),
    Attention(),
    Duplicates(by=("device", "identity")),
    Bursts(most=2, minutes=1),
    Implausible(),
)


def a_mixed_set(n: int, seed: int) -> ResponseSet:
    generator = np.random.default_rng(seed)
    return a_response_set(
        n,
        seconds=generator.exponential(200, n),
        submitted_at=generator.integers(0, 600, n),
        levels=["".join(generator.choice(list("345-"), 4)) for _ in range(n)],
        failed_checks=generator.integers(0, 2, n),
        contradictions=generator.integers(0, 2, n),
        device=generator.integers(-1, n, n),
        identity=generator.integers(-1, n, n),
        network=generator.integers(-1, 3, n),
    )


def reordered(responses: ResponseSet, order: np.ndarray) -> ResponseSet:
    columns = {
        field.name: getattr(responses, field.name)[order]
        for field in dataclasses.fields(responses)
        if field.name not in {"matrices", "sources"}
    }
    sources = {name: column[order] for name, column in responses.sources.items()}
    return ResponseSet(matrices=responses.matrices, sources=sources, **columns)


@given(st.integers(0, 60), st.integers(0, 2**32 - 1))
def test_responses_in_another_order_get_the_same_flags_in_that_order(n: int, seed: int) -> None:
    responses = a_mixed_set(n, seed)
    order = np.random.default_rng(seed + 1).permutation(n)

    as_given, permuted = flag(responses, ALL), flag(reordered(responses, order), ALL)

    for one, other in zip(as_given, permuted, strict=True):
        assert np.array_equal(one.flagged[order], other.flagged)
        assert np.array_equal(one.value[order], other.value, equal_nan=True)
        assert np.array_equal(one.limit[order], other.limit, equal_nan=True)


def test_every_rule_is_in_the_table_under_its_name() -> None:
    assert tuple(flags.rule for flags in flag(a_mixed_set(3, 1), ALL)) == RULE_NAMES


def test_whatever_is_flagged_has_a_value_and_a_limit() -> None:
    for flags in flag(a_mixed_set(60, 3), ALL):
        assert flags.flagged.any()
        assert np.isfinite(flags.value[flags.flagged]).all()
        assert np.isfinite(flags.limit[flags.flagged]).all()


def test_columns_of_other_lengths_are_refused() -> None:
    with pytest.raises(AnalysisError) as error:
        a_response_set(2, seconds=[1.0])

    assert error.value.arguments == {"column": "seconds", "expected": 2}


def test_a_source_that_was_not_given_is_refused() -> None:
    with pytest.raises(AnalysisError) as error:
        flag(a_response_set(1), [Duplicates(by=("telephone",))])

    assert error.value.code == "unknown_source"
