"""Which cards an edition has had, without their words, so that people can look for them after a takedown."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "card_out",
        sa.Column("edition_id", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("sort", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_card_out_edition_id_edition")),
        sa.PrimaryKeyConstraint("edition_id", "place", name=op.f("pk_card_out")),
    )
    op.execute(
        "INSERT INTO card_out (edition_id, place, sort) "
        "SELECT DISTINCT build.edition_id, 1, 'title' FROM build JOIN artifact ON artifact.build_id = build.id "
        "WHERE artifact.kind = 'card_wide'"
    )


def downgrade() -> None:
    op.drop_table("card_out")
