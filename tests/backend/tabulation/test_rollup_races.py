"""What may happen between two moments of a refresh, and beside it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from backend.db.engine import Database
from backend.responses.service import Submission, accept
from backend.surveys.service import PublishedSurvey
from backend.tabulation import rollup
from backend.tabulation.rollup import Step, count_step, read_counts, refresh, write_step
from backend.tabulation.verification import verify
from tests.backend.answering import NOW, an_answer, random_answers, store
from tests.backend.tabulation.rolled_up import (
    LATER,
    a_survey_with,
    change,
    delete,
    is_exact,
    logged_changes,
    read,
    roll_up,
    set_columns,
    stored_rollup,
)

POSTGRESQL_ONLY = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


def counted(database: Database, survey: PublishedSurvey) -> Step:
    """A step of a refresh that is counted and not yet written."""
    step = count_step(database, survey.id, survey.questionnaire)
    assert step is not None
    return step


BETWEEN: dict[str, Callable[[Database, PublishedSurvey], None]] = {
    "exclusion of what is rolled up": lambda database, survey: change(
        database, survey, 2, excluded_reason="duplicate"
    ),
    "exclusion of what is being rolled up": lambda database, survey: change(
        database, survey, 22, excluded_reason="duplicate"
    ),
    "a second change of the same response": lambda database, survey: change(
        database, survey, 4, excluded_reason=None
    ),
    "deletion of what is rolled up": lambda database, survey: delete(database, survey, 2),
    "deletion of what is being rolled up": lambda database, survey: delete(database, survey, 22),
    "a new response": lambda database, survey: store(database, survey, [an_answer()]),
}


@pytest.mark.parametrize("what", BETWEEN)
def test_what_happens_between_counting_and_writing_is_not_lost(
    database: Database, what: str
) -> None:
    survey = a_survey_with(database, 20)
    roll_up(database, survey)
    store(database, survey, random_answers(5, seed=2))
    change(database, survey, 4, excluded_reason="duplicate")
    step = counted(database, survey)

    BETWEEN[what](database, survey)
    is_written = write_step(database, step, LATER)

    assert is_written
    assert is_exact(database, survey)
    roll_up(database, survey)
    assert is_exact(database, survey)


def test_of_two_refreshes_from_the_same_state_one_is_given_up(database: Database) -> None:
    survey = a_survey_with(database, 20)
    roll_up(database, survey)
    change(database, survey, 3, excluded_reason="duplicate")
    first = counted(database, survey)
    change(database, survey, 5, is_flagged=True)
    second = counted(database, survey)

    written = [write_step(database, step, LATER) for step in (first, second)]

    assert written == [True, False]
    assert is_exact(database, survey)
    # What only the second had counted is still to be counted.
    assert [sign for _, sign in logged_changes(database)] == [-1, 1]


def test_of_two_first_refreshes_one_is_given_up(database: Database) -> None:
    survey = a_survey_with(database, 10)
    steps = [counted(database, survey), counted(database, survey)]

    written = [write_step(database, step, LATER) for step in steps]

    assert written == [True, False]
    assert is_exact(database, survey)


def test_a_refresh_that_dies_after_counting_leaves_everything_as_it_was(
    database: Database,
) -> None:
    survey = a_survey_with(database, 20)
    roll_up(database, survey)
    change(database, survey, 3, excluded_reason="duplicate")

    counted(database, survey)

    assert is_exact(database, survey)
    assert len(logged_changes(database)) == 2
    roll_up(database, survey)
    assert is_exact(database, survey)


def test_a_change_that_is_rolled_back_was_none(database: Database) -> None:
    survey = a_survey_with(database, 10)
    roll_up(database, survey)

    with database.write() as session:
        set_columns(session, survey, 1, excluded_reason="duplicate")
        session.flush()
        session.rollback()

    assert logged_changes(database) == []
    assert is_exact(database, survey)


def test_a_report_that_began_before_a_refresh_goes_on_with_what_it_saw(
    database: Database,
) -> None:
    survey = a_survey_with(database, 20)
    roll_up(database, survey)
    change(database, survey, 3, excluded_reason="duplicate")
    with database.read() as session:
        first = read_counts(session, survey.id, survey.questionnaire)
        change(database, survey, 6, is_flagged=True)
        roll_up(database, survey)

        session.expire_all()
        again = read_counts(session, survey.id, survey.questionnaire)

    assert again.groups == first.groups
    assert np.array_equal(again.counts, first.counts)


@POSTGRESQL_ONLY
def test_an_id_drawn_before_others_were_committed_is_waited_for(database: Database) -> None:
    survey = a_survey_with(database, 5)
    with ThreadPoolExecutor(1) as threads:
        with database.write() as slow:
            accept(slow, survey, Submission(an_answer(), "slow", "zh-CN"), NOW)
            store(database, survey, [an_answer()], channel="fast")
            refreshing = threads.submit(roll_up, database, survey)
            while_waiting = read(database, survey)
        refreshing.result()

    assert while_waiting.n.sum() == 6
    assert is_exact(database, survey)
    rolled_up = stored_rollup(database, survey)
    assert rolled_up is not None
    with database.read() as session:
        assert rollup.repository.count_waiting(session, survey.id, 10) == 0


@POSTGRESQL_ONLY
def test_an_id_that_stays_uncommitted_keeps_the_roll_up_from_passing_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rollup, "PATIENCE_SECONDS", 0.05)
    survey = a_survey_with(database, 5)
    with database.write() as slow:
        accept(slow, survey, Submission(an_answer(), "slow", "zh-CN"), NOW)
        store(database, survey, [an_answer()], channel="fast")
        roll_up(database, survey)
        meanwhile = read(database, survey)

    assert meanwhile.n.sum() == 6
    assert read(database, survey).n.sum() == 7
    assert is_exact(database, survey)


@POSTGRESQL_ONLY
def test_a_change_that_is_committed_after_later_ones_were_rolled_up_is_still_counted(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rollup, "PATIENCE_SECONDS", 0.05)
    survey = a_survey_with(database, 10)
    roll_up(database, survey)
    with database.write() as slow:
        set_columns(slow, survey, 1, excluded_reason="duplicate")
        slow.flush()
        change(database, survey, 2, excluded_reason="speeding")
        roll_up(database, survey)
        left_in_the_log = logged_changes(database)

    assert left_in_the_log == []
    assert len(logged_changes(database)) == 2
    assert is_exact(database, survey)


def test_writers_refreshers_and_readers_beside_each_other_stay_exact(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rollup, "STEP_RESPONSES", 15)
    survey = a_survey_with(database, 30)

    def submit(seed: int) -> None:
        for raw in random_answers(12, seed=seed):
            store(database, survey, [raw])

    def review(first: int) -> None:
        for place in range(first, first + 12):
            change(database, survey, place, excluded_reason="duplicate", is_flagged=True)
        for place in range(first, first + 12, 2):
            change(database, survey, place, excluded_reason=None)

    def keep(_: int) -> None:
        for _round in range(8):
            refresh(database, survey.id, survey.questionnaire, LATER)

    def look(_: int) -> list[object]:
        found: list[object] = []
        for _round in range(10):
            with database.read() as session:
                found += verify(session, survey.id, survey.questionnaire).differences
        return found

    with ThreadPoolExecutor(8) as threads:
        work = [threads.submit(submit, 11), threads.submit(submit, 12)]
        work += [threads.submit(review, 0), threads.submit(review, 15)]
        work += [threads.submit(keep, 0), threads.submit(keep, 1)]
        looking = [threads.submit(look, 0), threads.submit(look, 1)]
        for each in work:
            each.result()
        seen = [difference for each in looking for difference in each.result()]

    assert seen == []
    assert is_exact(database, survey)
    assert read(database, survey).n.sum() == 54
