"""What must hold for any rating: no input raises it by getting worse, order is nothing, bounds."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.rating.assessment import (
    Assessment,
    Figure,
    Figures,
    InnovationCase,
    SecurityDeduction,
    SecurityRecord,
)
from analysis.rating.rate import Rating, rate
from analysis.rating.standard import LEVELS
from tests.analysis.rating.standards import LEAKS, a_standard, an_indicator

AS_OF = date(2024, 10, 31)
# An assessment takes long to draw.
fewer = settings(max_examples=50)
# Which way each measure of `LADDER` gets worse.
WORSE = {"rate": -1, "items": -1, "town": -1, "village": -1, "spacing": 1}


def asked(share: float, items: int, spacing: float, condition: str) -> dict[str, Any]:
    return {
        "all": [
            {"any": [{"measure": "rate", "at_least": share}, {"measure": "items", "above": items}]},
            {"measure": "spacing", "below": spacing},
            {"any": [{"measure": "mean", "at_least": share}, {"condition": condition}]},
        ]
    }


# Every operator, alternative and average that a requirement can have.
LADDER = an_indicator(
    [10, 20, 30],
    criteria={
        "three": asked(0.5, 100, 50, "is_planned"),
        "four": asked(0.7, 200, 20, "is_built"),
        "five": asked(0.9, 300, 5, "is_used"),
    },
    measures={
        "items": {"kind": "count", "unit": "项"},
        "spacing": {"kind": "quantity", "unit": "公里"},
        "mean": {"kind": "share", "weights": {"town": 2, "village": 1}},
        "town": {"kind": "share"},
        "village": {"kind": "share"},
    },
)
STANDARDS = (a_standard([LADDER] * 3), a_standard([LADDER] * 3, security=LEAKS))

FIGURES: dict[str, st.SearchStrategy[Figure]] = {
    "rate": st.sampled_from([0.0, 0.49, 0.5, 0.7, 0.9, 1.0]) | st.floats(0, 1),
    "items": st.sampled_from([0, 100, 101, 300, 301]).map(float),
    "spacing": st.sampled_from([0.0, 4.9, 5.0, 20.0, 50.0, 80.0]) | st.floats(0, 100),
    "town": st.floats(0, 1),
    "village": st.floats(0, 1),
    "is_planned": st.booleans(),
    "is_built": st.booleans(),
    "is_used": st.booleans(),
}
satisfactions = st.sampled_from([0.59, 0.6, 0.69, 0.7, 0.71]) | st.floats(0, 1)
cases = st.builds(
    InnovationCase,
    st.dates(date(2022, 10, 1), date(2024, 11, 30)),
    st.sampled_from("一二三四五六七八"),
    st.sampled_from(["award", "provincial_media", "central_media"]),
    st.sampled_from(["", "https://example.org"]),
)
deductions = st.builds(
    SecurityDeduction,
    st.dates(date(2023, 1, 1), AS_OF),
    st.integers(1, 80).map(lambda tenths: tenths / 10),
    st.just("通报"),
)


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    standard = draw(st.sampled_from(STANDARDS))
    numbers = st.integers(1, len(standard.leveled))
    known = st.fixed_dictionaries({}, optional=FIGURES)
    return Assessment(
        standard=standard,
        as_of=AS_OF,
        satisfaction=draw(st.none() | satisfactions),
        levels=draw(st.dictionaries(numbers, st.sampled_from(["none", *LEVELS]))),
        figures=draw(st.dictionaries(numbers, known)),
        national_benchmark=draw(st.booleans()),
        security=SecurityRecord(tuple(draw(st.lists(deductions, max_size=4))), draw(st.booleans())),
        innovations=tuple(draw(st.lists(cases, max_size=12))),
    )


def assert_not_better(worse: Assessment, than: Assessment) -> None:
    """Neither in points nor in the star."""
    low, high = rate(worse), rate(than)
    assert low.balance <= high.balance + 1e-9
    assert low.total <= high.total + 1e-9
    assert rank_of(low) <= rank_of(high)


def draw_known(assessment: Assessment, data: st.DataObject) -> tuple[int, Figures]:
    """Draw an indicator, and what is known of it."""
    number = data.draw(st.integers(1, len(assessment.standard.leveled)))
    return number, assessment.figures.get(number, {})


def with_figures(assessment: Assessment, number: int, figures: Figures) -> Assessment:
    """The assessment where these figures decide the level of the indicator."""
    levels = {other: level for other, level in assessment.levels.items() if other != number}
    return replace(assessment, levels=levels, figures={**assessment.figures, number: figures})


def rank_of(rating: Rating) -> float:
    """The points that its star asks for."""
    star = rating.standing.star if rating.standing else None
    return star.points if star else 0.0


@fewer
@given(assessments(), st.data())
def test_a_figure_moved_away_from_its_bound_raises_nothing(
    assessment: Assessment, data: st.DataObject
) -> None:
    number, figures = draw_known(assessment, data)
    name = data.draw(st.sampled_from(sorted(WORSE.keys() & figures.keys()) or ["rate"]))
    before = figures.get(name, 1.0)
    ordered = sorted([before, data.draw(FIGURES[name])], reverse=WORSE[name] > 0)
    worse, better = ({**figures, name: figure} for figure in ordered)

    assert_not_better(
        with_figures(assessment, number, worse), with_figures(assessment, number, better)
    )


@fewer
@given(assessments(), st.data())
def test_an_attestation_withdrawn_raises_nothing(
    assessment: Assessment, data: st.DataObject
) -> None:
    number, figures = draw_known(assessment, data)
    name = data.draw(st.sampled_from(["is_planned", "is_built", "is_used"]))
    attested = with_figures(assessment, number, {**figures, name: True})

    denied = with_figures(assessment, number, {**figures, name: False})

    assert_not_better(denied, attested)


@fewer
@given(assessments(), st.data())
def test_a_figure_that_gets_lost_raises_nothing(
    assessment: Assessment, data: st.DataObject
) -> None:
    number, figures = draw_known(assessment, data)
    lost = data.draw(st.sampled_from(sorted(figures) or ["rate"]))
    less = {name: figure for name, figure in figures.items() if name != lost}

    assert_not_better(
        with_figures(assessment, number, less), with_figures(assessment, number, figures)
    )


@fewer
@given(
    assessments(),
    st.integers(1, 3),
    st.lists(st.sampled_from(["none", *LEVELS]), min_size=2, max_size=2),
)
def test_a_lower_verified_level_raises_nothing(
    assessment: Assessment, number: int, names: list[Any]
) -> None:
    low, high = sorted(names, key=["none", *LEVELS].index)

    assert_not_better(
        replace(assessment, levels={**assessment.levels, number: low}),
        replace(assessment, levels={**assessment.levels, number: high}),
    )


@fewer
@given(assessments(), satisfactions, satisfactions)
def test_a_lower_satisfaction_raises_nothing(
    assessment: Assessment, one: float, other: float
) -> None:
    low, high = sorted([one, other])
    worse = replace(assessment, satisfaction=low)
    better = replace(assessment, satisfaction=high)

    # Of a voided whole the balance says nothing: only total and star do.
    assert rate(worse).total <= rate(better).total + 1e-9
    assert rank_of(rate(worse)) <= rank_of(rate(better))


@fewer
@given(assessments(), deductions)
def test_another_deduction_raises_nothing(
    assessment: Assessment, deduction: SecurityDeduction
) -> None:
    record = assessment.security
    more = replace(record, deductions=(*record.deductions, deduction))

    assert_not_better(replace(assessment, security=more), assessment)


@fewer
@given(assessments())
def test_a_major_incident_raises_nothing(assessment: Assessment) -> None:
    calm = replace(assessment.security, major_incident=False)
    struck = replace(assessment.security, major_incident=True)

    assert_not_better(replace(assessment, security=struck), replace(assessment, security=calm))


@fewer
@given(assessments())
def test_the_judgement_withdrawn_raises_nothing(assessment: Assessment) -> None:
    without = replace(assessment, national_benchmark=False)

    assert_not_better(without, replace(assessment, national_benchmark=True))


@fewer
@given(assessments(), st.data())
def test_a_case_removed_raises_nothing(assessment: Assessment, data: st.DataObject) -> None:
    all_cases = [*assessment.innovations, data.draw(cases)]
    removed = data.draw(st.integers(0, len(all_cases) - 1))
    fewer = tuple(case for at, case in enumerate(all_cases) if at != removed)

    assert_not_better(
        replace(assessment, innovations=fewer), replace(assessment, innovations=tuple(all_cases))
    )


@fewer
@given(assessments())
def test_the_total_is_within_nothing_and_the_maximum(assessment: Assessment) -> None:
    rating = rate(assessment)

    assert 0.0 <= rating.total <= assessment.standard.maximum + 1e-9


@fewer
@given(assessments())
def test_a_veto_leaves_no_points_and_no_star(assessment: Assessment) -> None:
    rating = rate(replace(assessment, satisfaction=0.59))

    assert (rating.total, rank_of(rating)) == (0.0, 0.0)


@fewer
@given(assessments(), st.data())
def test_the_order_of_entries_changes_nothing(assessment: Assessment, data: st.DataObject) -> None:
    shuffled = replace(
        assessment,
        levels=dict(data.draw(st.permutations(list(assessment.levels.items())))),
        figures={
            number: dict(data.draw(st.permutations(list(figures.items()))))
            for number, figures in data.draw(st.permutations(list(assessment.figures.items())))
        },
        security=replace(
            assessment.security,
            deductions=tuple(data.draw(st.permutations(assessment.security.deductions))),
        ),
        innovations=tuple(data.draw(st.permutations(assessment.innovations))),
    )

    assert rate(shuffled) == rate(assessment)
