"""pictures and sounds of a questionnaire; screens know that they are tables

Revision ID: 0003
Revises: 0002

"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "media_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("mime", sa.String(length=20), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["questionnaire_version.id"],
            name=op.f("fk_media_file_version_id_questionnaire_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_file")),
        sa.UniqueConstraint("version_id", "name", name=op.f("uq_media_file_version_id_name")),
    )
    with op.batch_alter_table("section") as batch_op:
        batch_op.add_column(
            sa.Column("appearance", sa.String(60), nullable=False, server_default="")
        )
    with op.batch_alter_table("question") as batch_op:
        batch_op.add_column(sa.Column("audio", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("option") as batch_op:
        batch_op.add_column(sa.Column("image", sa.String(120), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("audio", sa.JSON(), nullable=False, server_default="{}"))


def downgrade():
    with op.batch_alter_table("option") as batch_op:
        batch_op.drop_column("audio")
        batch_op.drop_column("image")
    with op.batch_alter_table("question") as batch_op:
        batch_op.drop_column("audio")
    with op.batch_alter_table("section") as batch_op:
        batch_op.drop_column("appearance")
    op.drop_table("media_file")
