"""What readers say about a text, and the notes that readers are given about it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0012"
branch_labels = None
depends_on = None

_SAID = ("HELPED", "UNCLEAR", "WRONG", "UNSAFE", "ABOUT_ME")
_URGENCY = ("HARM", "FACT", "STALE", "WORDING", "NONE")


def upgrade() -> None:
    op.create_table(
        "reader_answer",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("translation_id", sa.String(length=40), nullable=False),
        sa.Column("edition_id", sa.String(length=40), nullable=False),
        sa.Column("revision_id", sa.String(length=40), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("said", sa.Enum(*_SAID, name="said"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("may_pass_on", sa.Boolean(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("urgency", sa.Enum(*_URGENCY, name="urgency"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.String(length=40), nullable=True),
        sa.Column("looked_on", sa.Date(), nullable=True),
        sa.Column("hidden", sa.Text(), nullable=False),
        sa.Column("same_as", sa.String(length=40), nullable=True),
        sa.Column("thread_id", sa.String(length=40), nullable=True),
        sa.Column("passed_on", sa.Boolean(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by", sa.String(length=40), nullable=True),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["translation_id"], ["translation.id"], name=op.f("fk_reader_answer_translation_id_translation")
        ),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_reader_answer_revision_id_revision")),
        sa.ForeignKeyConstraint(["same_as"], ["reader_answer.id"], name=op.f("fk_reader_answer_same_as_reader_answer")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_reader_answer_thread_id_thread")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reader_answer")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_reader_answer_code_hash")),
    )
    for column in ("translation_id", "same_as", "closed_on"):
        op.create_index(op.f(f"ix_reader_answer_{column}"), "reader_answer", [column])
    op.create_table(
        "reader_answer_count",
        sa.Column("edition_id", sa.String(length=40), nullable=False),
        sa.Column("said", sa.String(length=12), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "said", name=op.f("pk_reader_answer_count")),
    )
    op.create_table(
        "reader_used_stamp",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_reader_used_stamp")),
    )
    op.create_table(
        "reader_answer_hour",
        sa.Column("hour", sa.DateTime(), nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hour", "what", name=op.f("pk_reader_answer_hour")),
    )
    op.create_table(
        "reader_echo",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("member_id", sa.String(length=40), nullable=False),
        sa.Column("translation_id", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["translation_id"], ["translation.id"], name=op.f("fk_reader_echo_translation_id_translation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reader_echo")),
    )
    op.create_index(op.f("ix_reader_echo_member_id"), "reader_echo", ["member_id"])
    op.create_table(
        "public_note",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("translation_id", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["translation_id"], ["translation.id"], name=op.f("fk_public_note_translation_id_translation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_note")),
    )
    op.create_index(op.f("ix_public_note_translation_id"), "public_note", ["translation_id"])


def downgrade() -> None:
    for table in (
        "public_note",
        "reader_echo",
        "reader_answer_hour",
        "reader_used_stamp",
        "reader_answer_count",
        "reader_answer",
    ):
        op.drop_table(table)
