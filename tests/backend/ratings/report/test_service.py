"""Closing a round, and the report of an open and of a closed one, on both databases."""

from datetime import timedelta

import pytest

from backend.db.engine import Database
from backend.ratings.report.freezing import canonical, sha256_of
from backend.ratings.report.service import (
    ChangedMeanwhile,
    close,
    frozen_report,
    report_of,
    to_be_closed,
    version_of,
)
from backend.ratings.rounds.refusals import RoundClosed
from backend.ratings.rounds.round import Round, RowState
from tests.backend.ratings.report.rounds import (
    EVALUATOR,
    NOW,
    SLUG,
    ZONE,
    Rows,
    a_round,
    enter,
)

ACCEPTED = Rows(RowState.ACCEPTED, (1, 2, 3))
SUBMITTED = Rows(RowState.SUBMITTED, (5,))


def stored(database: Database) -> Round:
    with database.write() as session:
        return a_round(session, ACCEPTED, SUBMITTED)


def test_a_preview_counts_what_was_entered_and_closing_what_was_accepted(
    database: Database,
) -> None:
    stored(database)

    with database.read() as session:
        preview = report_of(session, SLUG, NOW, ZONE).snapshot
        closing = to_be_closed(session, SLUG, NOW, ZONE).snapshot

    assert (preview.rating.base, closing.rating.base) == (6.0, 4.5)


def test_a_closed_round_reports_what_was_frozen_whatever_the_time(database: Database) -> None:
    found = stored(database)
    sha256 = close(database, SLUG, version_of(found), EVALUATOR, NOW, ZONE)

    with database.read() as session:
        report = report_of(session, SLUG, NOW + timedelta(days=400), ZONE)

    assert (report.sha256, report.is_intact) == (sha256, True)
    assert sha256_of(canonical(report.snapshot)) == sha256
    assert (report.snapshot.round.closed_by, report.snapshot.round.closed_at) == (
        EVALUATOR.email,
        NOW,
    )


def test_a_row_that_was_not_accepted_is_in_the_frozen_document_and_does_not_count(
    database: Database,
) -> None:
    found = stored(database)
    close(database, SLUG, version_of(found), EVALUATOR, NOW, ZONE)

    with database.read() as session:
        rows = report_of(session, SLUG, NOW, ZONE).snapshot.rows

    row = next(each for each in rows if each.number == 5)
    assert (row.state, row.counts, row.points) == ("submitted", False, 0.0)
    assert row.figures


def test_a_round_is_closed_once(database: Database) -> None:
    found = stored(database)
    close(database, SLUG, version_of(found), EVALUATOR, NOW, ZONE)

    with pytest.raises(RoundClosed):
        close(database, SLUG, version_of(found), EVALUATOR, NOW, ZONE)


def test_a_round_with_a_row_that_changed_since_it_was_looked_at_is_not_closed(
    database: Database,
) -> None:
    found = stored(database)
    with database.write() as session:
        enter(session, found, 6, RowState.ACCEPTED)

    with pytest.raises(ChangedMeanwhile):
        close(database, SLUG, version_of(found), EVALUATOR, NOW, ZONE)

    with database.read() as session:
        assert report_of(session, SLUG, NOW, ZONE).sha256 is None


def test_a_frozen_document_that_was_tampered_with_is_told_apart(database: Database) -> None:
    found = stored(database)
    close(database, SLUG, version_of(found), EVALUATOR, NOW, ZONE)
    with database.read() as session:
        closed = report_of(session, SLUG, NOW, ZONE)
    assert closed.frozen is not None

    report = frozen_report(closed.round, closed.frozen.replace('"base":4.5', '"base":9.5'))

    assert not report.is_intact
