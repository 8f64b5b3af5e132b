"""What chooses a piece for a desk, who asked whom for a check, and who rests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "member_pause",
        sa.Column("member_id", sa.String(length=20), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_pause_member_id_member")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_member_pause")),
    )
    op.create_table(
        "review_asked",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("review_id", sa.String(length=40), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("member_id", sa.String(length=40), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("declined_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_asked_review_id_review")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_asked")),
        sa.UniqueConstraint("review_id", "stage", "member_id", name=op.f("uq_review_asked_review_id_stage_member_id")),
    )
    op.create_index(op.f("ix_review_asked_member_id"), "review_asked", ["member_id"], unique=False)
    op.create_table(
        "review_barred",
        sa.Column("review_id", sa.String(length=40), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("member_id", sa.String(length=40), nullable=False),
        sa.Column("sort", sa.Enum("TEXT", "SAID", "PASSED", name="bar"), nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_barred_review_id_review")),
        sa.PrimaryKeyConstraint("review_id", "stage", "member_id", name=op.f("pk_review_barred")),
    )
    op.create_index(op.f("ix_review_barred_member_id"), "review_barred", ["member_id"], unique=False)
    with op.batch_alter_table("review_stage") as stages:
        stages.add_column(sa.Column("free_at", sa.DateTime(), nullable=True))
        stages.add_column(sa.Column("asked", sa.Text(), server_default="", nullable=False))
        stages.add_column(sa.Column("language", sa.String(length=20), server_default="", nullable=False))
        stages.add_column(sa.Column("risk", sa.Integer(), server_default="1", nullable=False))
        stages.add_column(sa.Column("minutes", sa.Integer(), server_default="0", nullable=False))
    op.create_index("ix_review_stage_risk_free_at", "review_stage", ["risk", "free_at"], unique=False)
    op.create_index(op.f("ix_team_member_member_id"), "team_member", ["member_id"], unique=False)
    # The new columns are filled by looking at every round again, which is background work.
    op.execute(
        "INSERT INTO job (key, name, args, state, asked, tries, not_before, problem) "
        "SELECT 'review.look_at_all:0006', 'review.look_at_all', '{}', 'waiting', 1, 0, '2026-01-01 00:00:00.000000', '' "
        "FROM review WHERE closed_at IS NULL LIMIT 1"
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_team_member_member_id"), table_name="team_member")
    op.drop_index("ix_review_stage_risk_free_at", table_name="review_stage")
    with op.batch_alter_table("review_stage") as stages:
        for name in ("minutes", "risk", "language", "asked", "free_at"):
            stages.drop_column(name)
    for table in ("review_barred", "review_asked", "member_pause"):
        op.drop_table(table)
