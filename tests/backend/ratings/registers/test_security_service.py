"""The register of network-security incidents."""

from datetime import date

import pytest

from analysis.rating.assessment import SecurityDeduction, SecurityRecord
from backend.db.engine import Database
from backend.errors import Forbidden
from backend.ratings.registers.entry import ChangedMeanwhile
from backend.ratings.registers.events import list_events
from backend.ratings.registers.incident import IncidentState
from backend.ratings.registers.security_service import (
    change,
    list_incidents,
    register,
    security_record,
)
from backend.staff.rights import Role
from backend.staff.service import Staff
from tests.backend.ratings.registers.entries import (
    DATA_BUREAU,
    JINING,
    NOW,
    REVIEWER,
    an_incident,
    incident_fields,
)

FIRST, LAST = date(2024, 1, 1), date(2024, 10, 31)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_the_record_has_what_happened_from_the_first_to_the_last_day_in_order(
    database: Database,
) -> None:
    for day in (date(2024, 11, 1), LAST, FIRST, date(2023, 12, 31)):
        an_incident(database, dated_on=day)

    with database.read() as session:
        record = security_record(session, JINING.code, FIRST, LAST)

    notice = incident_fields().notice
    assert record == SecurityRecord(
        (SecurityDeduction(FIRST, 2.0, notice), SecurityDeduction(LAST, 2.0, notice))
    )


def test_of_two_who_read_the_same_revision_the_second_changes_nothing(database: Database) -> None:
    read = an_incident(database)
    first = incident_fields(state=IncidentState.HANDLING)
    with database.write() as session:
        saved = change(session, read.public_id, 1, first, REVIEWER, NOW)

    with pytest.raises(ChangedMeanwhile) as refused, database.write() as session:
        change(session, read.public_id, 1, incident_fields(points=9.0), REVIEWER, NOW)

    assert refused.value.saved == saved
    with database.read() as session:
        assert len(list_events(session, "security", read.id)) == 2


@on_sqlite
def test_a_major_incident_without_points_is_no_deduction(database: Database) -> None:
    an_incident(database, points=0.0, is_major=True)

    with database.read() as session:
        record = security_record(session, JINING.code, FIRST, LAST)

    assert record == SecurityRecord((), major_incident=True)


@on_sqlite
def test_what_is_withdrawn_stays_listed_and_costs_nothing(database: Database) -> None:
    incident = an_incident(database)
    withdrawn = incident_fields(state=IncidentState.WITHDRAWN, handling="登记有误")
    with database.write() as session:
        change(session, incident.public_id, 1, withdrawn, REVIEWER, NOW)

    with database.read() as session:
        assert security_record(session, JINING.code, FIRST, LAST) == SecurityRecord()
        assert len(list_incidents(session, JINING.code)) == 1


@on_sqlite
def test_the_department_that_leads_the_row_registers_incidents(database: Database) -> None:
    leading = Staff(9, "wxb@jining.example", Role.DEPARTMENT, "市委网信办")

    with database.write() as session:
        incident = register(session, JINING, incident_fields(), leading, NOW)

    assert incident.changed_by == leading.email


@on_sqlite
def test_other_departments_do_not(database: Database) -> None:
    with pytest.raises(Forbidden), database.write() as session:
        register(session, JINING, incident_fields(), DATA_BUREAU, NOW)


@on_sqlite
def test_what_is_handled_does_not_become_merely_reported_again(database: Database) -> None:
    incident = an_incident(database, state=IncidentState.HANDLING)

    with pytest.raises(Forbidden), database.write() as session:
        change(session, incident.public_id, 1, incident_fields(), REVIEWER, NOW)
