"""Reading links that count, for guests without an account."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reading_link",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("review_id", sa.String(length=40), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("vouched", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("made_by", sa.String(length=20), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_by", sa.String(length=20), nullable=True),
        sa.Column("given_back_at", sa.DateTime(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.Column("ticks", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["confirmed_by"], ["member.id"], name=op.f("fk_reading_link_confirmed_by_member")),
        sa.ForeignKeyConstraint(["made_by"], ["member.id"], name=op.f("fk_reading_link_made_by_member")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_reading_link_review_id_review")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_reading_link_token_hash")),
    )
    op.create_index(op.f("ix_reading_link_review_id"), "reading_link", ["review_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_reading_link_review_id"), table_name="reading_link")
    op.drop_table("reading_link")
