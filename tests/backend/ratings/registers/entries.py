"""Entries of the registers for tests to start from; each test changes only what it is about."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from backend.db.engine import Database
from backend.ratings.registers.areas import RegisterArea
from backend.ratings.registers.incident import IncidentFields, IncidentState, RegisteredIncident
from backend.ratings.registers.innovation_case import CaseFields, RegisteredCase
from backend.ratings.registers.innovation_service import propose
from backend.ratings.registers.security_service import register
from backend.staff.rights import Role
from backend.staff.service import Staff

NOW = datetime(2024, 10, 31, 2, tzinfo=UTC)
TODAY = date(2024, 10, 31)
JINING = RegisterArea("370800", "济宁市", "370800")
REVIEWER = Staff(1, "reviewer@jining.example", Role.REVIEWER)
DATA_BUREAU = Staff(2, "data@jining.example", Role.DEPARTMENT, "市大数据中心")
TRANSPORT = Staff(3, "transport@jining.example", Role.DEPARTMENT, "市交通运输局")


def case_fields(**changes: Any) -> CaseFields:
    """An award of the data bureau."""
    fields = CaseFields(
        kind="award",
        dated_on=date(2024, 3, 1),
        title="智慧停车入选省级优秀应用场景",
        issuer="省大数据局",
        evidence_url="https://example.cn/parking",
        department="市大数据中心",
    )
    return replace(fields, **changes)


def incident_fields(**changes: Any) -> IncidentFields:
    """A notice that costs two points."""
    fields = IncidentFields(
        dated_on=date(2024, 5, 6),
        points=2.0,
        is_major=False,
        notice="网信办第 3 号通报：弱口令",
        handling="",
        state=IncidentState.REPORTED,
    )
    return replace(fields, **changes)


def a_case(database: Database, **changes: Any) -> RegisteredCase:
    """Store a case that the reviewer entered."""
    with database.write() as session:
        fields = case_fields(**changes)
        return propose(session, JINING, fields, REVIEWER, NOW, is_confirmed=True)


def an_incident(database: Database, **changes: Any) -> RegisteredIncident:
    """Store an incident that the reviewer entered."""
    with database.write() as session:
        return register(session, JINING, incident_fields(**changes), REVIEWER, NOW)
