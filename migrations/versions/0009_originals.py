"""what the machine proposed before people decided, and blind reviews

Revision ID: 0009
Revises: 0008

"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "original",
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=True),
        sa.Column("reviewer_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "chosen IS NOT NULL OR reviewer_id IS NULL", name=op.f("ck_original_blind")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statement.id"],
            name=op.f("fk_original_statement_id_statement"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["run.id"], name=op.f("fk_original_run_id_run"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"],
            ["staff.id"],
            name=op.f("fk_original_reviewer_id_staff"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("statement_id", name=op.f("pk_original")),
    )


def downgrade():
    op.drop_table("original")
