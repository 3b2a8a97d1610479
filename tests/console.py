"""Staff in tests: an account of a role, and a client that is signed in as one."""

from datetime import UTC, datetime
from functools import cache

from fastapi.testclient import TestClient

from backend.db.engine import Database
from backend.staff.models import StaffAccount
from backend.staff.rights import Role
from backend.staff.service import SESSION_COOKIE, Staff, begin_session
from backend.staff.service.passwords import hash_password

PASSWORD = "correct horse battery"


@cache
def _password_hash() -> str:
    # Hashing is slow on purpose; once is enough for all tests.
    return hash_password(PASSWORD)


def an_account(
    database: Database,
    role: Role,
    email: str | None = None,
    department: str = "市大数据中心",
) -> Staff:
    """Store an account with PASSWORD, such as publisher@jining.example."""
    of = department if role is Role.DEPARTMENT else None
    account = StaffAccount(
        email=email or f"{role.value}@jining.example",
        role=role.value,
        department=of,
        password_hash=_password_hash(),
        failed_logins=0,
        created_at=datetime.now(UTC),
    )
    with database.write() as session:
        session.add(account)
    return Staff(account.id, account.email, role, of)


def sign_in(client: TestClient, role: Role) -> Staff:
    """Make an account of that role and give the client its session."""
    database: Database = client.app.state.database  # type: ignore[attr-defined]
    staff = an_account(database, role)
    client.cookies.set(SESSION_COOKIE, begin_session(database, staff, datetime.now(UTC)))
    return staff
