"""Urgent safety fixes, and a teller's yes that is taken back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "urgent_fix",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("translation_id", sa.String(length=40), nullable=False),
        sa.Column("base_revision_id", sa.String(length=40), nullable=False),
        sa.Column("base_hash", sa.String(length=64), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("proposed_by", sa.String(length=40), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("agreed_by", sa.String(length=40), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("revision_id", sa.String(length=40), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("in_draft", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["base_revision_id"], ["revision.id"], name=op.f("fk_urgent_fix_base_revision_id_revision")
        ),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_urgent_fix_revision_id_revision")),
        sa.ForeignKeyConstraint(
            ["translation_id"], ["translation.id"], name=op.f("fk_urgent_fix_translation_id_translation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urgent_fix")),
    )
    op.create_index(op.f("ix_urgent_fix_translation_id"), "urgent_fix", ["translation_id"])
    op.create_index(op.f("ix_urgent_fix_revision_id"), "urgent_fix", ["revision_id"])
    if op.get_bind().dialect.name == "postgresql":
        with op.get_context().autocommit_block():
            op.execute("ALTER TYPE sort ADD VALUE IF NOT EXISTS 'UNSAID'")


def downgrade() -> None:
    op.drop_table("urgent_fix")
