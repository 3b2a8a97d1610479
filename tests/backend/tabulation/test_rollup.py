"""The roll-up: what a pull reads is what a full count gives, whatever was done to responses."""

from typing import Any

import numpy as np
import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DatabaseError

from backend.db.engine import Database
from backend.responses.models import Response
from backend.surveys.service import fetch_published, publish
from backend.tabulation import rollup
from tests.backend.answering import NOW, a_survey, an_answer, random_answers, store
from tests.backend.tabulation.rolled_up import (
    a_survey_with,
    change,
    delete,
    is_exact,
    logged_changes,
    read,
    rescan,
    roll_up,
    stored_rollup,
)
from tests.builders import a_questionnaire_text


def test_without_a_roll_up_everything_is_counted(database: Database) -> None:
    survey = a_survey_with(database, 20)

    counts = read(database, survey)

    assert counts.n.sum() == 20
    assert stored_rollup(database, survey) is None


def test_what_came_in_after_a_refresh_is_counted_beside_it(database: Database) -> None:
    survey = a_survey_with(database, 20)
    roll_up(database, survey)
    store(database, survey, random_answers(7, seed=2), channel="hall-qr")

    counts = read(database, survey)

    assert counts.n.sum() == 27
    assert is_exact(database, survey)


CHANGES_THAT_COUNT: dict[str, Any] = {
    "excluded_reason": "duplicate",
    "is_flagged": True,
    "channel": "hall-qr",
    "simulated": True,
    "weighting_cell": "370883|male",
    "levels": "n-1",
    "composite_share_from_4": 0.25,
    "composite_share_from_3": 0.75,
    "composite_score_100_80_60_30_0": None,
    "composite_score_100_75_50_25_0": 0.5,
}


def test_a_change_of_any_counted_column_is_seen_at_once_and_after_the_next_refresh(
    database: Database,
) -> None:
    survey = a_survey_with(database, 12)
    roll_up(database, survey)
    unseen, inexact = [], []

    for place, (name, value) in enumerate(CHANGES_THAT_COUNT.items()):
        before = read(database, survey)
        change(database, survey, place, **{name: value})
        unseen += [name] if _same(read(database, survey), before) else []
        inexact += [] if is_exact(database, survey) else [f"{name} in the log"]
        roll_up(database, survey)
        inexact += [] if is_exact(database, survey) else [f"{name} rolled up"]

    assert (unseen, inexact) == ([], [])
    assert logged_changes(database) == []


def test_an_excluded_response_that_is_let_in_again_counts_as_before(database: Database) -> None:
    survey = a_survey_with(database, 15)
    roll_up(database, survey)
    before = read(database, survey)

    change(database, survey, 3, excluded_reason="speeding")
    roll_up(database, survey)
    change(database, survey, 3, excluded_reason=None)

    assert _same(read(database, survey), before)


def test_a_deleted_response_leaves_the_sums(database: Database) -> None:
    survey = a_survey_with(database, 15)
    roll_up(database, survey)

    delete(database, survey, 14)

    assert read(database, survey).n.sum() == 14
    assert is_exact(database, survey)


def test_the_id_of_a_deleted_response_is_not_given_to_the_next(database: Database) -> None:
    survey = a_survey_with(database, 5)
    roll_up(database, survey)
    delete(database, survey, 4)
    roll_up(database, survey)

    store(database, survey, random_answers(1, seed=9))

    assert read(database, survey).n.sum() == 5
    assert is_exact(database, survey)


def test_a_change_that_no_count_can_show_is_not_logged(database: Database) -> None:
    survey = a_survey_with(database, 3)

    change(database, survey, 1, failed_checks="attention", device_hash="0" * 64, language="en")

    assert logged_changes(database) == []


def test_changes_of_responses_that_are_not_rolled_up_yet_are_not_counted_twice(
    database: Database,
) -> None:
    survey = a_survey_with(database, 10)
    roll_up(database, survey)
    store(database, survey, random_answers(5, seed=2))
    change(database, survey, 12, excluded_reason="duplicate")

    before = is_exact(database, survey)
    roll_up(database, survey)

    assert before
    assert is_exact(database, survey)
    assert logged_changes(database) == []


def test_other_surveys_stay_out(database: Database) -> None:
    survey = a_survey_with(database, 10)
    other = a_survey(database, a_questionnaire_text(), slug="other")
    store(database, other, random_answers(8, seed=2))
    roll_up(database, survey)
    change(database, other, 0, excluded_reason="duplicate")
    store(database, other, random_answers(3, seed=3))

    assert read(database, survey).n.sum() == 10
    assert read(database, other).n.sum() == 11
    roll_up(database, survey)
    # The other survey's change is still there for the other survey's refresh.
    assert len(logged_changes(database)) == 2


def test_a_response_that_moves_to_another_survey_is_counted_there(database: Database) -> None:
    survey = a_survey_with(database, 6)
    other = a_survey(database, a_questionnaire_text(), slug="other")
    store(database, other, random_answers(4, seed=2))
    roll_up(database, survey)
    roll_up(database, other)

    change(database, survey, 0, survey_id=other.id)

    assert (read(database, survey).n.sum(), read(database, other).n.sum()) == (5, 5)
    assert is_exact(database, survey)
    assert is_exact(database, other)


def test_a_refresh_in_small_steps_ends_where_one_step_does(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rollup, "STEP_RESPONSES", 7)
    monkeypatch.setattr(rollup, "STEP_CHANGES", 5)
    survey = a_survey_with(database, 40)
    with database.write() as session:
        session.execute(update(Response).values(is_flagged=True))
    change(database, survey, 3, excluded_reason="duplicate")

    roll_up(database, survey)

    assert is_exact(database, survey)
    assert logged_changes(database) == []


def test_many_changes_of_what_is_rolled_up_are_taken_in_steps(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rollup, "STEP_CHANGES", 5)
    survey = a_survey_with(database, 20)
    roll_up(database, survey)
    with database.write() as session:
        session.execute(update(Response).values(is_flagged=True))

    step = rollup.count_step(database, survey.id, survey.questionnaire)

    assert step is not None
    assert len(step.consumed) == 5
    assert not step.is_last
    rollup.write_step(database, step, NOW)
    assert is_exact(database, survey)
    roll_up(database, survey)
    assert logged_changes(database) == []
    assert is_exact(database, survey)


def test_a_refresh_without_news_writes_nothing(database: Database) -> None:
    survey = a_survey_with(database, 5)
    roll_up(database, survey)
    first = stored_rollup(database, survey)

    roll_up(database, survey)

    again = stored_rollup(database, survey)
    assert first is not None
    assert again is not None
    assert again.revision == first.revision


def test_a_roll_up_of_other_measures_is_not_used_and_is_made_anew(database: Database) -> None:
    survey = a_survey_with(database, 10)
    roll_up(database, survey)
    change(database, survey, 2, excluded_reason="duplicate")
    with database.write() as session:
        session.execute(text("UPDATE tabulation_rollups SET coding_digest = 'of others'"))

    before = is_exact(database, survey)
    roll_up(database, survey)

    rolled_up = stored_rollup(database, survey)
    assert before
    assert is_exact(database, survey)
    assert rolled_up is not None
    assert rolled_up.coding_digest != "of others"


def test_a_new_version_of_the_questionnaire_keeps_the_roll_up(database: Database) -> None:
    survey = a_survey_with(database, 10)
    roll_up(database, survey)
    with database.write() as session:
        publish(session, "example", a_questionnaire_text(estimated_minutes=3), "test", NOW)
        newer = fetch_published(session, "example")
    store(database, newer, [an_answer()])

    roll_up(database, newer)

    rolled_up = stored_rollup(database, survey)
    assert rolled_up is not None
    assert rolled_up.revision == 2
    assert _same(read(database, newer), rescan(database, survey))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_the_table_of_responses_cannot_be_emptied_behind_the_roll_up(database: Database) -> None:
    a_survey_with(database, 3)

    with pytest.raises(DatabaseError, match="not truncated"), database.write() as session:
        session.execute(text("TRUNCATE responses CASCADE"))


def _same(first: Any, second: Any) -> bool:
    return (
        first.groups == second.groups
        and np.array_equal(first.counts, second.counts)
        and np.allclose(first.sums, second.sums, rtol=0, atol=1e-12)
    )
