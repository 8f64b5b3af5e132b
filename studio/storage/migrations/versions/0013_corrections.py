"""Whether an edition was published to correct a mistake, and whether one that is to come is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("edition", "schedule"):
        column: sa.Column[bool] = sa.Column("correction", sa.Boolean(), server_default="0", nullable=False)
        op.add_column(table, column)


def downgrade() -> None:
    for table in ("edition", "schedule"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("correction")
