"""personal data spotted in answers, and what people decided about it

Revision ID: 0006
Revises: 0005

"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "redaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('phone', 'email', 'iban', 'identity', 'address', 'words')",
            name=op.f("ck_redaction_kind"),
        ),
        sa.CheckConstraint(
            "state IN ('offered', 'hidden', 'kept')", name=op.f("ck_redaction_state")
        ),
        sa.CheckConstraint("(\"end\" > start) = (words = '')", name=op.f("ck_redaction_place")),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["answer.id"],
            name=op.f("fk_redaction_answer_id_answer"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name=op.f("fk_redaction_staff_id_staff"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redaction")),
        sa.UniqueConstraint(
            "answer_id",
            "start",
            "end",
            "words",
            name=op.f("uq_redaction_answer_id_start_end_words"),
        ),
    )


def downgrade():
    op.drop_table("redaction")
