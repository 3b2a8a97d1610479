"""What the screening found in responses, and what people decided on it."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_05"
down_revision = "20261124_04"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    # Not in batch mode, which would copy the table on SQLite and drop its triggers.
    op.add_column("responses", sa.Column("identity_hash", sa.String(64)))
    create_response_flags()
    create_response_reviews()
    forbid_changes_of_reviews()


def create_response_flags() -> None:
    op.create_table(
        "response_flags",
        sa.Column("id", BIG, nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("response_id", BIG, nullable=False),
        sa.Column("rule", sa.String(32), nullable=False),
        sa.Column("value", sa.Float(53), nullable=False),
        sa.Column("limit", sa.Float(53), nullable=False),
        sa.Column("flagged_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_response_flags"),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name="fk_response_flags_survey_id"),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["responses.id"],
            name="fk_response_flags_response_id",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("response_id", "rule", name="uq_response_flags_response_id_rule"),
    )
    op.create_index("ix_response_flags_survey_id_rule", "response_flags", ["survey_id", "rule"])


def create_response_reviews() -> None:
    op.create_table(
        "response_reviews",
        sa.Column("id", BIG, nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        # No foreign key: what was decided stays on record when a resident has a response deleted.
        sa.Column("response_id", sa.BigInteger(), nullable=False),
        sa.Column("decision", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(64)),
        sa.Column("decided_by", sa.String(254), nullable=False),
        sa.Column("decided_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_response_reviews"),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["surveys.id"], name="fk_response_reviews_survey_id"
        ),
        sa.CheckConstraint(
            "decision IN ('exclude', 'include', 'keep')", name="ck_response_reviews_decision"
        ),
    )
    op.create_index(
        "ix_response_reviews_survey_id_response_id",
        "response_reviews",
        ["survey_id", "response_id"],
    )


def forbid_changes_of_reviews() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER response_reviews_no_{event}"
                f" BEFORE {event} ON response_reviews BEGIN"
                " SELECT RAISE(ABORT, 'a decision stays on record'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_change_of_reviews() RETURNS trigger"
        " LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'a decision stays on record'"
        " USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        "CREATE TRIGGER response_reviews_no_change"
        " BEFORE UPDATE OR DELETE OR TRUNCATE ON response_reviews"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_reviews()"
    )


def downgrade() -> None:
    op.drop_table("response_reviews")
    op.drop_table("response_flags")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change_of_reviews()")
    op.drop_column("responses", "identity_hash")
