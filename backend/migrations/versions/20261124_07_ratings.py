"""Assessment rounds, the registers of innovations and incidents, evidence, and plan figures."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_07"
down_revision = "20261124_06"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
# What happened stays on record.
RECORDS = ("round_events", "progress_entries", "target_entries", "register_events")


def upgrade() -> None:
    create_evidence_files()
    create_innovation_entries()
    create_register_events()
    create_security_incidents()
    create_target_entries()
    create_assessment_rounds()
    create_round_rows()
    create_evidence()
    create_progress_entries()
    create_round_events()
    for table in RECORDS:
        forbid_changes(table)
    forbid_changes_of_closed_rounds()


def create_evidence_files() -> None:
    op.create_table(
        "evidence_files",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_evidence_files"),
    )


def create_innovation_entries() -> None:
    op.create_table(
        "innovation_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("division_code", sa.String(12), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("issuer", sa.String(200), nullable=False),
        sa.Column("evidence_url", sa.String(2000), nullable=False),
        sa.Column("department", sa.String(100), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(254), nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.CheckConstraint(
            "state IN ('proposed', 'accepted', 'rejected')",
            name=op.f("ck_innovation_entries_state"),
        ),
        sa.PrimaryKeyConstraint("id", name="pk_innovation_entries"),
        sa.UniqueConstraint("public_id", name="uq_innovation_entries_public_id"),
    )
    op.create_index(
        "ix_innovation_entries_division_code_dated_on",
        "innovation_entries",
        ["division_code", "dated_on"],
    )


def create_register_events() -> None:
    op.create_table(
        "register_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("register", sa.String(16), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("done_by", sa.String(254), nullable=False),
        sa.Column("done_at", TIME, nullable=False),
        sa.CheckConstraint(
            "register IN ('innovation', 'security')", name=op.f("ck_register_events_register")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_register_events"),
    )
    op.create_index(
        "ix_register_events_register_entry_id", "register_events", ["register", "entry_id"]
    )


def create_security_incidents() -> None:
    op.create_table(
        "security_incidents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("division_code", sa.String(12), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("points", sa.Float(53), nullable=False),
        sa.Column("is_major", sa.Boolean(), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("handling", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(254), nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.CheckConstraint(
            "state IN ('reported', 'handling', 'closed', 'withdrawn')",
            name=op.f("ck_security_incidents_state"),
        ),
        sa.CheckConstraint("points >= 0", name=op.f("ck_security_incidents_points")),
        sa.PrimaryKeyConstraint("id", name="pk_security_incidents"),
        sa.UniqueConstraint("public_id", name="uq_security_incidents_public_id"),
    )
    op.create_index(
        "ix_security_incidents_division_code_dated_on",
        "security_incidents",
        ["division_code", "dated_on"],
    )


def create_target_entries() -> None:
    op.create_table(
        "target_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.String(64), nullable=False),
        sa.Column("target", sa.String(60), nullable=False),
        sa.Column("figure", sa.Float(53), nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("will_meet_on", sa.Date()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.String(254), nullable=False),
        sa.Column("entered_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_target_entries"),
    )
    op.create_index("ix_target_entries_plan_id_target", "target_entries", ["plan_id", "target"])


def create_assessment_rounds() -> None:
    op.create_table(
        "assessment_rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(64), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("standard_id", sa.String(64), nullable=False),
        sa.Column("area_name", sa.String(100), nullable=False),
        sa.Column("division_code", sa.String(12), nullable=False),
        sa.Column("parent_code", sa.String(12)),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("security_from", sa.Date(), nullable=False),
        sa.Column("survey_id", sa.Integer()),
        sa.Column("national_benchmark", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("created_by", sa.String(254), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("closed_by", sa.String(254)),
        sa.Column("closed_at", TIME),
        sa.Column("frozen", sa.Text()),
        sa.Column("frozen_rating", sa.Text()),
        sa.Column("frozen_sha256", sa.String(64)),
        sa.CheckConstraint(
            "(state = 'closed') = (frozen IS NOT NULL)",
            name=op.f("ck_assessment_rounds_closed_is_frozen"),
        ),
        sa.CheckConstraint("state IN ('open', 'closed')", name=op.f("ck_assessment_rounds_state")),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["surveys.id"], name="fk_assessment_rounds_survey_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_assessment_rounds"),
        sa.UniqueConstraint("slug", name="uq_assessment_rounds_slug"),
    )
    op.create_index(
        "ix_assessment_rounds_division_code_as_of", "assessment_rounds", ["division_code", "as_of"]
    )
    op.create_index("ix_assessment_rounds_parent_code", "assessment_rounds", ["parent_code"])


def create_round_rows() -> None:
    op.create_table(
        "round_rows",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("departments", sa.String(400), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.String(254)),
        sa.Column("changed_at", TIME),
        sa.CheckConstraint(
            "state IN ('empty', 'draft', 'submitted', 'accepted', 'returned')",
            name=op.f("ck_round_rows_state"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["assessment_rounds.id"],
            name="fk_round_rows_round_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("round_id", "number", name="pk_round_rows"),
    )


def create_evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("round_id", sa.Integer()),
        sa.Column("number", sa.Integer()),
        sa.Column("innovation_id", sa.Integer()),
        sa.Column("measure", sa.String(60)),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("url", sa.String(2000)),
        sa.Column("file_name", sa.String(200)),
        sa.Column("media_type", sa.String(100)),
        sa.Column("size", sa.Integer()),
        sa.Column("sha256", sa.String(64)),
        sa.Column("added_by", sa.String(254), nullable=False),
        sa.Column("added_at", TIME, nullable=False),
        sa.Column("removed_by", sa.String(254)),
        sa.Column("removed_at", TIME),
        sa.CheckConstraint(
            "(round_id IS NULL) = (number IS NULL)"
            " AND (round_id IS NULL) <> (innovation_id IS NULL)",
            name=op.f("ck_evidence_one_owner"),
        ),
        sa.CheckConstraint(
            "(url IS NULL) <> (sha256 IS NULL)", name=op.f("ck_evidence_file_or_link")
        ),
        sa.ForeignKeyConstraint(
            ["innovation_id"], ["innovation_entries.id"], name="fk_evidence_innovation_id"
        ),
        sa.ForeignKeyConstraint(
            ["round_id", "number"],
            ["round_rows.round_id", "round_rows.number"],
            name="fk_evidence_round_id_number",
        ),
        sa.ForeignKeyConstraint(["sha256"], ["evidence_files.sha256"], name="fk_evidence_sha256"),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
        sa.UniqueConstraint("public_id", name="uq_evidence_public_id"),
    )
    op.create_index("ix_evidence_innovation_id", "evidence", ["innovation_id"])
    op.create_index("ix_evidence_round_id_number", "evidence", ["round_id", "number"])


def create_progress_entries() -> None:
    op.create_table(
        "progress_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("measure", sa.String(60)),
        sa.Column("figure", sa.Float(53)),
        sa.Column("will_meet_on", sa.Date()),
        sa.Column("department", sa.String(100), nullable=False),
        sa.Column("entered_by", sa.String(254), nullable=False),
        sa.Column("entered_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id", "number"],
            ["round_rows.round_id", "round_rows.number"],
            name="fk_progress_entries_round_id_number",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_progress_entries"),
    )
    op.create_index(
        "ix_progress_entries_round_id_number", "progress_entries", ["round_id", "number"]
    )


def create_round_events() -> None:
    op.create_table(
        "round_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("done_by", sa.String(254), nullable=False),
        sa.Column("done_at", TIME, nullable=False),
        sa.CheckConstraint(
            "action IN ('save', 'submit', 'accept', 'return', 'reopen', 'assign', 'import')",
            name=op.f("ck_round_events_action"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id", "number"],
            ["round_rows.round_id", "round_rows.number"],
            name="fk_round_events_round_id_number",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_round_events"),
    )
    op.create_index("ix_round_events_round_id_number", "round_events", ["round_id", "number"])


def forbid_changes(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table} BEGIN"
                " SELECT RAISE(ABORT, 'what happened stays on record'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION refuse_change_of_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'what happened stays on record'"
        " USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_{table}()"
    )


def forbid_changes_of_closed_rounds() -> None:
    closed = "(SELECT state FROM assessment_rounds WHERE id = OLD.round_id) = 'closed'"
    guards = (("assessment_rounds", "OLD.state = 'closed'"), ("round_rows", closed))
    for table, is_closed in guards:
        if op.get_bind().dialect.name == "sqlite":
            for event in ("update", "delete"):
                op.execute(
                    f"CREATE TRIGGER {table}_closed_no_{event} BEFORE {event} ON {table}"
                    f" WHEN {is_closed} BEGIN SELECT RAISE(ABORT, 'the round is closed'); END"
                )
            continue
        op.execute(
            f"CREATE FUNCTION refuse_change_of_closed_{table}() RETURNS trigger"
            f" LANGUAGE plpgsql AS $$ BEGIN IF {is_closed} THEN"
            " RAISE EXCEPTION 'the round is closed'"
            " USING ERRCODE = 'integrity_constraint_violation'; END IF;"
            " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_closed_no_change BEFORE UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION refuse_change_of_closed_{table}()"
        )


def downgrade() -> None:
    for table in (
        "round_events",
        "progress_entries",
        "evidence",
        "round_rows",
        "assessment_rounds",
        "target_entries",
        "security_incidents",
        "register_events",
        "innovation_entries",
        "evidence_files",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in RECORDS:
            op.execute(f"DROP FUNCTION refuse_change_of_{table}()")
        for table in ("assessment_rounds", "round_rows"):
            op.execute(f"DROP FUNCTION refuse_change_of_closed_{table}()")
