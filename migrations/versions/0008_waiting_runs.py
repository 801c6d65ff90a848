"""runs that wait for a person to apply or discard them

Revision ID: 0008
Revises: 0007

"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("run") as batch_op:
        batch_op.add_column(
            sa.Column("state", sa.String(10), nullable=False, server_default="applied")
        )
        batch_op.add_column(sa.Column("applied_at", sa.DateTime(), nullable=True))
        batch_op.add_column(
            sa.Column("last_statement_id", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.add_column(sa.Column("held", sa.LargeBinary(), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_run_state"), "state IN ('applied', 'waiting', 'discarded')"
        )
    op.execute("UPDATE run SET applied_at = at")
    op.execute(
        "UPDATE run SET last_statement_id = COALESCE((SELECT MAX(s.id) FROM statement s "
        "WHERE s.consultation_id = run.consultation_id), 0)"
    )


def downgrade():
    op.execute("DELETE FROM run WHERE state <> 'applied'")
    with op.batch_alter_table("run") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_run_state"), type_="check")
        batch_op.drop_column("held")
        batch_op.drop_column("last_statement_id")
        batch_op.drop_column("applied_at")
        batch_op.drop_column("state")
