"""API tokens: made once, recognised by a keyed hash, limited in scope and time."""

import hashlib
import hmac
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from backend.db.engine import Database
from backend.staff import repository
from backend.staff.models import ApiToken
from backend.staff.rights import Scope

DEFAULT_LIFETIME = timedelta(days=365)
# Use is noted once in five minutes: enough to find a forgotten token, cheap under load.
RENEWAL_STEP = timedelta(minutes=5)
_START = "ms_"
_PREFIX_LENGTH = len(_START) + 8


@dataclass(frozen=True)
class TokenHolder:
    """The program behind a valid token."""

    token_id: int
    name: str
    scopes: frozenset[Scope]


def add_token(
    session: Session,
    secret_key: str,
    name: str,
    scopes: Collection[Scope],
    now: datetime,
    lifetime: timedelta = DEFAULT_LIFETIME,
) -> tuple[str, ApiToken]:
    """Make a token; return its text, which is stored nowhere, and its record."""
    if not scopes:
        raise ValueError("a token needs at least one scope")
    text = _START + secrets.token_urlsafe(32)
    record = ApiToken(
        name=name,
        prefix=text[:_PREFIX_LENGTH],
        token_hash=_hash(secret_key, text),
        scopes=" ".join(sorted({scope.value for scope in scopes})),
        created_at=now,
        expires_at=now + lifetime,
    )
    session.add(record)
    session.flush()
    return text, record


def list_tokens(session: Session) -> Sequence[ApiToken]:
    """Return all tokens, ended ones too, oldest first."""
    return repository.fetch_tokens(session)


def revoke_tokens(session: Session, name: str, now: datetime) -> int:
    """End every live token of that name; return how many there were."""
    return repository.revoke_tokens(session, name, now)


def recognise_token(
    database: Database, secret_key: str, text: str, now: datetime
) -> TokenHolder | None:
    """Return who holds the token, or None when it is unknown, revoked or expired.

    Uses transactions of its own and leaves none open.
    """
    with database.read() as session:
        found = repository.find_token(session, _hash(secret_key, text))
    if found is None or found.revoked_at is not None or found.expires_at <= now:
        return None
    if found.last_used_at is None or now - found.last_used_at >= RENEWAL_STEP:
        with database.write() as session:
            repository.renew_token(session, found.id, now)
    return TokenHolder(found.id, found.name, frozenset(Scope(s) for s in found.scopes.split()))


def _hash(secret_key: str, text: str) -> str:
    # Keyed, so that a stolen database does not even allow checking whether a token is in it.
    return hmac.new(b"api token " + secret_key.encode(), text.encode(), hashlib.sha256).hexdigest()
