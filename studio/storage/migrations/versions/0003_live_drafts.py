"""Drafts that are kept in memory while they are written in know when authorship was settled."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("draft", sa.Column("settled_seq", sa.Integer(), server_default="0", nullable=False))
