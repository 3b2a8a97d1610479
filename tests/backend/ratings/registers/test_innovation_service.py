"""The register of innovation cases, on both databases."""

from datetime import date

import pytest

from backend.db.engine import Database
from backend.errors import Forbidden, Invalid
from backend.ratings.evidence.new import NewEvidence, Upload
from backend.ratings.evidence.owner import InnovationOwner
from backend.ratings.evidence.service import add_evidence
from backend.ratings.registers.entry import ChangedMeanwhile
from backend.ratings.registers.events import list_events
from backend.ratings.registers.innovation_case import CaseState
from backend.ratings.registers.innovation_service import (
    DuplicateCase,
    accepted_cases,
    edit,
    fetch_case,
    list_cases,
    propose,
    review,
)
from tests.backend.ratings.registers.entries import (
    DATA_BUREAU,
    JINING,
    NOW,
    REVIEWER,
    TRANSPORT,
    a_case,
    case_fields,
)

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_only_accepted_cases_count_for_the_rating(database: Database) -> None:
    accepted = a_case(database)
    a_case(database, title="另一案例")

    with database.write() as session:
        review(session, accepted.public_id, 1, CaseState.ACCEPTED, "", REVIEWER, NOW)

    with database.read() as session:
        assert accepted_cases(session, JINING.code) == (accepted.case,)
        assert accepted_cases(session, "371000") == ()
        assert [each.state for each in list_cases(session, JINING.code)] == [
            CaseState.ACCEPTED,
            CaseState.PROPOSED,
        ]


def test_of_two_who_read_the_same_revision_the_second_is_shown_what_the_first_saved(
    database: Database,
) -> None:
    read = a_case(database)
    with database.write() as session:
        edit(session, read.public_id, 1, case_fields(issuer="国家数据局"), REVIEWER, NOW)

    with pytest.raises(ChangedMeanwhile) as refused, database.write() as session:
        edit(session, read.public_id, 1, case_fields(issuer="工信部"), DATA_BUREAU, NOW)

    with database.read() as session:
        assert refused.value.saved == fetch_case(session, read.public_id)
        assert fetch_case(session, read.public_id).issuer == "国家数据局"


def test_every_change_is_kept_with_what_it_changed(database: Database) -> None:
    case = a_case(database)
    with database.write() as session:
        edit(session, case.public_id, 1, case_fields(dated_on=date(2024, 3, 2)), REVIEWER, NOW)

    with database.read() as session:
        first, second = list_events(session, "innovation", case.id)

    assert first.is_registration
    assert [(each.name, each.before, each.after) for each in second.changes] == [
        ("dated_on", "2024-03-01", "2024-03-02")
    ]


@on_sqlite
def test_a_department_registers_its_own_cases_only(database: Database) -> None:
    with pytest.raises(Forbidden), database.write() as session:
        propose(session, JINING, case_fields(), TRANSPORT, NOW)


@on_sqlite
def test_a_department_does_not_change_what_is_accepted(database: Database) -> None:
    case = a_case(database)
    with database.write() as session:
        review(session, case.public_id, 1, CaseState.ACCEPTED, "", REVIEWER, NOW)

    with pytest.raises(Forbidden), database.write() as session:
        edit(session, case.public_id, 2, case_fields(issuer="别处"), DATA_BUREAU, NOW)


@on_sqlite
def test_a_department_does_not_review(database: Database) -> None:
    case = a_case(database)

    with pytest.raises(Forbidden), database.write() as session:
        review(session, case.public_id, 1, CaseState.ACCEPTED, "", DATA_BUREAU, NOW)


@on_sqlite
def test_what_was_rejected_and_is_changed_is_proposed_anew(database: Database) -> None:
    case = a_case(database)
    with database.write() as session:
        review(session, case.public_id, 1, CaseState.REJECTED, "缺少证书", REVIEWER, NOW)
        changed = edit(session, case.public_id, 2, case_fields(issuer="省厅"), DATA_BUREAU, NOW)

    assert (changed.state, changed.reason) == (CaseState.PROPOSED, "")


@on_sqlite
def test_rejecting_wants_a_reason(database: Database) -> None:
    case = a_case(database)

    with pytest.raises(Invalid) as refused, database.write() as session:
        review(session, case.public_id, 1, CaseState.REJECTED, "", REVIEWER, NOW)

    assert [each.field for each in refused.value.errors] == ["reason"]


@on_sqlite
def test_accepting_wants_evidence(database: Database) -> None:
    case = a_case(database, evidence_url="")

    with pytest.raises(Invalid), database.write() as session:
        review(session, case.public_id, 1, CaseState.ACCEPTED, "", REVIEWER, NOW)


@on_sqlite
def test_a_file_is_evidence_too(database: Database) -> None:
    case = a_case(database, evidence_url="")
    new = NewEvidence(file=Upload("通报.txt", "省级通报".encode()))
    with database.write() as session:
        add_evidence(session, InnovationOwner(case.id), new, REVIEWER.email, NOW)

    with database.write() as session:
        accepted = review(session, case.public_id, 1, CaseState.ACCEPTED, "", REVIEWER, NOW)

    assert accepted.evidence


@on_sqlite
@pytest.mark.parametrize(
    "changes",
    [
        {"title": "智慧停车 入选省级优秀应用场景", "dated_on": date(2024, 3, 2)},
        {"evidence_url": ""},
    ],
    ids=["spaced otherwise", "no link as yet"],
)
def test_a_case_that_is_registered_is_named_unless_it_is_confirmed(
    database: Database, changes: dict[str, object]
) -> None:
    registered = a_case(database)

    with pytest.raises(DuplicateCase) as refused, database.write() as session:
        propose(session, JINING, case_fields(**changes), DATA_BUREAU, NOW)
    with database.write() as session:
        propose(session, JINING, case_fields(**changes), DATA_BUREAU, NOW, is_confirmed=True)

    assert refused.value.twins == (registered,)


@on_sqlite
@pytest.mark.parametrize(
    "changes",
    [{"kind": "central_media"}, {"evidence_url": "https://example.cn/other"}, {"title": "另一"}],
    ids=["another kind", "other evidence", "another title"],
)
def test_what_differs_in_kind_title_or_evidence_is_another_case(
    database: Database, changes: dict[str, object]
) -> None:
    a_case(database)

    with database.write() as session:
        propose(session, JINING, case_fields(**changes), DATA_BUREAU, NOW)
        assert len(list_cases(session, JINING.code)) == 2


@on_sqlite
def test_a_registered_twin_need_not_be_confirmed_with_every_edit(database: Database) -> None:
    case = a_case(database)
    a_case(database)

    with database.write() as session:
        edited = edit(session, case.public_id, 1, case_fields(issuer="省厅"), REVIEWER, NOW)

    assert edited.revision == 2
