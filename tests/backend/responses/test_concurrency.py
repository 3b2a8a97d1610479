"""Fifty submitters at once, each on a thread and transaction of its own, held by a barrier."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from backend.db.engine import Database
from backend.errors import AlreadyAnswered, MinshengError, QuotaReached
from backend.responses.service import Receipt, Submission, accept, count_responses
from backend.surveys.service import PublishedSurvey
from tests.backend.published import NOON, a_submission, published

SUBMITTERS = 50


def submit_at_once(
    database: Database, survey: PublishedSurvey, submission_of: Callable[[int], Submission]
) -> list[Receipt | MinshengError]:
    barrier = Barrier(SUBMITTERS)

    def submit(number: int) -> Receipt | MinshengError:
        barrier.wait()
        try:
            with database.write() as session:
                return accept(session, survey, submission_of(number), NOON)
        except MinshengError as error:
            return error

    with ThreadPoolExecutor(SUBMITTERS) as threads:
        return list(threads.map(submit, range(SUBMITTERS)))


def survey_with(database: Database, **limits: object) -> PublishedSurvey:
    with database.write() as session:
        return published(session, limits=limits)


def stored(database: Database, survey: PublishedSurvey) -> int:
    with database.read() as session:
        return count_responses(session, survey.id)


def test_one_key_sent_fifty_times_at_once_stores_one_response(database: Database) -> None:
    survey = survey_with(database)

    results = submit_at_once(
        database, survey, lambda _: a_submission(idempotency_key="k", request_hash="h")
    )

    receipts = [result for result in results if isinstance(result, Receipt)]
    assert len(receipts) == SUBMITTERS
    assert len({receipt.public_id for receipt in receipts}) == 1
    assert [receipt.replayed for receipt in receipts].count(False) == 1
    assert stored(database, survey) == 1


def test_one_respondent_fifty_times_at_once_stores_one_response(database: Database) -> None:
    survey = survey_with(database, one_response_per="device")

    results = submit_at_once(
        database,
        survey,
        lambda number: a_submission(
            idempotency_key=f"k{number}", request_hash="h", respondent_hash="r"
        ),
    )

    refused = [result for result in results if isinstance(result, AlreadyAnswered)]
    assert len(refused) == SUBMITTERS - 1
    assert stored(database, survey) == 1


def test_a_quota_of_ten_stores_exactly_ten_of_fifty_at_once(database: Database) -> None:
    survey = survey_with(database, max_responses=10)

    results = submit_at_once(
        database, survey, lambda number: a_submission(idempotency_key=f"k{number}")
    )

    refused = [result for result in results if isinstance(result, QuotaReached)]
    assert len(refused) == SUBMITTERS - 10
    assert stored(database, survey) == 10
