"""Rows from entry to acceptance, by whom, and what happens when two people are at it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from backend.db.engine import Database
from backend.errors import Forbidden, Invalid, NotFound
from backend.ratings.evidence.new import NewEvidence
from backend.ratings.evidence.owner import RowOwner
from backend.ratings.evidence.service import fetch_evidence, list_evidence
from backend.ratings.rounds.entry import Entry
from backend.ratings.rounds.models import AssessmentRound
from backend.ratings.rounds.refusals import RoundClosed, RowChanged, WrongState
from backend.ratings.rounds.round import Row, RowState
from backend.ratings.rounds.service import (
    NewProgress,
    RowAt,
    accept_row,
    add_progress,
    assign_row,
    attach,
    detach,
    fetch_round,
    list_events,
    list_progress,
    reopen_row,
    return_row,
    row_of,
    save_row,
    submit_row,
)
from backend.staff.service import Staff
from tests.backend.ratings.opened import ADMIN, NOW, SLUG, a_round
from tests.backend.ratings.rounds.people import (
    APPROVALS,
    DATA_BUREAU,
    EDUCATION,
    EVALUATOR,
    PROOF_FREE,
    REVIEWER,
    SHANDONG_TONG,
    indicator,
)

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
TODAY = NOW.date()
ENTRY = Entry({"proof_free_items": 340.0}, "来自平台")
LINK = NewEvidence(link="https://www.jining.gov.cn/1.html")


@pytest.fixture(autouse=True)
def opened(database: Database) -> None:
    with database.write() as session:
        a_round(session)


def at(revision: int, number: int = PROOF_FREE) -> RowAt:
    return RowAt(SLUG, number, revision)


def row(database: Database, number: int = PROOF_FREE) -> Row:
    with database.read() as session:
        return row_of(fetch_round(session, SLUG), number)


def close(session: Session) -> None:
    session.execute(
        update(AssessmentRound).values(
            state="closed", closed_by="e@jining.example", closed_at=NOW, frozen="{}"
        )
    )


def test_a_row_goes_from_entry_over_return_to_acceptance_and_all_of_it_is_on_record(
    database: Database,
) -> None:
    with database.write() as session:
        save_row(session, at(0), ENTRY, DATA_BUREAU, NOW)
        submit_row(session, at(1), ENTRY, APPROVALS, NOW)
        return_row(session, at(2), "请补充材料", REVIEWER, NOW)
        submit_row(session, at(3), Entry({"proof_free_items": 400.0}), DATA_BUREAU, NOW)
        accepted = accept_row(session, at(4), REVIEWER, NOW)

    assert (accepted.state, accepted.revision, accepted.reason) == (RowState.ACCEPTED, 5, "")
    with database.read() as session:
        events = list_events(session, fetch_round(session, SLUG).id, PROOF_FREE)
    assert [(each.action, each.reason, each.done_by) for each in events] == [
        ("save", "", DATA_BUREAU.email),
        ("submit", "", APPROVALS.email),
        ("return", "请补充材料", REVIEWER.email),
        ("submit", "", DATA_BUREAU.email),
        ("accept", "", REVIEWER.email),
    ]
    assert events[1].figures == {"proof_free_items": 340.0}
    assert events[3].figures == {"proof_free_items": 400.0}


def test_of_two_people_who_save_at_once_one_is_kept_and_the_other_is_shown_it(
    database: Database,
) -> None:
    both_began = Barrier(2)

    def save(staff: Staff, items: float) -> Row | RowChanged:
        both_began.wait()
        try:
            with database.write() as session:
                return save_row(session, at(0), Entry({"proof_free_items": items}), staff, NOW)
        except RowChanged as refused:
            return refused

    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(save, (DATA_BUREAU, APPROVALS), (300.0, 500.0)))

    kept = next(each for each in outcomes if isinstance(each, Row))
    refused = next(each for each in outcomes if isinstance(each, RowChanged))
    assert refused.current.figures == kept.figures == row(database).figures
    assert (kept.revision, row(database).revision) == (1, 1)


@on_sqlite
def test_whoever_read_an_older_revision_changes_nothing(database: Database) -> None:
    with database.write() as session:
        save_row(session, at(0), ENTRY, DATA_BUREAU, NOW)

    stale: tuple[Callable[[Session], Row], ...] = (
        lambda session: save_row(session, at(0), Entry({}), APPROVALS, NOW),
        lambda session: submit_row(session, at(0), ENTRY, APPROVALS, NOW),
        lambda session: accept_row(session, at(0), REVIEWER, NOW),
        lambda session: assign_row(session, at(0), ("市教育局",), TODAY, REVIEWER, NOW),
    )
    for change in stale:
        with pytest.raises(RowChanged), database.write() as session:
            change(session)

    assert row(database).revision == 1


@on_sqlite
def test_a_department_touches_its_own_rows_only(database: Database) -> None:
    others: tuple[Callable[[Session], Any], ...] = (
        lambda session: save_row(session, at(0), ENTRY, EDUCATION, NOW),
        lambda session: submit_row(session, at(0), ENTRY, EDUCATION, NOW),
        lambda session: attach(session, SLUG, PROOF_FREE, LINK, EDUCATION, NOW),
        lambda session: add_progress(
            session, SLUG, PROOF_FREE, NewProgress("整改"), EDUCATION, NOW, TODAY
        ),
        lambda session: save_row(session, at(0), ENTRY, EVALUATOR, NOW),
        lambda session: accept_row(session, at(0), DATA_BUREAU, NOW),
        lambda session: assign_row(session, at(0), ("市教育局",), TODAY, EVALUATOR, NOW),
    )
    for change in others:
        with pytest.raises(Forbidden), database.write() as session:
            change(session)

    assert row(database).state is RowState.EMPTY


@on_sqlite
def test_an_accepted_row_is_locked_until_a_reviewer_opens_it_again(database: Database) -> None:
    with database.write() as session:
        submit_row(session, at(0), ENTRY, DATA_BUREAU, NOW)
        accept_row(session, at(1), REVIEWER, NOW)
    with pytest.raises(WrongState), database.write() as session:
        save_row(session, at(2), ENTRY, DATA_BUREAU, NOW)
    with pytest.raises(WrongState), database.write() as session:
        attach(session, SLUG, PROOF_FREE, LINK, DATA_BUREAU, NOW)

    with database.write() as session:
        reopen_row(session, at(2), "口径有误", REVIEWER, NOW)
        saved = save_row(session, at(3), ENTRY, DATA_BUREAU, NOW)

    assert (saved.state, saved.reason) == (RowState.RETURNED, "口径有误")


@on_sqlite
def test_saving_takes_a_submitted_row_back(database: Database) -> None:
    with database.write() as session:
        submit_row(session, at(0), ENTRY, DATA_BUREAU, NOW)

        saved = save_row(session, at(1), ENTRY, DATA_BUREAU, NOW)

    assert saved.state is RowState.DRAFT


@on_sqlite
def test_only_submitted_rows_are_judged_and_a_return_needs_a_reason(database: Database) -> None:
    with pytest.raises(WrongState), database.write() as session:
        accept_row(session, at(0), REVIEWER, NOW)
    with database.write() as session:
        submit_row(session, at(0), ENTRY, DATA_BUREAU, NOW)

    with pytest.raises(Invalid) as refused, database.write() as session:
        return_row(session, at(1), "  ", REVIEWER, NOW)

    assert [error.field for error in refused.value.errors] == ["reason"]
    assert row(database).state is RowState.SUBMITTED


@on_sqlite
def test_a_condition_is_attested_with_evidence(database: Database) -> None:
    condition = next(iter(indicator(SHANDONG_TONG).conditions))
    entry = Entry({condition: True})
    with pytest.raises(Invalid) as refused, database.write() as session:
        submit_row(session, at(0, SHANDONG_TONG), entry, DATA_BUREAU, NOW)

    with database.write() as session:
        attach(session, SLUG, SHANDONG_TONG, LINK, DATA_BUREAU, NOW)
        submitted = submit_row(session, at(0, SHANDONG_TONG), entry, DATA_BUREAU, NOW)

    assert [error.field for error in refused.value.errors] == [f"condition.{condition}"]
    assert submitted.state is RowState.SUBMITTED


@on_sqlite
def test_a_denied_condition_needs_no_evidence_and_an_empty_row_is_not_submitted(
    database: Database,
) -> None:
    condition = next(iter(indicator(SHANDONG_TONG).conditions))
    with database.write() as session:
        denied = submit_row(
            session, at(0, SHANDONG_TONG), Entry({condition: False}), DATA_BUREAU, NOW
        )

    with pytest.raises(Invalid) as refused, database.write() as session:
        submit_row(session, at(0), Entry({}), DATA_BUREAU, NOW)

    assert denied.state is RowState.SUBMITTED
    assert [error.field for error in refused.value.errors] == ["figures"]


@on_sqlite
def test_evidence_in_review_stays_and_removed_evidence_is_kept_marked(database: Database) -> None:
    with database.write() as session:
        kept = attach(session, SLUG, PROOF_FREE, LINK, DATA_BUREAU, NOW)
        submit_row(session, at(0), ENTRY, DATA_BUREAU, NOW)
    with pytest.raises(WrongState), database.write() as session:
        detach(session, SLUG, kept, DATA_BUREAU, NOW)

    with database.write() as session:
        save_row(session, at(1), ENTRY, DATA_BUREAU, NOW)
        detach(session, SLUG, kept, DATA_BUREAU, NOW)

    with database.read() as session:
        assert list_evidence(session, RowOwner(fetch_round(session, SLUG).id, PROOF_FREE)) == ()
        assert fetch_evidence(session, kept.public_id).removed_by == DATA_BUREAU.email


def test_a_closed_round_takes_no_change_but_goes_on_with_progress(database: Database) -> None:
    with database.write() as session:
        close(session)
    changes: tuple[Callable[[Session], Any], ...] = (
        lambda session: save_row(session, at(0), ENTRY, DATA_BUREAU, NOW),
        lambda session: attach(session, SLUG, PROOF_FREE, LINK, DATA_BUREAU, NOW),
        lambda session: assign_row(session, at(0), ("市教育局",), TODAY, REVIEWER, NOW),
    )
    for change in changes:
        with pytest.raises(RoundClosed), database.write() as session:
            change(session)

    with database.write() as session:
        add_progress(session, SLUG, PROOF_FREE, NewProgress("整改"), DATA_BUREAU, NOW, TODAY)

    with database.read() as session:
        progress = list_progress(session, fetch_round(session, SLUG).id)
    assert [(each.number, each.done) for each in progress] == [(PROOF_FREE, "整改")]


@on_sqlite
def test_a_row_is_assigned_to_others_with_another_date(database: Database) -> None:
    with database.write() as session:
        assigned = assign_row(session, at(0), ("市教育局", "市财政局"), TODAY, ADMIN, NOW)

        saved = save_row(session, at(1), ENTRY, EDUCATION, NOW)

    assert (assigned.departments, assigned.due_on) == (("市教育局", "市财政局"), TODAY)
    assert saved.changed_by == EDUCATION.email


@on_sqlite
@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewProgress(" "), "done"),
        (NewProgress("整改", will_meet_on=TODAY.replace(year=2023)), "will_meet_on"),
        (NewProgress("整改", measure="no_such", figure=1.0), "measure"),
        (NewProgress("整改", figure=1.0), "measure"),
        (NewProgress("整改", measure="proof_free_share", figure=1.2), "figure"),
    ],
    ids=["nothing done", "met in the past", "unknown measure", "no measure", "impossible share"],
)
def test_progress_that_cannot_be_is_refused_by_its_field(
    database: Database, new: NewProgress, field: str
) -> None:
    with pytest.raises(Invalid) as refused, database.write() as session:
        add_progress(session, SLUG, PROOF_FREE, new, DATA_BUREAU, NOW, TODAY)

    assert [error.field for error in refused.value.errors] == [field]


@on_sqlite
@pytest.mark.parametrize("number", [0, 43, 99])
def test_what_has_no_levels_has_no_row(database: Database, number: int) -> None:
    with pytest.raises(NotFound), database.write() as session:
        save_row(session, at(0, number), ENTRY, ADMIN, NOW)
