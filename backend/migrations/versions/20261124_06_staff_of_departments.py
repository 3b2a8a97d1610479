"""Staff of departments, and reviewers of what they fill in."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_06"
down_revision = "20261124_05"
branch_labels = None
depends_on = None

ROLES = "'admin', 'publisher', 'evaluator', 'handler'"
MORE_ROLES = f"{ROLES}, 'department', 'reviewer'"
NEEDS_DEPARTMENT = "role <> 'department' OR department IS NOT NULL"
ACCOUNTS = "id, email, role, password_hash, failed_logins, locked_until, created_at"
SESSIONS = "id, account_id, token_hash, created_at, last_used_at, expires_at, revoked_at"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        rebuild_on_sqlite()
        return
    op.add_column("staff_accounts", sa.Column("department", sa.String(100)))
    # The second migration's name went through the naming convention once more.
    op.drop_constraint(op.f("ck_staff_accounts_ck_staff_accounts_role"), "staff_accounts")
    for name, rule in (("role", f"role IN ({MORE_ROLES})"), ("department", NEEDS_DEPARTMENT)):
        op.create_check_constraint(op.f(f"ck_staff_accounts_{name}"), "staff_accounts", rule)


def rebuild_on_sqlite() -> None:
    # SQLite changes a constraint only by making the table anew. Dropping the old one would take
    # the sessions with it, so they move first.
    op.execute(
        "CREATE TABLE new_staff_accounts ("
        " id INTEGER NOT NULL, email VARCHAR(254) NOT NULL, role VARCHAR(16) NOT NULL,"
        " department VARCHAR(100), password_hash TEXT NOT NULL, failed_logins INTEGER NOT NULL,"
        " locked_until DATETIME, created_at DATETIME NOT NULL,"
        " CONSTRAINT pk_staff_accounts PRIMARY KEY (id),"
        " CONSTRAINT uq_staff_accounts_email UNIQUE (email),"
        f" CONSTRAINT ck_staff_accounts_role CHECK (role IN ({MORE_ROLES})),"
        f" CONSTRAINT ck_staff_accounts_department CHECK ({NEEDS_DEPARTMENT}),"
        " CONSTRAINT ck_staff_accounts_email_lower CHECK (email = lower(email)))"
    )
    op.execute(
        "CREATE TABLE new_staff_sessions ("
        " id INTEGER NOT NULL, account_id INTEGER NOT NULL, token_hash VARCHAR(64) NOT NULL,"
        " created_at DATETIME NOT NULL, last_used_at DATETIME NOT NULL,"
        " expires_at DATETIME NOT NULL, revoked_at DATETIME,"
        " CONSTRAINT pk_staff_sessions PRIMARY KEY (id),"
        " CONSTRAINT fk_staff_sessions_account_id FOREIGN KEY (account_id)"
        " REFERENCES new_staff_accounts (id) ON DELETE CASCADE,"
        " CONSTRAINT uq_staff_sessions_token_hash UNIQUE (token_hash))"
    )
    for name, columns in (("staff_accounts", ACCOUNTS), ("staff_sessions", SESSIONS)):
        op.execute(f"INSERT INTO new_{name} ({columns}) SELECT {columns} FROM {name}")  # noqa: S608 - constants
    op.drop_table("staff_sessions")
    op.drop_table("staff_accounts")
    op.rename_table("new_staff_accounts", "staff_accounts")
    op.rename_table("new_staff_sessions", "staff_sessions")
    op.create_index("ix_staff_sessions_account_id", "staff_sessions", ["account_id"])


def downgrade() -> None:
    op.execute("DELETE FROM staff_accounts WHERE role IN ('department', 'reviewer')")
    with op.batch_alter_table("staff_accounts") as table:
        table.drop_constraint(op.f("ck_staff_accounts_department"), type_="check")
        table.drop_constraint(op.f("ck_staff_accounts_role"), type_="check")
        table.create_check_constraint(
            op.f("ck_staff_accounts_ck_staff_accounts_role"), f"role IN ({ROLES})"
        )
        table.drop_column("department")
