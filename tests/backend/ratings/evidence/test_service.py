"""Evidence in the database: the bytes once, the history whole."""

from hashlib import sha256

import pytest
from sqlalchemy import func, select

from backend.db.engine import Database
from backend.errors import Invalid, NotFound
from backend.ratings.evidence.models import EvidenceFile
from backend.ratings.evidence.new import NewEvidence, Upload
from backend.ratings.evidence.owner import RowOwner
from backend.ratings.evidence.service import (
    add_evidence,
    evidence_by_row,
    fetch_content,
    fetch_evidence,
    has_evidence,
    list_evidence,
    list_with_removed,
    remove_evidence,
)
from tests.backend.ratings.opened import NOW, a_round

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PDF = b"%PDF-1.7\n\x00\xff binary"
BY = "li@jining.example"


@pytest.fixture
def owner(database: Database) -> RowOwner:
    with database.write() as session:
        return RowOwner(a_round(session).id, 3)


def test_a_file_is_kept_byte_for_byte_and_once_however_often_it_is_added(
    database: Database, owner: RowOwner
) -> None:
    with database.write() as session:
        first = add_evidence(session, owner, NewEvidence(file=Upload("甲.pdf", PDF)), BY, NOW)
        again = NewEvidence("乙", "proof_free_items", file=Upload("乙.pdf", PDF))
        add_evidence(session, owner, again, BY, NOW)

    with database.read() as session:
        assert fetch_content(session, fetch_evidence(session, first.public_id)) == PDF
        assert session.scalar(select(func.count()).select_from(EvidenceFile)) == 1
        assert [
            (each.title, each.measure, each.sha256) for each in list_evidence(session, owner)
        ] == [
            ("甲.pdf", None, sha256(PDF).hexdigest()),
            ("乙", "proof_free_items", sha256(PDF).hexdigest()),
        ]


def test_removed_evidence_is_marked_with_by_whom_and_counts_no_more(
    database: Database, owner: RowOwner
) -> None:
    with database.write() as session:
        link = NewEvidence(link="https://www.jining.gov.cn/1.html")
        added = add_evidence(session, owner, link, BY, NOW)
        assert has_evidence(session, owner)

        remove_evidence(session, added, "wang@jining.example", NOW)

    with database.read() as session:
        assert not has_evidence(session, owner)
        assert evidence_by_row(session, owner.round_id) == {}
        (kept,) = list_with_removed(session, owner)
    assert (kept.url, kept.removed_by) == (link.link, "wang@jining.example")


@on_sqlite
def test_evidence_of_a_round_is_found_by_row(database: Database, owner: RowOwner) -> None:
    other = RowOwner(owner.round_id, 4)
    with database.write() as session:
        for each in (owner, other, other):
            add_evidence(session, each, NewEvidence(link="https://x.example/"), BY, NOW)

        found = evidence_by_row(session, owner.round_id)

    assert {number: len(each) for number, each in found.items()} == {3: 1, 4: 2}


@on_sqlite
def test_what_is_refused_leaves_nothing_behind(database: Database, owner: RowOwner) -> None:
    with pytest.raises(Invalid), database.write() as session:
        add_evidence(session, owner, NewEvidence(file=Upload("a.pdf", b"x")), BY, NOW)

    with database.read() as session:
        assert list_with_removed(session, owner) == ()


@on_sqlite
@pytest.mark.parametrize("public_id", ["0123456789abcdef", "a\0b", ""])
def test_an_unknown_id_is_not_found(database: Database, public_id: str) -> None:
    with pytest.raises(NotFound), database.read() as session:
        fetch_evidence(session, public_id)
