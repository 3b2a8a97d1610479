from dataclasses import replace
from datetime import UTC, datetime

import pytest

from analysis.disclosure import (
    Disclosure,
    IntervalFacts,
    Question,
    Statement,
    SurveyFacts,
    WeightingFacts,
    disclose,
)
from analysis.margins import BilingualText

ITEMS = (
    "sponsor",
    "conductor",
    "population",
    "frame",
    "selection",
    "mode",
    "dates",
    "sample_size",
    "participation",
    "weighting",
    "design_effect",
    "precision",
    "wording",
    "processing",
    "item_nonresponse",
    "limitations",
)
OPEN_CALL = SurveyFacts(
    sponsor=BilingualText("济宁市大数据中心", "Jining Big Data Centre"),
    conductor=None,
    population=BilingualText("济宁市成年人", "Adults of Jining"),
    frame=None,
    is_probability_sample=False,
    modes=("web", "wechat"),
    first_at=datetime(2026, 9, 1, tzinfo=UTC),
    last_at=datetime(2026, 9, 30, tzinfo=UTC),
    received=1_000,
    used=950,
    excluded={"duplicate": 50},
    invited=None,
    weighting=WeightingFacts("rake", ("district", "sex"), None, 1.5, 633.3),
    interval=IntervalFacts("logit", 0.95),
    questions=(Question(BilingualText("您满意吗？", "Are you satisfied?")),),
    no_answer=(0.0, 0.04),
    not_applicable=(0.01, 0.3),
    quality_rules=("speeding",),
)
NOTHING_KNOWN = SurveyFacts(
    sponsor=None,
    conductor=None,
    population=None,
    frame=None,
    is_probability_sample=True,
    modes=(),
    first_at=None,
    last_at=None,
    received=0,
    used=0,
    excluded={},
    invited=None,
    weighting=WeightingFacts("rake", (), None, None, None),
    interval=IntervalFacts("logit", 0.95),
    questions=(),
    no_answer=None,
    not_applicable=None,
)


def said(disclosure: Disclosure, item: str) -> Statement:
    return next(statement for statement in disclosure.statements if statement.item == item)


@pytest.mark.parametrize("facts", [OPEN_CALL, NOTHING_KNOWN], ids=["open call", "nothing known"])
def test_every_item_is_stated_once_and_in_order(facts: SurveyFacts) -> None:
    disclosure = disclose(facts)

    assert tuple(statement.item for statement in disclosure.statements) == ITEMS


def test_what_nobody_stated_is_said_to_be_unknown() -> None:
    disclosure = disclose(NOTHING_KNOWN)

    assert disclosure.unknown == (
        "sponsor",
        "conductor",
        "population",
        "frame",
        "mode",
        "dates",
        "design_effect",
        "wording",
        "item_nonresponse",
    )


def test_self_selected_respondents_have_no_sampling_error() -> None:
    disclosure = disclose(OPEN_CALL)

    assert said(disclosure, "selection").code == "self_selected"
    assert said(disclosure, "precision").code == "model_based"
    assert said(disclosure, "limitations").code == "self_selected"


def test_a_drawn_sample_has_sampling_error() -> None:
    disclosure = disclose(replace(OPEN_CALL, is_probability_sample=True))

    assert said(disclosure, "precision").code == "sampling_error"


def test_an_open_call_has_no_participation_rate() -> None:
    disclosure = disclose(OPEN_CALL)

    assert said(disclosure, "participation").code == "cannot_be_computed"


def test_with_invitations_the_participation_rate_is_usable_responses_among_them() -> None:
    disclosure = disclose(replace(OPEN_CALL, invited=9_500))

    assert said(disclosure, "participation").arguments["rate"] == pytest.approx(0.1)


def test_an_unweighted_estimate_says_so_twice() -> None:
    disclosure = disclose(replace(OPEN_CALL, weighting=None))

    assert said(disclosure, "weighting").code == "none"
    assert said(disclosure, "design_effect").code == "unweighted"


def test_simulated_responses_are_never_counted_in_silence() -> None:
    disclosure = disclose(replace(OPEN_CALL, simulated=1_000))

    assert said(disclosure, "sample_size").code == "counted_with_simulated"


def test_trimmed_weights_are_said_to_be_trimmed() -> None:
    trimmed = WeightingFacts("rake", ("sex",), None, 1.2, 800.0, bounds=(0.3, 3.0))

    disclosure = disclose(replace(OPEN_CALL, weighting=trimmed))

    assert said(disclosure, "weighting").code == "to_margins_trimmed"
    assert said(disclosure, "weighting").arguments["bounds"] == (0.3, 3.0)
