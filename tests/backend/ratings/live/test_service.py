"""The live rating: what is stored, judged by the rules."""

from datetime import date

import pytest

from backend.db.engine import Database
from backend.ratings.live.assemble import Basis
from backend.ratings.live.service import live_rating
from backend.ratings.live.snapshotting import take_snapshot
from backend.ratings.live.standings import city_standings
from backend.ratings.registers.areas import fetch_area
from backend.ratings.registers.incident import IncidentFields, IncidentState
from backend.ratings.registers.innovation_case import CaseFields, CaseState
from backend.ratings.registers.innovation_service import propose, review
from backend.ratings.registers.security_service import register
from tests.backend.answering import a_survey, random_answers, store
from tests.backend.ratings.opened import ADMIN, NOW, a_round, enter
from tests.builders import a_questionnaire_text

FIVE_STARS = {1: {"online_rate": {"numerator": 96.0, "denominator": 100.0}}}
FOUR_STARS = {2: {"cross_level_rate": 0.8}}


def test_reviewed_rows_count_and_others_only_as_entered(database: Database) -> None:
    with database.write() as session:
        a_round(session)
        enter(session, FIVE_STARS)
        found = enter(session, FOUR_STARS, accepted=False)

        entered = live_rating(session, found, NOW)
        accepted = live_rating(session, found, NOW, Basis.ACCEPTED)

    assert (entered.rating.base, accepted.rating.base) == (2.5, 1.5)


def test_registers_count_as_of_the_round(database: Database) -> None:
    with database.write() as session:
        found = a_round(session)
        area = fetch_area(session, "370800")
        for day in (date(2023, 5, 1), date(2022, 10, 31)):
            fields = CaseFields("award", day, f"案例 {day}", "某部门", "https://example.org", "甲")
            case = propose(session, area, fields, ADMIN, NOW)
            review(session, case.public_id, 1, CaseState.ACCEPTED, "", ADMIN, NOW)
        for day in (date(2024, 3, 1), date(2023, 12, 31)):
            fields_ = IncidentFields(day, 2.0, False, "通报", "", IncidentState.REPORTED)
            register(session, area, fields_, ADMIN, NOW)

        rating = live_rating(session, found, NOW).rating

    assert rating.innovation is not None
    assert [each.case.title for each in rating.innovation.counted] == ["案例 2023-05-01"]
    assert rating.security.points == 2.0


def test_a_round_without_a_survey_is_not_yet_surveyed(database: Database) -> None:
    with database.write() as session:
        live = live_rating(session, a_round(session), NOW)

    assert (live.surveyed, live.over, live.rating.is_surveyed) == (None, None, False)


def test_a_survey_without_answers_says_why_there_is_no_satisfaction(database: Database) -> None:
    a_survey(database, a_questionnaire_text())
    with database.write() as session:
        live = live_rating(session, a_round(session, survey_slug="example"), NOW)

    assert live.surveyed is not None
    assert live.surveyed.problem == "还没有可用于估计满意度的答卷。"
    assert live.assessment.satisfaction is None


@pytest.fixture
def surveyed(database: Database) -> Database:
    """A round whose survey has 80 answers."""
    store(database, a_survey(database, a_questionnaire_text()), random_answers(80))
    with database.write() as session:
        a_round(session, survey_slug="example")
        enter(session, FIVE_STARS)
    return database


def test_the_survey_is_judged_at_both_ends_of_its_interval(surveyed: Database) -> None:
    with surveyed.write() as session:
        found = enter(session, {})
        live = live_rating(session, found, NOW)

    assert live.over is not None
    assert live.over.estimate == live.rating
    assert live.over.lower.total <= live.rating.total <= live.over.upper.total
    assert live.rating.survey_verdict == "void"


def test_a_snapshot_holds_what_the_rating_follows_from(surveyed: Database) -> None:
    with surveyed.write() as session:
        found = enter(session, {})
        snapshot = take_snapshot(session, found, NOW, NOW.tzinfo, with_tabulation=True)  # type: ignore[arg-type]

    first = snapshot.rows[0]
    assert (first.points, first.level, first.counts) == (1.5, "five", True)
    assert (first.figures[0].value, first.figures[0].numerator) == (0.96, 96.0)
    assert snapshot.satisfaction is not None
    assert snapshot.tabulation is not None
    assert len(snapshot.standard.sha256) == 64
    assert sum(each.points or 0.0 for each in snapshot.headings) == snapshot.rating.base - 10.0
    assert snapshot.vetoes == ["satisfaction"]


def test_counties_stand_under_their_city_by_their_newest_round(database: Database) -> None:
    with database.write() as session:
        a_round(session)
        for slug, day in (("older", date(2023, 10, 31)), ("newer", date(2024, 10, 31))):
            a_round(
                session,
                slug,
                standard_id="shandong-2023-county",
                division_code="370811",
                as_of=day,
                security_from=date(2023, 1, 1),
            )

        (city,) = city_standings(session, NOW, str)

    assert (city.name, city.code) == ("济宁市", "370800")
    assert [each.round.slug for each in city.counties] == ["newer"]
    assert city.share_at_four == 0.0
    assert {goal.figure for goal in city.goals} == {0.5, 0.9}
