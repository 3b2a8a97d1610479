from datetime import date
from typing import Any

import pytest

from analysis.errors import AnalysisError
from analysis.rating.assessment import (
    Assessment,
    InnovationCase,
    SecurityDeduction,
    SecurityRecord,
    check,
)
from tests.analysis.rating.standards import AS_OF, a_standard, an_assessment, an_indicator

KINDS = ("share", "ratio", "change", "count", "quantity", "rank")
# One measure of each kind, an average of two shares, and a condition.
EVERY_KIND = an_indicator(
    [1],
    criteria={
        "five": {
            "all": [
                *({"measure": kind, "at_least": 0.5} for kind in KINDS),
                {"measure": "mean", "at_least": 0.5},
                {"condition": "is_open"},
            ]
        }
    },
    measures={
        **{kind: {"kind": kind} for kind in KINDS},
        "count": {"kind": "count", "unit": "个"},
        "quantity": {"kind": "quantity", "unit": "公里"},
        "mean": {"kind": "share", "weights": {"town": 1, "village": 1}},
        "town": {"kind": "share"},
        "village": {"kind": "share"},
    },
)
STANDARD = a_standard([EVERY_KIND])


def deducted(points: float, dated_on: date = AS_OF) -> dict[str, Any]:
    return {"security": SecurityRecord((SecurityDeduction(dated_on, points, "通报"),))}


def innovation(kind: str = "award", title: str = "一") -> dict[str, Any]:
    return {"innovations": (InnovationCase(AS_OF, title, kind),)}


def figure(name: str, value: float | bool) -> dict[str, Any]:
    return {"figures": {1: {name: value}}}


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"satisfaction": 1.01}, "impossible_satisfaction", "satisfaction"),
        ({"satisfaction": -0.01}, "impossible_satisfaction", "satisfaction"),
        ({"satisfaction": float("nan")}, "impossible_satisfaction", "satisfaction"),
        ({"levels": {99: "five"}}, "unknown_indicator", "levels.99"),
        ({"levels": {0: "five"}}, "unknown_indicator", "levels.0"),
        ({"levels": {2: "five"}}, "indicator_has_no_levels", "levels.2"),
        ({"levels": {1: "six"}}, "unknown_level", "levels.1"),
        ({"figures": {99: {"share": 0.5}}}, "unknown_indicator", "measures.99"),
        (figure("speed", 0.5), "unknown_measure", "measures.1.speed"),
        (figure("is_open", 1.0), "attestation_expected", "measures.1.is_open"),
        (figure("share", True), "number_expected", "measures.1.share"),
        (figure("share", float("nan")), "number_expected", "measures.1.share"),
        (figure("change", float("inf")), "number_expected", "measures.1.change"),
        (figure("share", 1.01), "impossible_share", "measures.1.share"),
        (figure("share", -0.01), "impossible_share", "measures.1.share"),
        (figure("count", 1.5), "impossible_count", "measures.1.count"),
        (figure("count", -1), "impossible_count", "measures.1.count"),
        (figure("rank", 0), "impossible_rank", "measures.1.rank"),
        (figure("ratio", -0.1), "impossible_quantity", "measures.1.ratio"),
        (figure("quantity", -0.1), "impossible_quantity", "measures.1.quantity"),
        (figure("mean", 0.5), "computed_measure", "measures.1.mean"),
        (deducted(0.0), "points_not_positive", "security.deductions[0].points"),
        (deducted(float("nan")), "points_not_positive", "security.deductions[0].points"),
        (
            deducted(1.0, date(2024, 11, 1)),
            "dated_after_the_assessment",
            "security.deductions[0].date",
        ),
        (innovation(kind="film"), "unknown_innovation_kind", "innovations[0].kind"),
        (innovation(title=" "), "title_missing", "innovations[0].title"),
    ],
)
def test_what_cannot_be_is_refused_by_field(facts: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(AnalysisError) as error:
        check(an_assessment(STANDARD, **facts))

    assert (error.value.code, error.value.arguments["field"]) == (code, field)


def test_a_case_under_a_standard_without_the_row_is_refused() -> None:
    assessment = an_assessment(a_standard(innovation=None), **innovation())

    with pytest.raises(AnalysisError) as error:
        check(assessment)

    assert error.value.code == "standard_without_innovations"


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"satisfaction": 0.0}, id="nobody is satisfied"),
        pytest.param({"satisfaction": 1.0}, id="everybody is satisfied"),
        pytest.param({"levels": {1: "none"}}, id="verified to hold no level"),
        pytest.param({"levels": {1: "three"}}, id="a level that the document leaves out"),
        pytest.param(figure("share", 1), id="a whole share"),
        pytest.param(figure("ratio", 1.5), id="a ratio above 1"),
        pytest.param(figure("change", -0.5), id="a fall"),
        pytest.param(figure("count", 0), id="a count of nothing"),
        pytest.param(figure("rank", 1), id="the best rank"),
        pytest.param(figure("is_open", False), id="an attestation that it is not"),
        pytest.param(figure("town", 0.5), id="a part of an average"),
        pytest.param(deducted(1.0), id="a deduction on the day of the assessment"),
        pytest.param(innovation(), id="a case"),
    ],
)
def test_what_can_be_is_taken(facts: dict[str, Any]) -> None:
    assessment: Assessment = an_assessment(STANDARD, **facts)

    check(assessment)
