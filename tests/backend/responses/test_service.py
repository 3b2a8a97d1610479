from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from backend.db.engine import Database
from backend.errors import (
    AlreadyAnswered,
    IdempotencyConflict,
    InvalidAnswers,
    QuotaReached,
    SurveyClosed,
)
from backend.responses.models import Response
from backend.responses.origins import Origin
from backend.responses.service import (
    accept,
    count_responses,
    find_earlier_response,
    hash_request,
)
from backend.surveys.service import Status, fetch_published, set_status
from tests.backend.published import NOON, a_submission, published

LATER = NOON + timedelta(minutes=5)


def test_a_response_is_stored_with_all_that_the_statistics_need(database: Database) -> None:
    submission = a_submission(
        channel="hall-qr", language="en", opened_at=NOON, order_seed=10**18 - 1
    )
    with database.write() as session:
        survey = published(session)
        receipt = accept(session, survey, submission, LATER)

    with database.read() as session:
        stored = session.execute(select(Response)).scalar_one()
    assert (stored.public_id, stored.submitted_at) == (receipt.public_id, LATER)
    assert (stored.survey_id, stored.version_id) == (survey.id, survey.version_id)
    assert (stored.channel, stored.language, stored.opened_at) == ("hall-qr", "en", NOON)
    assert stored.order_seed == 10**18 - 1
    assert stored.answers == submission.raw
    assert (stored.weighting_cell, stored.levels) == ("370811|female", "45n")
    assert stored.composite_share_from_4 == 1.0


def test_failed_checks_and_where_it_came_from_are_stored(database: Database) -> None:
    quality = {"attention": [{"item": "sex", "expected": "male"}]}
    origin = Origin(device_hash="d" * 64, identity_hash="i" * 64, network_hash="n" * 64)
    with database.write() as session:
        survey = published(session, quality=quality)
        accept(session, survey, a_submission(origin=origin), NOON)

    with database.read() as session:
        stored = session.execute(select(Response)).scalar_one()
    assert stored.failed_checks == "attention:sex"
    assert stored.device_hash == "d" * 64
    assert stored.identity_hash == "i" * 64
    assert stored.network_hash == "n" * 64
    assert stored.is_flagged is False


def test_a_retry_gets_the_receipt_of_the_first_time(database: Database) -> None:
    submission = a_submission(idempotency_key="k", request_hash=hash_request({"a": 1}))
    with database.write() as session:
        survey = published(session)
        first = accept(session, survey, submission, NOON)

    with database.write() as session:
        second = accept(session, survey, submission, LATER)

    assert (second.public_id, second.received_at) == (first.public_id, NOON)
    assert (first.replayed, second.replayed) == (False, True)
    with database.read() as session:
        assert count_responses(session, survey.id) == 1


def test_a_retry_is_answered_even_when_the_survey_has_closed_meanwhile(database: Database) -> None:
    submission = a_submission(idempotency_key="k", request_hash="h")
    with database.write() as session:
        accept(session, published(session), submission, NOON)
        set_status(session, "hall", Status.CLOSED)

        receipt = accept(session, fetch_published(session, "hall"), submission, LATER)

    assert receipt.replayed


def test_a_key_that_came_with_other_content_is_a_conflict(database: Database) -> None:
    with database.write() as session:
        survey = published(session)
        accept(session, survey, a_submission(idempotency_key="k", request_hash="one"), NOON)

        with pytest.raises(IdempotencyConflict):
            accept(session, survey, a_submission(idempotency_key="k", request_hash="two"), NOON)


def test_two_surveys_do_not_share_keys(database: Database) -> None:
    submission = a_submission(idempotency_key="k", request_hash="h")
    with database.write() as session:
        one, other = published(session, "one"), published(session, "other")

        receipts = [accept(session, survey, submission, NOON) for survey in (one, other)]

    assert [receipt.replayed for receipt in receipts] == [False, False]


def test_without_a_key_every_submission_is_a_response(database: Database) -> None:
    with database.write() as session:
        survey = published(session)
        accept(session, survey, a_submission(), NOON)
        accept(session, survey, a_submission(), NOON)

        assert count_responses(session, survey.id) == 2


def test_a_closed_survey_takes_nothing(database: Database) -> None:
    with database.write() as session:
        published(session)
        set_status(session, "hall", Status.PAUSED)

        with pytest.raises(SurveyClosed):
            accept(session, fetch_published(session, "hall"), a_submission(), NOON)


def test_bad_answers_are_refused_with_every_fault(database: Database) -> None:
    raw = {"overall": 7, "fields": {"government": "good"}, "district": "110101"}
    with database.write() as session:
        survey = published(session)

        with pytest.raises(InvalidAnswers) as refused:
            accept(session, survey, a_submission(raw=raw), NOON)

    fields = {fault.field for fault in refused.value.faults}
    assert fields == {"overall", "fields.government", "district", "sex"}
    with database.read() as session:
        assert count_responses(session, survey.id) == 0


def test_one_respondent_answers_once(database: Database) -> None:
    with database.write() as session:
        survey = published(session, limits={"one_response_per": "device"})
        accept(session, survey, a_submission(respondent_hash="r"), NOON)

        with pytest.raises(AlreadyAnswered):
            accept(session, survey, a_submission(respondent_hash="r"), NOON)

        assert find_earlier_response(session, survey, "r")
        assert not find_earlier_response(session, survey, "somebody else")


def test_a_quota_is_filled_and_not_exceeded(database: Database) -> None:
    with database.write() as session:
        survey = published(session, limits={"max_responses": 2})
        for _ in range(2):
            accept(session, survey, a_submission(), NOON)

    with pytest.raises(QuotaReached), database.write() as session:
        # With what was known before: the database decides, not the caller's copy.
        accept(session, survey, a_submission(), NOON)

    with database.read() as session:
        assert count_responses(session, survey.id) == 2
        assert fetch_published(session, "hall").is_full


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), JSON_VALUES))
def test_the_order_of_members_does_not_change_a_request(content: dict[str, object]) -> None:
    backwards = dict(reversed(content.items()))

    assert hash_request(content) == hash_request(backwards)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": 1}, {"a": 2}),
        ({"a": 1}, {"a": "1"}),
        ({"a": 1}, {"a": True}),
        ({"a": None}, {}),
        ({"a": [1, 2]}, {"a": [2, 1]}),
        ({"a": "b"}, {"b": "a"}),
    ],
)
def test_other_content_is_another_request(one: object, other: object) -> None:
    assert hash_request(one) != hash_request(other)
