"""Hints that are kept with a reason, and words to avoid that speakers agree on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review_hint_kept",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("translation_id", sa.String(length=40), nullable=False),
        sa.Column("hint", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("member_id", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["translation_id"], ["translation.id"], name=op.f("fk_review_hint_kept_translation_id_translation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_hint_kept")),
        sa.UniqueConstraint("translation_id", "hint", name=op.f("uq_review_hint_kept_translation_id_hint")),
    )
    op.create_table(
        "review_words_agreed",
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("entry", sa.String(length=20), nullable=False),
        sa.Column("member_id", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("language", "entry", "member_id", name=op.f("pk_review_words_agreed")),
    )


def downgrade() -> None:
    op.drop_table("review_words_agreed")
    op.drop_table("review_hint_kept")
