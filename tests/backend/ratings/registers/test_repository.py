"""The statement by which an entry is changed."""

from backend.db.engine import Database
from backend.ratings.registers.models import InnovationEntry
from backend.ratings.registers.repository import change_entry, find_entry
from tests.backend.ratings.registers.entries import a_case


def test_a_revision_is_changed_once(database: Database) -> None:
    case = a_case(database)

    with database.write() as session:
        changed = [
            change_entry(session, InnovationEntry, case.id, 1, {"issuer": issuer})
            for issuer in ("国家数据局", "工信部")
        ]

    assert changed == [True, False]
    with database.read() as session:
        entry = find_entry(session, InnovationEntry, case.public_id)
    assert entry is not None
    assert (entry.issuer, entry.revision) == ("国家数据局", 2)
