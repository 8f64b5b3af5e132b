"""Passages that are spoken of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "anchor",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("draft_id", sa.String(length=40), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("at_seq", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_anchor_draft_id_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anchor")),
    )
    op.create_index(op.f("ix_anchor_draft_id"), "anchor", ["draft_id"], unique=False)
    # Saved versions of before know of no suggestions.
    op.add_column("revision_block", sa.Column("suggested", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("revision_block", "suggested")
    op.drop_index(op.f("ix_anchor_draft_id"), table_name="anchor")
    op.drop_table("anchor")
