"""Verifying finds what somebody has changed behind the roll-up's back, and nothing else."""

from dataclasses import replace

import pytest
from sqlalchemy import select, text

from backend.db.engine import Database
from backend.tabulation.models import TabulationRollup
from backend.tabulation.packing import pack, unpack
from backend.tabulation.verification import verify
from tests.backend.answering import an_answer, store
from tests.backend.tabulation.rolled_up import a_survey_with, change, roll_up

WORTH_OF_A_4 = {
    "share_from_4": 1.0,
    "share_from_3": 1.0,
    "score_100_80_60_30_0": 0.8,
    "score_100_75_50_25_0": 0.75,
}
ONE_WHO_CHOSE_A_4 = {
    "n": 1.0,
    "overall=4": 1.0,
    "fields.government=-": 1.0,
    "fields.health=-": 1.0,
    **{f"composite/{method}:n": 1.0 for method in WORTH_OF_A_4},
    **{f"composite/{method}:sum": worth for method, worth in WORTH_OF_A_4.items()},
    **{f"composite/{method}:sum_of_squares": worth**2 for method, worth in WORTH_OF_A_4.items()},
}


def test_a_lost_change_is_found_in_both_groups_that_it_concerned(database: Database) -> None:
    survey = a_survey_with(database, 30)
    store(database, survey, [an_answer(fields=None)])
    roll_up(database, survey)
    change(database, survey, 30, excluded_reason="duplicate")
    with database.write() as session:
        session.execute(text("DELETE FROM tabulation_changes"))

    with database.read() as session:
        found = verify(session, survey.id, survey.questionnaire)

    differences = {
        reason: {
            one.of: one.counted - one.rolled_up
            for one in found.differences
            if one.group.excluded_reason == reason
        }
        for reason in ("", "duplicate")
    }
    assert differences == {
        "": pytest.approx({of: -number for of, number in ONE_WHO_CHOSE_A_4.items()}),
        "duplicate": pytest.approx(ONE_WHO_CHOSE_A_4),
    }


def test_rounding_of_sums_is_no_difference_and_more_than_that_is(database: Database) -> None:
    survey = a_survey_with(database, 30)
    roll_up(database, survey)

    found = []
    for error in (1e-12, 1e-6):
        _shift_sums(database, error)
        with database.read() as session:
            found.append(verify(session, survey.id, survey.questionnaire))

    assert found[0].differences == ()
    assert {one.of for one in found[1].differences} == {"composite/share_from_4:sum"}
    assert found[1].responses == 30


def _shift_sums(database: Database, error: float) -> None:
    with database.write() as session:
        stored = session.scalars(select(TabulationRollup)).one()
        counts = unpack(stored.counts)
        sums = counts.sums.copy()
        sums[:, 0] += error
        stored.counts = pack(replace(counts, sums=sums))
