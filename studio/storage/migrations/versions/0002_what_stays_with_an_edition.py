"""What stays with an edition: the words of its cards, and what the policy of its checks says about the time after."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("artifact", sa.Column("alt", sa.Text(), nullable=False, server_default=""))
    for table in ("approval", "edition"):
        op.add_column(table, sa.Column("aftercare", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("recheck", sa.Column("months", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("recheck", "months")
    for table in ("edition", "approval"):
        op.drop_column(table, "aftercare")
    op.drop_column("artifact", "alt")
