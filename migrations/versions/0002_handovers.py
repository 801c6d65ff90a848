"""drafts know their last day; codes carry them to another device

Revision ID: 0002
Revises: 0001

"""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

draft = sa.table("draft", sa.column("day", sa.Date), sa.column("last_day", sa.Date))


def upgrade():
    with op.batch_alter_table("draft") as batch_op:
        batch_op.add_column(sa.Column("last_day", sa.Date(), nullable=True))
    op.execute(draft.update().values(last_day=_today() + timedelta(days=1)))
    with op.batch_alter_table("draft") as batch_op:
        batch_op.alter_column("last_day", existing_type=sa.Date(), nullable=False)
        batch_op.drop_column("day")
    op.create_table(
        "handover",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("draft_hash", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_hash"],
            ["draft.key_hash"],
            name=op.f("fk_handover_draft_hash_draft"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_handover")),
        sa.UniqueConstraint("draft_hash", name=op.f("uq_handover_draft_hash")),
    )


def downgrade():
    op.drop_table("handover")
    with op.batch_alter_table("draft") as batch_op:
        batch_op.add_column(sa.Column("day", sa.Date(), nullable=True))
    op.execute(draft.update().values(day=_today()))
    with op.batch_alter_table("draft") as batch_op:
        batch_op.alter_column("day", existing_type=sa.Date(), nullable=False)
        batch_op.drop_column("last_day")


def _today():
    return datetime.now(UTC).date()
