"""Surveys, their published questionnaires, and responses."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261124_01"
down_revision = None
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_surveys()
    create_questionnaire_versions()
    create_responses()
    forbid_changes_of_published_questionnaires()


def create_surveys() -> None:
    op.create_table(
        "surveys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(64), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("opens_at", TIME),
        sa.Column("closes_at", TIME),
        sa.Column("max_responses", sa.Integer()),
        sa.Column("accepted_count", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("one_response_per", sa.String(16), server_default="none", nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_surveys"),
        sa.UniqueConstraint("slug", name="uq_surveys_slug"),
        sa.CheckConstraint("status IN ('open', 'paused', 'closed')", name="ck_surveys_status"),
        sa.CheckConstraint(
            "one_response_per IN ('none', 'device')", name="ck_surveys_one_response_per"
        ),
    )


def create_questionnaire_versions() -> None:
    op.create_table(
        "questionnaire_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("published_at", TIME, nullable=False),
        sa.Column("published_by", sa.String(254), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_questionnaire_versions"),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["surveys.id"], name="fk_questionnaire_versions_survey_id"
        ),
        sa.UniqueConstraint(
            "survey_id", "number", name="uq_questionnaire_versions_survey_id_number"
        ),
    )


def create_responses() -> None:
    op.create_table(
        "responses",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(64), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("opened_at", TIME),
        sa.Column("submitted_at", TIME, nullable=False),
        sa.Column("simulated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("idempotency_key", sa.String(255)),
        sa.Column("request_hash", sa.String(64)),
        sa.Column("respondent_hash", sa.String(64)),
        sa.Column("order_seed", sa.BigInteger()),
        sa.Column(
            "answers", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("weighting_cell", sa.Text(), nullable=False),
        sa.Column("levels", sa.Text(), nullable=False),
        sa.Column("composite_share_from_4", sa.Float(53)),
        sa.Column("composite_share_from_3", sa.Float(53)),
        sa.Column("composite_score_100_80_60_30_0", sa.Float(53)),
        sa.Column("composite_score_100_75_50_25_0", sa.Float(53)),
        sa.Column("excluded_reason", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name="pk_responses"),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name="fk_responses_survey_id"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["questionnaire_versions.id"], name="fk_responses_version_id"
        ),
        sa.UniqueConstraint("public_id", name="uq_responses_public_id"),
        sa.UniqueConstraint(
            "survey_id", "idempotency_key", name="uq_responses_survey_id_idempotency_key"
        ),
        sa.UniqueConstraint(
            "survey_id", "respondent_hash", name="uq_responses_survey_id_respondent_hash"
        ),
    )
    op.create_index(
        "ix_responses_survey_id_weighting_cell", "responses", ["survey_id", "weighting_cell"]
    )
    op.create_index("ix_responses_version_id", "responses", ["version_id"])


def forbid_changes_of_published_questionnaires() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER questionnaire_versions_no_{event}"
                f" BEFORE {event} ON questionnaire_versions BEGIN"
                " SELECT RAISE(ABORT, 'a published questionnaire does not change'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_change_of_published_questionnaire() RETURNS trigger"
        " LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'a published questionnaire does not change'"
        " USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        "CREATE TRIGGER questionnaire_versions_no_change"
        " BEFORE UPDATE OR DELETE OR TRUNCATE ON questionnaire_versions"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_published_questionnaire()"
    )


def downgrade() -> None:
    op.drop_table("responses")
    op.drop_table("questionnaire_versions")
    op.drop_table("surveys")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change_of_published_questionnaire()")
