"""Staff accounts: adding one, listing them, and checking a password with a limit on guesses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from backend.db.engine import Database
from backend.db.insert import insert_unless_taken
from backend.staff import repository
from backend.staff.models import StaffAccount
from backend.staff.rights import Role
from backend.staff.service import passwords

# 5 failures, 5 minutes: the usual hardening values for GB/T 22239-2019's login-failure handling.
MOST_ATTEMPTS = 5
LOCKED_FOR = timedelta(minutes=5)


@dataclass(frozen=True)
class Staff:
    """A signed-in member of staff; `department` is set for the role of that name."""

    account_id: int
    email: str
    role: Role
    department: str | None = None


class AccountRefused(Exception):
    """An account cannot be added; `code` says why.

    Codes: `bad_email`, `email_taken`, `too_short`, `too_long`, `is_email`, `department_missing`,
    `department_unwanted`.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def normalised_email(email: str) -> str:
    """Return the address as it is stored and compared: trimmed, lower case."""
    return email.strip().lower()


def add_account(
    session: Session,
    email: str,
    role: Role,
    password: str,
    now: datetime,
    department: str | None = None,
) -> None:
    """Add an account.

    Parameters
    ----------
    department
        Whose indicators the person fills in, spelt as in the standards; for the role `department`
        only.

    Raises
    ------
    AccountRefused
        When the e-mail address is none or taken, the password is weak, or the department is missing
        or not wanted.
    """
    department = (department or "").strip() or None
    if (role is Role.DEPARTMENT) is not (department is not None):
        raise AccountRefused("department_unwanted" if department else "department_missing")
    email = normalised_email(email)
    name, _, domain = email.partition("@")
    if not name or not domain or any(c.isspace() for c in email) or len(email) > 254:
        raise AccountRefused("bad_email")
    code = passwords.weakness(password, email)
    if code is not None:
        raise AccountRefused(code)
    row = {
        "email": email,
        "role": role.value,
        "department": department,
        "password_hash": passwords.hash_password(password),
        "failed_logins": 0,
        "created_at": now,
    }
    if not insert_unless_taken(session, StaffAccount, row):
        raise AccountRefused("email_taken")


def list_accounts(session: Session) -> Sequence[StaffAccount]:
    """Return all accounts, oldest first."""
    return repository.fetch_accounts(session)


def check_password(database: Database, email: str, password: str, now: datetime) -> Staff | None:
    """Return who that is, or None for an unknown address, a wrong password or a locked account.

    The three are not told apart, neither by the answer nor by the time it takes. The attempt is
    counted and committed before the slow hash is computed, which happens outside any transaction.
    """
    address = normalised_email(email)
    with database.write() as session:
        # PostgreSQL knows no NUL character, and no address has one.
        account = repository.find_account(session, address) if address.isprintable() else None
        may_try = account is not None and repository.take_attempt(
            session, account.id, now, MOST_ATTEMPTS, LOCKED_FOR
        )
    is_right = passwords.is_password(account.password_hash if account else None, password)
    if account is None or not may_try or not is_right:
        return None
    with database.write() as session:
        repository.forget_attempts(session, account.id)
        if passwords.is_outdated(account.password_hash):
            repository.set_password_hash(session, account.id, passwords.hash_password(password))
    return Staff(account.id, account.email, Role(account.role), account.department)
