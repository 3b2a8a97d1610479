"""Screening stored responses, and deciding on what it flags, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from backend.db.engine import Database
from backend.fieldwork import service
from backend.fieldwork.models import ResponseReview
from backend.fieldwork.reasons import Reason
from backend.fieldwork.service import (
    Decided,
    RuleSummary,
    Selection,
    UnknownReceipts,
    exclude,
    include,
    keep,
    list_flagged,
    quality_summary,
    screen,
)
from backend.responses.models import Response
from backend.surveys.service import PublishedSurvey
from backend.tabulation.sql import tabulate
from tests.backend.fieldwork.screened import (
    LATER,
    a_screened_survey,
    flags,
    reviews,
    send,
    stored,
)
from tests.backend.published import NOON

FOUND = [
    (3, "duplicates", 2.0, 1.0),
    (4, "speeding", 5.0, 15.0),
    (5, "attention", 1.0, 1.0),
    (5, "speeding", 5.0, 15.0),
]


def test_screening_flags_each_response_with_rule_value_and_limit(database: Database) -> None:
    survey = a_screened_survey(database)

    screening = screen(database, survey, LATER)

    assert flags(database) == FOUND
    assert screening.by_rule == {"speeding": 2, "attention": 1, "duplicates": 1}
    assert (screening.responses, screening.flagged, screening.changed) == (5, 3, 3)
    assert [each.is_flagged for each in stored(database)] == [False, False, True, True, True]


def test_a_flag_excludes_nothing(database: Database) -> None:
    survey = a_screened_survey(database)

    screen(database, survey, LATER)

    assert {each.excluded_reason for each in stored(database)} == {None}
    assert total(database, survey) == 5


def test_screening_again_changes_nothing(database: Database) -> None:
    survey = a_screened_survey(database)
    screen(database, survey, LATER)

    again = screen(database, survey, LATER + timedelta(days=1))

    assert again.changed == 0
    assert flags(database) == FOUND


def test_a_flag_that_no_longer_holds_is_taken_back(database: Database) -> None:
    survey = a_screened_survey(database)
    screen(database, survey, LATER)
    with database.write() as session:
        session.execute(delete(Response).where(Response.id == 1))

    screening = screen(database, survey, LATER)

    assert screening.changed == 1
    assert flags(database) == FOUND[1:]
    assert [each.is_flagged for each in stored(database)] == [False, False, True, True]


def test_chunks_of_any_size_find_the_same(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = a_screened_survey(database)
    monkeypatch.setattr(service, "ROWS_AT_ONCE", 2)
    monkeypatch.setattr(service, "CHANGES_AT_ONCE", 1)

    screen(database, survey, LATER)

    assert flags(database) == FOUND


def test_a_new_response_is_judged_the_next_time(database: Database) -> None:
    survey = a_screened_survey(database)
    screen(database, survey, LATER)
    send(database, survey, LATER, seconds=60, device="b")

    screening = screen(database, survey, LATER)

    assert screening.changed == 1
    assert flags(database)[-1] == (6, "duplicates", 2.0, 1.0)


def test_excluding_by_rule_takes_what_it_flags_out_of_the_sums(database: Database) -> None:
    survey = a_screened_survey(database)
    screen(database, survey, LATER)

    decided = decide_to_exclude(database, survey, Selection(rule="speeding"), Reason.SPEEDING)

    assert decided == Decided(changed=2, unchanged=0)
    assert [each.excluded_reason for each in stored(database)] == [
        *(None, None, None),
        *("speeding", "speeding"),
    ]
    assert reviews(database) == [
        (4, "exclude", "speeding", "editor"),
        (5, "exclude", "speeding", "editor"),
    ]
    assert total(database, survey) == 3


def test_a_response_that_was_excluded_keeps_its_first_reason(database: Database) -> None:
    survey = a_screened_survey(database)
    screen(database, survey, LATER)
    decide_to_exclude(database, survey, Selection(rule="attention"), Reason.ATTENTION)

    decided = decide_to_exclude(database, survey, Selection(rule="speeding"), Reason.SPEEDING)

    assert decided == Decided(changed=1, unchanged=1)
    assert stored(database)[4].excluded_reason == "attention"
    assert len(reviews(database)) == 2


def test_excluded_and_included_again_a_response_is_as_before_in_the_sums(
    database: Database,
) -> None:
    survey = a_screened_survey(database)
    screen(database, survey, LATER)
    with database.read() as session:
        before = tabulate(session, survey.id, survey.questionnaire)
    decide_to_exclude(database, survey, Selection(rule="duplicates"), Reason.DUPLICATE)

    with database.write() as session:
        decided = include(session, survey, Selection(rule="duplicates"), "editor", LATER)

    with database.read() as session:
        after = tabulate(session, survey.id, survey.questionnaire)
    assert decided == Decided(changed=1, unchanged=0)
    assert after.n.tolist() == before.n.tolist()
    assert after.wy.tolist() == before.wy.tolist()
    assert after.wyy.tolist() == before.wyy.tolist()
    assert [review[1] for review in reviews(database)] == ["exclude", "include"]


def test_responses_are_chosen_by_receipt_number_as_people_write_it(database: Database) -> None:
    survey = a_screened_survey(database)
    receipt = stored(database)[0].public_id
    spaced = " ".join(receipt[start : start + 4] for start in range(0, 16, 4))

    decide_to_exclude(database, survey, Selection(receipts=(spaced,)), Reason.OTHER)

    assert stored(database)[0].excluded_reason == "other"


def test_with_an_unknown_receipt_number_nothing_is_decided(database: Database) -> None:
    survey = a_screened_survey(database)
    known = stored(database)[0].public_id
    selection = Selection(receipts=(known, "no such"))

    with pytest.raises(UnknownReceipts) as refused:
        decide_to_exclude(database, survey, selection, Reason.OTHER)

    assert refused.value.arguments == {"receipts": "nosuch"}
    assert {each.excluded_reason for each in stored(database)} == {None}


def test_a_response_of_another_survey_cannot_be_decided_on(database: Database) -> None:
    survey = a_screened_survey(database)
    receipt = stored(database)[0].public_id
    other = PublishedSurvey(**{**vars(survey), "id": survey.id + 1})

    with pytest.raises(UnknownReceipts):
        decide_to_exclude(database, other, Selection(receipts=(receipt,)), Reason.OTHER)


def test_keeping_a_response_puts_it_on_record_and_changes_nothing(database: Database) -> None:
    survey = a_screened_survey(database)
    screen(database, survey, LATER)

    with database.write() as session:
        decided = keep(session, survey, Selection(rule="duplicates"), "editor", LATER)

    assert decided == Decided(changed=1, unchanged=0)
    assert reviews(database) == [(3, "keep", None, "editor")]
    assert stored(database)[2].is_flagged


def test_a_decision_cannot_be_changed_or_deleted(database: Database) -> None:
    survey = a_screened_survey(database)
    screen(database, survey, LATER)
    decide_to_exclude(database, survey, Selection(rule="duplicates"), Reason.DUPLICATE)

    for statement in (
        update(ResponseReview).values(decided_by="nobody"),
        delete(ResponseReview),
    ):
        with pytest.raises(DatabaseError), database.write() as session:
            session.execute(statement)

    assert reviews(database) == [(3, "exclude", "duplicate", "editor")]


def test_the_list_has_receipt_and_evidence_and_no_answers(database: Database) -> None:
    survey = a_screened_survey(database)
    screen(database, survey, LATER)

    with database.read() as session:
        everything = list_flagged(session, survey)
        inattentive = list_flagged(session, survey, "attention")

    receipts = [each.public_id for each in stored(database)]
    assert [each.public_id for each in everything] == receipts[2:]
    (flagged,) = inattentive
    assert [each.rule for each in flagged.evidence] == ["attention", "speeding"]
    assert flagged.submitted_at == NOON + timedelta(minutes=4)
    assert not {"answers", "levels"} & set(vars(flagged))


def test_the_summary_counts_flagged_and_excluded_by_rule_and_each_response_once(
    database: Database,
) -> None:
    survey = a_screened_survey(database)
    screen(database, survey, LATER)
    decide_to_exclude(database, survey, Selection(rule="attention"), Reason.ATTENTION)

    with database.read() as session:
        summary = quality_summary(session, survey)

    assert summary.rules == (
        RuleSummary("speeding", flagged=2, excluded=1),
        RuleSummary("attention", flagged=1, excluded=1),
        RuleSummary("duplicates", flagged=1, excluded=0),
    )
    assert (summary.flagged, summary.excluded) == (3, 1)


def decide_to_exclude(
    database: Database, survey: PublishedSurvey, selection: Selection, reason: Reason
) -> Decided:
    with database.write() as session:
        return exclude(session, survey, selection, reason, "editor", LATER)


def total(database: Database, survey: PublishedSurvey) -> int:
    with database.read() as session:
        return int(tabulate(session, survey.id, survey.questionnaire).n.sum())
