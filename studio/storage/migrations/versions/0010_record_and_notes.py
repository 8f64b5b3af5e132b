"""Names in records of texts, notes to the organisers, and the trail found by what an act was about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "named_in_record",
        sa.Column("translation_id", sa.String(length=40), nullable=False),
        sa.Column("member_id", sa.String(length=40), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["translation_id"], ["translation.id"], name=op.f("fk_named_in_record_translation_id_translation")
        ),
        sa.PrimaryKeyConstraint("translation_id", "member_id", name=op.f("pk_named_in_record")),
    )
    op.create_table(
        "organiser_note",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("member_id", sa.String(length=40), nullable=True),
        sa.Column("translation_id", sa.String(length=40), nullable=True),
        sa.Column("handled_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["translation_id"], ["translation.id"], name=op.f("fk_organiser_note_translation_id_translation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organiser_note")),
    )
    op.create_index(op.f("ix_audit_entry_subject"), "audit_entry", ["subject"])


def downgrade() -> None:
    op.drop_index(op.f("ix_audit_entry_subject"), table_name="audit_entry")
    op.drop_table("organiser_note")
    op.drop_table("named_in_record")
