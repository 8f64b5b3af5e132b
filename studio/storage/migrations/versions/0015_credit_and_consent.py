"""How people are named to readers, what tellers agree to, and what remains of stories that were taken back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "credit_choice",
        sa.Column("translation_id", sa.String(length=40), nullable=False),
        sa.Column("member_id", sa.String(length=40), nullable=False),
        sa.Column("part", sa.String(length=12), nullable=False),
        sa.Column("choice", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("name_look", sa.String(length=120), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["translation_id"], ["translation.id"], name=op.f("fk_credit_choice_translation_id_translation")
        ),
        sa.PrimaryKeyConstraint("translation_id", "member_id", "part", name=op.f("pk_credit_choice")),
    )
    op.create_index(op.f("ix_credit_choice_name_look"), "credit_choice", ["name_look"])
    op.create_table(
        "consent",
        sa.Column("guide_id", sa.String(length=80), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["guide_id"], ["guide.id"], name=op.f("fk_consent_guide_id_guide")),
        sa.PrimaryKeyConstraint("guide_id", name=op.f("pk_consent")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_consent_code_hash")),
    )
    op.create_table(
        "gone",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("languages", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gone")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_gone_code_hash")),
    )
    op.create_table(
        "gone_address",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("gone_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["gone_id"], ["gone.id"], name=op.f("fk_gone_address_gone_id_gone")),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_gone_address")),
    )
    op.create_index(op.f("ix_gone_address_gone_id"), "gone_address", ["gone_id"])


def downgrade() -> None:
    for table in ("gone_address", "gone", "consent", "credit_choice"):
        op.drop_table(table)
