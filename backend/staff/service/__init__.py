"""What the staff feature does: accounts, sign-in, sessions, tokens, and who may do what."""

from backend.staff.rights import Role, Scope
from backend.staff.service.access import (
    CONSOLE,
    SESSION_COOKIE,
    SignedInStaff,
    SignInNeeded,
    require_role,
    require_token,
    signed_in_staff,
)
from backend.staff.service.accounts import (
    AccountRefused,
    Staff,
    add_account,
    check_password,
    list_accounts,
)
from backend.staff.service.sessions import begin_session, end_session
from backend.staff.service.tokens import (
    TokenHolder,
    add_token,
    list_tokens,
    revoke_tokens,
)

__all__ = [
    "CONSOLE",
    "SESSION_COOKIE",
    "AccountRefused",
    "Role",
    "Scope",
    "SignInNeeded",
    "SignedInStaff",
    "Staff",
    "TokenHolder",
    "add_account",
    "add_token",
    "begin_session",
    "check_password",
    "end_session",
    "list_accounts",
    "list_tokens",
    "require_role",
    "require_token",
    "revoke_tokens",
    "signed_in_staff",
]
