"""Stored responses as the rules read them, and the rules of a questionnaire."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from analysis.quality import (
    RULES,
    Attention,
    Bursts,
    Duplicates,
    Implausible,
    LongString,
    LowVariability,
    Speeding,
    StraightLining,
    flag,
)
from backend.fieldwork.screening import Evidence, StoredResponse, evidence, response_set, rules_of
from survey_forms.definition import Quality
from tests.builders import a_questionnaire

AT = datetime(2024, 3, 1, 4, 0, tzinfo=UTC)
PLAIN = StoredResponse(1, AT, None, "45n", None, None, None, None)


def test_a_rule_is_taken_over_with_its_parameters() -> None:
    quality = Quality.model_validate(
        {
            "speeding": {"share_of_median": 0.3, "seconds_per_item": 1},
            "straight_lining": {
                "matrices": ("fields",),
                "min_rows": 4,
                "longest_run": 8,
                "least_sd": 0.3,
            },
            "attention": ({"item": "sex", "expected": "male"},),
            "duplicates": {"by": ("identity",)},
            "bursts": {"most": 5, "minutes": 2},
            "implausible": ({"key": "odd", "title": {"zh-CN": "矛盾"}, "when": {"var": "sex"}},),
        }
    )

    rules = rules_of(quality)

    assert rules == (
        Speeding(0.3, 1),
        StraightLining(("fields",), 4),
        LongString(8),
        LowVariability(("fields",), 0.3, 4),
        Attention(),
        Duplicates(("identity",)),
        Bursts(5, 2),
        Implausible(),
    )
    assert {type(parameters) for parameters in rules} == set(RULES)


def test_a_survey_without_rules_flags_nothing() -> None:
    assert rules_of(None) == ()
    assert rules_of(Quality()) == ()


def test_levels_and_what_was_shown_are_read_from_the_coded_line() -> None:
    rows = [replace(PLAIN, levels="45n"), replace(PLAIN, id=2, levels="1-.")]

    responses = response_set(a_questionnaire(), [rows])

    assert responses.levels.tolist() == [[4, 5, 0], [1, 0, 0]]
    assert responses.shown.tolist() == [3, 2]
    assert responses.matrices == {"fields": (1, 2)}


def test_times_and_failed_checks_are_read() -> None:
    checks = "attention:check attention:other implausible:odd"
    rows = [replace(PLAIN, opened_at=AT - timedelta(seconds=90), failed_checks=checks), PLAIN]

    responses = response_set(a_questionnaire(), [rows])

    assert responses.seconds[0] == 90
    assert np.isnan(responses.seconds[1])
    assert responses.failed_checks.tolist() == [2, 0]
    assert responses.contradictions.tolist() == [1, 0]


def test_the_same_hash_is_the_same_source_in_every_chunk() -> None:
    first, second, none = "a" * 64, "b" * 64, None
    chunks = [
        [replace(PLAIN, device_hash=first), replace(PLAIN, id=2, device_hash=second)],
        [replace(PLAIN, id=3, device_hash=first), replace(PLAIN, id=4, device_hash=none)],
    ]

    device = response_set(a_questionnaire(), chunks).source("device")

    assert device[0] == device[2] != device[1]
    assert device[3] == -1


def test_no_responses_are_a_set_too() -> None:
    responses = response_set(a_questionnaire(), [])

    assert len(responses) == 0
    assert evidence(responses, flag(responses, [Speeding(), Bursts(), Duplicates()])) == {}


def test_evidence_is_kept_by_response_in_the_order_of_rule_names() -> None:
    rows = [
        replace(PLAIN, id=7, opened_at=AT, failed_checks="attention:check"),
        replace(PLAIN, id=9),
    ]
    responses = response_set(a_questionnaire(), [rows])

    found = evidence(responses, flag(responses, [Speeding(0, 2), Attention()]))

    assert found == {7: (Evidence("attention", 1, 1), Evidence("speeding", 0, 6))}
