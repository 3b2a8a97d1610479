"""The roll-up of each survey, and the log of what changed in responses that it may have counted.

Triggers write the log, so that nothing which changes a response can forget to. A later migration
that copies the table `responses` on SQLite (Alembic's batch mode) drops them there and must call
`log_changes` again: the tests of the roll-up fail without them.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_04"
down_revision = "20261124_03"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# What a change must differ in to change a count, and what the log keeps of a response.
COUNTED = (
    *("survey_id", "weighting_cell", "channel", "simulated", "is_flagged", "excluded_reason"),
    *("levels", "composite_share_from_4", "composite_share_from_3"),
    *("composite_score_100_80_60_30_0", "composite_score_100_75_50_25_0"),
)


def upgrade() -> None:
    create_rollups()
    create_changes()
    log_changes()


def create_rollups() -> None:
    op.create_table(
        "tabulation_rollups",
        sa.Column("survey_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("watermark_id", sa.BigInteger(), nullable=False),
        sa.Column("coding_digest", sa.String(64), nullable=False),
        sa.Column("counts", sa.LargeBinary(), nullable=False),
        sa.Column("rolled_up_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("survey_id", name="pk_tabulation_rollups"),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["surveys.id"], name="fk_tabulation_rollups_survey_id"
        ),
    )


def create_changes() -> None:
    op.create_table(
        "tabulation_changes",
        sa.Column("id", BIG, nullable=False),
        sa.Column("response_id", sa.BigInteger(), nullable=False),
        sa.Column("sign", sa.SmallInteger(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("weighting_cell", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(64), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("is_flagged", sa.Boolean(), nullable=False),
        sa.Column("excluded_reason", sa.String(64)),
        sa.Column("levels", sa.Text(), nullable=False),
        sa.Column("composite_share_from_4", sa.Float(53)),
        sa.Column("composite_share_from_3", sa.Float(53)),
        sa.Column("composite_score_100_80_60_30_0", sa.Float(53)),
        sa.Column("composite_score_100_75_50_25_0", sa.Float(53)),
        sa.PrimaryKeyConstraint("id", name="pk_tabulation_changes"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_tabulation_changes_survey_id_response_id",
        "tabulation_changes",
        ["survey_id", "response_id"],
    )


def log_changes() -> None:
    if op.get_bind().dialect.name == "sqlite":
        log_changes_on_sqlite()
    else:
        log_changes_on_postgresql()


def log_changes_on_sqlite() -> None:
    differs = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in COUNTED)
    op.execute(
        f"CREATE TRIGGER responses_log_update AFTER UPDATE ON responses WHEN {differs}"
        f" BEGIN {entry('OLD', -1)}; {entry('NEW', 1)}; END"
    )
    op.execute(
        "CREATE TRIGGER responses_log_delete AFTER DELETE ON responses"
        f" BEGIN {entry('OLD', -1)}; END"
    )


def log_changes_on_postgresql() -> None:
    differs = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in COUNTED)
    op.execute(
        "CREATE FUNCTION log_change_of_response() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" {entry('OLD', -1)};"
        f" IF TG_OP = 'UPDATE' THEN {entry('NEW', 1)}; END IF;"
        " RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER responses_log_update AFTER UPDATE ON responses FOR EACH ROW"
        f" WHEN ({differs}) EXECUTE FUNCTION log_change_of_response()"
    )
    op.execute(
        "CREATE TRIGGER responses_log_delete AFTER DELETE ON responses FOR EACH ROW"
        " EXECUTE FUNCTION log_change_of_response()"
    )
    # TRUNCATE fires no row triggers, so that what it empties would stay counted.
    op.execute(
        "CREATE FUNCTION refuse_truncate_of_responses() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN RAISE EXCEPTION 'responses are deleted, not truncated'"
        " USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        "CREATE TRIGGER responses_refuse_truncate BEFORE TRUNCATE ON responses FOR EACH STATEMENT"
        " EXECUTE FUNCTION refuse_truncate_of_responses()"
    )


def entry(row: str, sign: int) -> str:
    values = ", ".join(f"{row}.{name}" for name in COUNTED)
    columns = ", ".join(COUNTED)
    return (
        f"INSERT INTO tabulation_changes (response_id, sign, {columns})"  # noqa: S608 - constants
        f" VALUES ({row}.id, {sign}, {values})"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER responses_log_update" + on_responses())
    op.execute("DROP TRIGGER responses_log_delete" + on_responses())
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER responses_refuse_truncate ON responses")
        op.execute("DROP FUNCTION refuse_truncate_of_responses()")
        op.execute("DROP FUNCTION log_change_of_response()")
    op.drop_table("tabulation_changes")
    op.drop_table("tabulation_rollups")


def on_responses() -> str:
    return " ON responses" if op.get_bind().dialect.name == "postgresql" else ""
