"""What the forms of the registers take and refuse, field by field."""

import pytest

import analysis.shipped
from analysis.rating.plan import Target
from backend.errors import Invalid
from backend.ratings.registers.incident import states_after
from backend.ratings.registers.plan_form import read_figure
from backend.ratings.registers.security_form import read_incident
from tests.backend.ratings.registers.entries import DATA_BUREAU, REVIEWER, TODAY

INCIDENT = {"dated_on": "2024-05-06", "points": "2", "notice": "第 3 号通报", "state": "reported"}
FIGURE = {"figure": "100", "measured_on": "2024-05-06"}


def target(plan_id: str, key: str) -> Target:
    found = analysis.shipped.plan(plan_id).target(key)
    assert found is not None
    return found


STATIONS = target("weihai-2021", "all_5g_stations")
USERS = target("weihai-2021", "app_users_ratio")
FORECASTS = target("laixi-2021", "arrival_forecast_rate")


def faults(refused: pytest.ExceptionInfo[Invalid]) -> list[str]:
    return [each.field for each in refused.value.errors]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("dated_on", {"dated_on": "2024-11-01"}),
        ("dated_on", {"dated_on": "五月"}),
        ("points", {"points": "0"}),
        ("points", {"points": "-1", "is_major": "yes"}),
        ("points", {"points": "两分"}),
        ("points", {"points": "2%"}),
        ("points", {"points": "101"}),
        ("points", {"points": ""}),
        ("notice", {"notice": " "}),
        ("notice", {"notice": "通报\x00"}),
        ("notice", {"notice": "长" * 2001}),
        ("handling", {"state": "closed"}),
        ("state", {"state": "withdrawn"}),
    ],
)
def test_an_incident_is_refused_by_the_field_that_is_bad(field: str, typed: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        read_incident({**INCIDENT, **typed}, states_after(None, REVIEWER), TODAY)

    assert faults(refused) == [field]


def test_today_is_no_future() -> None:
    typed = {**INCIDENT, "dated_on": TODAY.isoformat()}

    assert read_incident(typed, states_after(None, REVIEWER), TODAY).dated_on == TODAY


def test_only_reviewers_withdraw() -> None:
    for state in states_after(None, REVIEWER):
        extra = set(states_after(state, REVIEWER)) - set(states_after(state, DATA_BUREAU))

        assert {each.value for each in extra} == {"withdrawn"}


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("figure", {"figure": "很多"}),
        ("figure", {"figure": "1.5"}),
        ("figure", {"figure": "-1"}),
        ("figure", {"figure": "50%"}),
        ("figure", {"figure": ""}),
        ("measured_on", {"measured_on": "2024-11-01"}),
        ("will_meet_on", {"will_meet_on": "2024-05-05"}),
        ("will_meet_on", {"will_meet_on": "年底"}),
        ("note", {"note": "长" * 2001}),
    ],
)
def test_a_figure_is_refused_by_the_field_that_is_bad(field: str, typed: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        read_figure({**FIGURE, **typed}, STATIONS, TODAY)

    assert faults(refused) == [field]


@pytest.mark.parametrize(
    ("of", "text", "figure"),
    [
        (STATIONS, "３,６００个", 3600.0),
        (FORECASTS, "93.5", 0.935),
        (FORECASTS, "100%", 1.0),
        (USERS, "120％", 1.2),
    ],
)
def test_a_figure_is_read_as_people_type_it(of: Target, text: str, figure: float) -> None:
    assert read_figure({**FIGURE, "figure": text}, of, TODAY).figure == figure


def test_a_share_does_not_exceed_the_whole() -> None:
    with pytest.raises(Invalid) as refused:
        read_figure({**FIGURE, "figure": "100.1"}, FORECASTS, TODAY)

    assert faults(refused) == ["figure"]
