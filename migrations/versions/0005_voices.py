"""answers by voice, with an open form and with a response

Revision ID: 0005
Revises: 0004

"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "draft_voice",
        sa.Column("draft_hash", sa.String(length=64), nullable=False),
        sa.Column("question_code", sa.String(length=64), nullable=False),
        sa.Column("mime", sa.String(length=20), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_hash"],
            ["draft.key_hash"],
            name=op.f("fk_draft_voice_draft_hash_draft"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("draft_hash", "question_code", name=op.f("pk_draft_voice")),
    )
    op.create_table(
        "voice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("question_code", sa.String(length=64), nullable=False),
        sa.Column("mime", sa.String(length=20), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("transcript", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("transcriber_id", sa.Integer(), nullable=True),
        sa.Column("transcribed_by", sa.String(length=120), nullable=False),
        sa.Column("checked_by", sa.String(length=120), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'draft', 'second', 'reviewed')", name=op.f("ck_voice_state")
        ),
        sa.CheckConstraint(
            "state = 'waiting' OR length(transcript) > 0", name=op.f("ck_voice_transcript")
        ),
        sa.CheckConstraint("data IS NOT NULL OR state = 'reviewed'", name=op.f("ck_voice_data")),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_voice_response_id_response"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["transcriber_id"],
            ["staff.id"],
            name=op.f("fk_voice_transcriber_id_staff"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voice")),
        sa.UniqueConstraint(
            "response_id", "question_code", name=op.f("uq_voice_response_id_question_code")
        ),
    )
    op.create_index(op.f("ix_voice_response_id"), "voice", ["response_id"])
    with op.batch_alter_table("answer") as batch_op:
        batch_op.add_column(
            sa.Column("transcribed_by", sa.String(120), nullable=False, server_default="")
        )


def downgrade():
    with op.batch_alter_table("answer") as batch_op:
        batch_op.drop_column("transcribed_by")
    op.drop_table("voice")
    op.drop_table("draft_voice")
