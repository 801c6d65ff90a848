"""translations know their origin; their earlier texts go with the answer, not with the log

Revision ID: 0004
Revises: 0003

"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "translation_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["answer.id"],
            name=op.f("fk_translation_version_answer_id_answer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation_version")),
    )
    op.create_index(op.f("ix_translation_version_answer_id"), "translation_version", ["answer_id"])
    with op.batch_alter_table("answer_translation") as batch_op:
        batch_op.add_column(
            sa.Column("origin", sa.String(10), nullable=False, server_default="person")
        )
        batch_op.create_check_constraint(
            op.f("ck_answer_translation_origin"), "origin IN ('person', 'machine', 'import')"
        )
    _take_texts_out_of_the_log()


def _take_texts_out_of_the_log():
    entries = sa.table(
        "audit_entry",
        sa.column("id", sa.Integer),
        sa.column("verb", sa.String),
        sa.column("before", sa.JSON),
        sa.column("after", sa.JSON),
    )
    link = op.get_bind()
    rows = link.execute(sa.select(entries).where(entries.c.verb.like("%translate_statement")))
    for row in rows.all():
        sides = {
            name: {key: value for key, value in (side or {}).items() if key != "text"}
            for name, side in (("before", row.before), ("after", row.after))
        }
        link.execute(sa.update(entries).where(entries.c.id == row.id).values(sides))


def downgrade():
    with op.batch_alter_table("answer_translation") as batch_op:
        batch_op.drop_constraint(op.f("ck_answer_translation_origin"), type_="check")
        batch_op.drop_column("origin")
    op.drop_index(op.f("ix_translation_version_answer_id"), "translation_version")
    op.drop_table("translation_version")
