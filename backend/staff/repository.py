"""Every query on staff accounts, sessions and API tokens. What they mean is the service's."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import case, delete, or_, select, update
from sqlalchemy.orm import Session, joinedload

from backend.staff.models import ApiToken, StaffAccount, StaffSession


def find_account(session: Session, email: str) -> StaffAccount | None:
    """Return the account with that lower-case e-mail address."""
    return session.scalar(select(StaffAccount).where(StaffAccount.email == email))


def fetch_accounts(session: Session) -> Sequence[StaffAccount]:
    """Return all accounts, oldest first."""
    return session.scalars(select(StaffAccount).order_by(StaffAccount.id)).all()


def take_attempt(
    session: Session, account_id: int, now: datetime, most: int, pause: timedelta
) -> bool:
    """Count one sign-in attempt before it is tried, and lock the account with the last allowed.

    One statement, so attempts that arrive together cannot get more tries than those in a row.
    Returns False, and counts nothing, while the account is locked.
    """
    # A lock that ran out gives a new set of attempts.
    count = case((StaffAccount.locked_until.is_not(None), 1), else_=StaffAccount.failed_logins + 1)
    is_unlocked = or_(StaffAccount.locked_until.is_(None), StaffAccount.locked_until <= now)
    taken = session.execute(
        update(StaffAccount)
        .where(StaffAccount.id == account_id, is_unlocked)
        .values(
            failed_logins=count,
            locked_until=case((count >= most, now + pause), else_=None),
        )
        .returning(StaffAccount.id)
    )
    return taken.first() is not None


def forget_attempts(session: Session, account_id: int) -> None:
    """Clear the count of failed sign-ins, and the lock that the last attempt may have set."""
    session.execute(
        update(StaffAccount)
        .where(StaffAccount.id == account_id)
        .values(failed_logins=0, locked_until=None)
    )


def set_password_hash(session: Session, account_id: int, password_hash: str) -> None:
    """Replace the password hash of an account."""
    session.execute(
        update(StaffAccount)
        .where(StaffAccount.id == account_id)
        .values(password_hash=password_hash)
    )


def find_live_session(
    session: Session, token_hash: str, now: datetime, idle: timedelta
) -> StaffSession | None:
    """Return the session, with its account, unless revoked, expired or idle for too long."""
    return session.scalar(
        select(StaffSession)
        .options(joinedload(StaffSession.account))
        .where(
            StaffSession.token_hash == token_hash,
            StaffSession.revoked_at.is_(None),
            StaffSession.expires_at > now,
            StaffSession.last_used_at > now - idle,
        )
    )


def renew_session(session: Session, session_id: int, now: datetime) -> None:
    """Note that the session is in use."""
    session.execute(
        update(StaffSession).where(StaffSession.id == session_id).values(last_used_at=now)
    )


def revoke_session(session: Session, token_hash: str, now: datetime) -> None:
    """End a session; ending it twice keeps the first time."""
    session.execute(
        update(StaffSession)
        .where(StaffSession.token_hash == token_hash, StaffSession.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def delete_ended_sessions(session: Session, account_id: int, now: datetime) -> None:
    """Remove an account's sessions that have run out, so that the table does not only grow."""
    session.execute(
        delete(StaffSession).where(
            StaffSession.account_id == account_id, StaffSession.expires_at <= now
        )
    )


def find_token(session: Session, token_hash: str) -> ApiToken | None:
    """Return the token with that hash, live or not."""
    return session.scalar(select(ApiToken).where(ApiToken.token_hash == token_hash))


def fetch_tokens(session: Session) -> Sequence[ApiToken]:
    """Return all tokens, oldest first."""
    return session.scalars(select(ApiToken).order_by(ApiToken.id)).all()


def renew_token(session: Session, token_id: int, now: datetime) -> None:
    """Note when a token was used."""
    session.execute(update(ApiToken).where(ApiToken.id == token_id).values(last_used_at=now))


def revoke_tokens(session: Session, name: str, now: datetime) -> int:
    """End every live token of that name; return how many there were."""
    revoked = session.execute(
        update(ApiToken)
        .where(ApiToken.name == name, ApiToken.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(ApiToken.id)
    )
    return len(revoked.all())
