"""Passages that are spoken of, and suggestions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_STATES = sa.Enum("OPEN", "ACCEPTED", "DECLINED", "TAKEN_BACK", "STALE", name="hunkstate")


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
    op.add_column("thread", sa.Column("anchor_id", sa.String(length=40), nullable=True))
    op.create_table(
        "suggestion",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("draft_id", sa.String(length=40), nullable=False),
        sa.Column("author", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("base_seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_suggestion_draft_id_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
    )
    op.create_index(op.f("ix_suggestion_draft_id"), "suggestion", ["draft_id"], unique=False)
    op.create_table(
        "hunk",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("suggestion_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("anchor_id", sa.String(length=40), nullable=True),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("state", _STATES, nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["suggestion_id"], ["suggestion.id"], name=op.f("fk_hunk_suggestion_id_suggestion")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hunk")),
    )
    op.create_index(op.f("ix_hunk_suggestion_id"), "hunk", ["suggestion_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_hunk_suggestion_id"), table_name="hunk")
    op.drop_table("hunk")
    op.drop_index(op.f("ix_suggestion_draft_id"), table_name="suggestion")
    op.drop_table("suggestion")
    op.drop_column("thread", "anchor_id")
    op.drop_column("revision_block", "suggested")
    op.drop_index(op.f("ix_anchor_draft_id"), table_name="anchor")
    op.drop_table("anchor")
