"""Passwords: what a good one is, and its argon2 hash. Who has one is `accounts.py`'s business."""

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

# Length instead of prescribed character classes, as NIST SP 800-63B section 3.1.1.2 has it; the
# upper bound only keeps the hashing of absurd input from costing us time.
SHORTEST = 10
LONGEST = 256

hasher = PasswordHasher()
# Verified when there is no account, so that the answer takes as long as for a wrong password.
_NOBODYS_HASH = hasher.hash("nobody's password")


def weakness(password: str, email: str) -> str | None:
    """Return why the password is refused (`too_short`, `too_long`, `is_email`), or None."""
    if len(password) < SHORTEST:
        return "too_short"
    if len(password) > LONGEST:
        return "too_long"
    if password.strip().lower() in {email.lower(), email.lower().partition("@")[0]}:
        return "is_email"
    return None


def hash_password(password: str) -> str:
    """Return the argon2id hash, with its parameters and salt."""
    return hasher.hash(password)


def is_password(password_hash: str | None, password: str) -> bool:
    """Say whether the password fits the hash; takes as long without a hash as with one."""
    try:
        hasher.verify(password_hash or _NOBODYS_HASH, password[: LONGEST + 1])
    except VerifyMismatchError:
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Say whether the hash was made with weaker parameters than today's."""
    return hasher.check_needs_rehash(password_hash)
