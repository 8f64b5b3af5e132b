"""Collections: several guides of one language as one file, made of chapters that are kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "collection",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection")),
        sa.UniqueConstraint("language", "slug", name=op.f("uq_collection_language_slug")),
    )
    op.create_table(
        "collection_chapter",
        sa.Column("collection_id", sa.String(length=40), nullable=False),
        sa.Column("translation_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collection.id"], name=op.f("fk_collection_chapter_collection_id_collection")
        ),
        sa.ForeignKeyConstraint(
            ["translation_id"], ["translation.id"], name=op.f("fk_collection_chapter_translation_id_translation")
        ),
        sa.PrimaryKeyConstraint("collection_id", "translation_id", name=op.f("pk_collection_chapter")),
        sa.UniqueConstraint("collection_id", "position", name=op.f("uq_collection_chapter_collection_id_position")),
    )
    op.create_index(op.f("ix_collection_chapter_translation_id"), "collection_chapter", ["translation_id"])
    op.create_table(
        "collection_build",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("collection_id", sa.String(length=40), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("editions", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collection.id"], name=op.f("fk_collection_build_collection_id_collection")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection_build")),
        sa.UniqueConstraint("collection_id", "n", name=op.f("uq_collection_build_collection_id_n")),
    )
    op.create_index(op.f("ix_collection_build_collection_id"), "collection_build", ["collection_id"])
    op.create_table(
        "collection_file",
        sa.Column("build_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("source_checksum", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["build_id"], ["collection_build.id"], name=op.f("fk_collection_file_build_id_collection_build")
        ),
        sa.PrimaryKeyConstraint("build_id", "kind", name=op.f("pk_collection_file")),
    )
    op.create_index(op.f("ix_collection_file_sha256"), "collection_file", ["sha256"])
    op.create_table(
        "kept_chapter",
        sa.Column("source_checksum", sa.String(length=64), nullable=False),
        sa.Column("edition_id", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_kept_chapter_edition_id_edition")),
        sa.PrimaryKeyConstraint("source_checksum", name=op.f("pk_kept_chapter")),
    )
    op.create_index(op.f("ix_kept_chapter_edition_id"), "kept_chapter", ["edition_id"])
    op.create_index(op.f("ix_kept_chapter_sha256"), "kept_chapter", ["sha256"])


def downgrade() -> None:
    for name in ("kept_chapter", "collection_file", "collection_build", "collection_chapter", "collection"):
        op.drop_table(name)
