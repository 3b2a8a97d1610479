"""Sessions of signed-in staff: begun, recognised by their token, renewed by use, ended."""

import hashlib
import secrets
from datetime import datetime, timedelta

from backend.db.engine import Database
from backend.staff import repository
from backend.staff.models import StaffSession
from backend.staff.rights import Role
from backend.staff.service.accounts import Staff

LIFETIME = timedelta(hours=12)
# GB/T 22239-2019 asks for sign-out on timeout; 15 minutes is the usual hardening value.
IDLE = timedelta(minutes=15)
# Use is noted once a minute, so that not every page view writes to the database.
RENEWAL_STEP = timedelta(minutes=1)


def begin_session(database: Database, staff: Staff, now: datetime) -> str:
    """Open a session and return its token, which is stored nowhere else."""
    token = secrets.token_urlsafe(32)
    with database.write() as session:
        repository.delete_ended_sessions(session, staff.account_id, now)
        session.add(
            StaffSession(
                account_id=staff.account_id,
                token_hash=_hash(token),
                created_at=now,
                last_used_at=now,
                expires_at=now + LIFETIME,
            )
        )
    return token


def recognise(database: Database, token: str, now: datetime) -> Staff | None:
    """Return whose session that is, or None when it has ended; note that it is in use.

    Uses transactions of its own and leaves none open.
    """
    with database.read() as session:
        found = repository.find_live_session(session, _hash(token), now, IDLE)
    if found is None:
        return None
    if now - found.last_used_at >= RENEWAL_STEP:
        with database.write() as session:
            repository.renew_session(session, found.id, now)
    account = found.account
    return Staff(account.id, account.email, Role(account.role), account.department)


def end_session(database: Database, token: str, now: datetime) -> None:
    """Revoke the session of that token, if there is one."""
    with database.write() as session:
        repository.revoke_session(session, _hash(token), now)


def _hash(token: str) -> str:
    # A plain hash is enough for 256 random bits: there is nothing to guess.
    return hashlib.sha256(token.encode()).hexdigest()
