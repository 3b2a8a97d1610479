"""What a response's checks found, and ids that are never given twice, for counting by id."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_03"
down_revision = "20261124_02"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # On SQLite this copies the table: AUTOINCREMENT, which keeps the id of a deleted row from being
    # given to the next one, can only be said when a table is made. PostgreSQL's sequences never
    # give a number twice.
    with op.batch_alter_table(
        "responses", recreate="auto", table_kwargs={"sqlite_autoincrement": True}
    ) as responses:
        responses.add_column(sa.Column("failed_checks", sa.Text()))
        responses.add_column(sa.Column("device_hash", sa.String(64)))
        responses.add_column(sa.Column("network_hash", sa.String(64)))
        responses.add_column(
            sa.Column("is_flagged", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        # Counting reads by id now; the widest index of the table served nothing else.
        responses.drop_index("ix_responses_survey_id_weighting_cell")
        responses.create_index("ix_responses_survey_id_id", ["survey_id", "id"])
        responses.create_index("ix_responses_survey_id_submitted_at", ["survey_id", "submitted_at"])


def downgrade() -> None:
    with op.batch_alter_table("responses") as responses:
        responses.drop_index("ix_responses_survey_id_submitted_at")
        responses.drop_index("ix_responses_survey_id_id")
        responses.create_index(
            "ix_responses_survey_id_weighting_cell", ["survey_id", "weighting_cell"]
        )
        for column in ("is_flagged", "network_hash", "device_hash", "failed_checks"):
            responses.drop_column(column)
