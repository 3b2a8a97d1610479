"""Changing a round's settings: who may, when, and as somebody read them."""

from dataclasses import replace
from datetime import date

import pytest
from fastapi.testclient import TestClient

from backend.db.engine import Database
from backend.errors import Forbidden, Invalid
from backend.ratings.rounds.refusals import RoundChanged
from backend.ratings.rounds.service import fetch_round
from backend.ratings.rounds.service.settings import change_round, settings_of
from backend.staff.rights import Role
from backend.staff.service import Staff
from tests.backend.ratings.opened import SLUG, a_round
from tests.console import sign_in

REVIEWER = Staff(2, "reviewer@jining.example", Role.REVIEWER)
EVALUATOR = Staff(3, "evaluator@jining.example", Role.EVALUATOR)


def test_rows_that_were_due_with_the_round_stay_due_with_it(database: Database) -> None:
    with database.write() as session:
        before = a_round(session)
        wanted = replace(settings_of(before), due_on=date(2024, 12, 31))

        after = change_round(session, SLUG, before.revision, wanted, REVIEWER)

    assert after.revision == before.revision + 1
    assert {row.due_on for row in after.rows} == {date(2024, 12, 31)}


def test_the_benchmark_is_the_evaluators_to_judge_and_dates_are_the_reviewers(
    database: Database,
) -> None:
    with database.write() as session:
        found = a_round(session)
        judged = replace(settings_of(found), national_benchmark=True)
        renamed = replace(settings_of(found), title="另一个名称")

        for wanted, staff in ((judged, REVIEWER), (renamed, EVALUATOR)):
            with pytest.raises(Forbidden):
                change_round(session, SLUG, found.revision, wanted, staff)
        after = change_round(session, SLUG, found.revision, judged, EVALUATOR)

    assert after.national_benchmark


def test_what_somebody_else_settled_meanwhile_is_not_overwritten(database: Database) -> None:
    with database.write() as session:
        read = a_round(session)
        first = replace(settings_of(read), title="甲的名称")
        change_round(session, SLUG, read.revision, first, REVIEWER)

        with pytest.raises(RoundChanged):
            change_round(session, SLUG, read.revision, replace(first, title="乙的名称"), REVIEWER)

        assert fetch_round(session, SLUG).title == "甲的名称"


def test_every_bad_field_is_named(database: Database) -> None:
    with database.write() as session:
        found = a_round(session)
        wanted = replace(
            settings_of(found), title="", due_on=date(2024, 9, 1), as_of=None, survey_slug="none"
        )

        with pytest.raises(Invalid) as caught:
            change_round(session, SLUG, found.revision, wanted, REVIEWER)

    named = {error.field for error in caught.value.errors}
    assert named == {"title", "due_on", "as_of", "survey_slug"}


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(
    client: TestClient, database: Database
) -> None:
    with database.write() as session:
        found = a_round(session)
    sign_in(client, Role.REVIEWER)
    path = f"/staff/ratings/rounds/{SLUG}/settings"
    typed = {"revision": found.revision, "title": "新名称", "due_on": "下个月"}

    shown = client.get(path)
    refused = client.post(path, data=typed)

    assert 'value="2024-11-30"' in shown.text
    assert refused.status_code == 422
    assert 'value="新名称"' in refused.text
    assert 'value="下个月"' in refused.text


def test_a_change_leads_back_to_the_round(client: TestClient, database: Database) -> None:
    with database.write() as session:
        found = a_round(session)
    sign_in(client, Role.EVALUATOR)

    reply = client.post(
        f"/staff/ratings/rounds/{SLUG}/settings",
        data={"revision": found.revision, "national_benchmark": "yes"},
    )

    assert (reply.status_code, reply.headers["location"]) == (303, f"/staff/ratings/rounds/{SLUG}")
    with database.read() as session:
        assert fetch_round(session, SLUG).national_benchmark
