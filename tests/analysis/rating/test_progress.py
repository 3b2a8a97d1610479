from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from analysis.rating.plan import Target
from analysis.rating.progress import ProgressEntry, progress

DUE_ON = date(2021, 12, 31)
DAYS = st.dates(date(2020, 1, 1), date(2023, 12, 31))
FIGURES = st.floats(0.0, 1000.0)
RANKS = {"at_least": None, "kind": "rank", "unit": None, "at_most": 6}
FROM_BEST_TO_WORST = ("met", "on_track", "late")


def a_target(**overrides: Any) -> Target:
    """At least 100 new estates by the end of 2021."""
    fields: dict[str, Any] = {
        "key": "smart_estates",
        "heading": "智慧小区",
        "name": "新建星级智慧小区",
        "kind": "count",
        "unit": "个",
        "at_least": 100,
        "due_on": DUE_ON,
        "departments": ("市住房城乡建设局",),
        "text": "新建100个星级智慧小区",
    }
    return Target(**{**fields, **overrides})


def entry(figure: float, on: date = date(2021, 6, 30), will_meet_on: date | None = None) -> Any:
    return ProgressEntry(on, figure, will_meet_on)


@pytest.mark.parametrize(
    ("figure", "will_meet_on", "as_of", "status"),
    [
        pytest.param(99, None, DUE_ON, "on_track", id="on the due date there is still time"),
        pytest.param(99, None, date(2022, 1, 1), "late", id="the day after there is none"),
        pytest.param(100, None, date(2022, 1, 1), "met", id="on the bound it is met"),
        pytest.param(99, DUE_ON, date(2021, 7, 1), "on_track", id="promised for the due date"),
        pytest.param(99, date(2022, 1, 1), date(2021, 7, 1), "late", id="promised too late"),
        pytest.param(99, date(2021, 7, 1), date(2022, 1, 1), "late", id="a promise not kept"),
        pytest.param(100, date(2022, 1, 1), date(2021, 7, 1), "met", id="met before promised"),
    ],
)
def test_a_target_is_late_once_its_due_date_has_passed_or_will(
    figure: float, will_meet_on: date | None, as_of: date, status: str
) -> None:
    entries = [entry(figure, will_meet_on=will_meet_on)]

    assert progress(a_target(), entries, as_of).status == status


def test_of_a_target_without_figures_nothing_is_known_even_after_its_due_date() -> None:
    standing = progress(a_target(), [], date(2022, 6, 1))

    assert (standing.status, standing.latest, standing.share_done) == ("unknown", None, None)


def test_a_figure_of_a_later_day_is_not_known_yet() -> None:
    entries = [entry(40, date(2021, 6, 30)), entry(100, date(2021, 9, 30))]

    standing = progress(a_target(), entries, date(2021, 9, 29))

    assert (standing.status, standing.share_done) == ("on_track", pytest.approx(0.4))


def test_the_latest_figure_counts_whatever_was_better_before() -> None:
    entries = [entry(100, date(2021, 9, 30)), entry(40, date(2021, 6, 30)), entry(90, DUE_ON)]

    assert progress(a_target(), entries, DUE_ON).latest == entries[2]


def test_of_one_day_the_last_figure_made_corrects_those_before() -> None:
    entries = [entry(100), entry(60), entry(20, date(2021, 1, 1))]

    assert progress(a_target(), entries, DUE_ON).latest == entries[1]


@pytest.mark.parametrize(
    ("overrides", "figure", "status", "share_done"),
    [
        pytest.param({}, 25, "on_track", 0.25, id="a quarter"),
        pytest.param({}, 250, "met", 1.0, id="never more than all"),
        pytest.param(RANKS, 6, "met", 1.0, id="the last rank that holds"),
        pytest.param(RANKS, 12, "on_track", 0.5, id="twice the rank is half the way"),
        pytest.param(
            {"at_least": None, "above": 100}, 100, "on_track", 1.0, id="must exceed the bound"
        ),
        pytest.param(
            {"at_least": None, "kind": "change", "unit": None, "above": 0.1},
            -0.2,
            "on_track",
            0.0,
            id="never less than nothing",
        ),
        pytest.param(
            {"kind": "share", "unit": None, "at_least": 0.7},
            0.7 * 3 / 3,
            "met",
            1.0,
            id="rounding does not cost a share on the bound",
        ),
    ],
)
def test_the_part_done_is_measured_against_the_bound(
    overrides: dict[str, Any], figure: float, status: str, share_done: float
) -> None:
    standing = progress(a_target(**overrides), [entry(figure)], DUE_ON)

    assert (standing.status, standing.share_done) == (status, pytest.approx(share_done))


@given(
    overrides=st.sampled_from(
        [{}, {"at_least": None, "above": 100}, RANKS, {**RANKS, "at_most": None, "below": 6}]
    ),
    figures=st.tuples(FIGURES, FIGURES),
    before=st.lists(st.builds(ProgressEntry, DAYS, FIGURES, st.none() | DAYS)),
    measured_on=DAYS,
    will_meet_on=st.none() | DAYS,
    as_of=DAYS,
)
def test_a_better_figure_never_makes_a_target_worse(
    overrides: dict[str, Any],
    figures: tuple[float, float],
    before: list[ProgressEntry],
    measured_on: date,
    will_meet_on: date | None,
    as_of: date,
) -> None:
    target = a_target(**overrides)
    worse, better = sorted(figures, reverse=not target.rises)

    low, high = (
        progress(target, [*before, ProgressEntry(measured_on, figure, will_meet_on)], as_of)
        for figure in (worse, better)
    )

    if low.status == "unknown":
        assert high.status == "unknown"
    else:
        assert FROM_BEST_TO_WORST.index(high.status) <= FROM_BEST_TO_WORST.index(low.status)
        assert (high.share_done or 0.0) >= (low.share_done or 0.0)


@given(figure=FIGURES, will_meet_on=st.none() | DAYS, as_of=DAYS, days=st.integers(0, 400))
def test_a_target_never_gets_better_by_waiting(
    figure: float, will_meet_on: date | None, as_of: date, days: int
) -> None:
    entries = [ProgressEntry(date(2020, 1, 1), figure, will_meet_on)]

    now = progress(a_target(), entries, as_of)
    later = progress(a_target(), entries, as_of + timedelta(days=days))

    assert FROM_BEST_TO_WORST.index(later.status) >= FROM_BEST_TO_WORST.index(now.status)


@given(
    entries=st.lists(
        st.builds(ProgressEntry, DAYS, FIGURES, st.none() | DAYS),
        unique_by=lambda each: each.measured_on,
    ),
    as_of=DAYS,
)
def test_the_order_in_which_days_were_reported_is_irrelevant(
    entries: list[ProgressEntry], as_of: date
) -> None:
    assert progress(a_target(), entries, as_of) == progress(a_target(), entries[::-1], as_of)


@pytest.mark.parametrize(
    "overrides",
    [
        pytest.param({"at_least": None}, id="no figure"),
        pytest.param({"at_most": 200}, id="two figures"),
        pytest.param({"at_least": 0}, id="nothing to reach"),
        pytest.param({"unit": None}, id="a count of what"),
        pytest.param({"kind": "share"}, id="a share with a unit"),
        pytest.param({"kind": "share", "unit": None, "at_least": 70}, id="a share in per cent"),
    ],
)
def test_a_target_that_promises_nothing_definite_is_refused(overrides: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        a_target(**overrides)
