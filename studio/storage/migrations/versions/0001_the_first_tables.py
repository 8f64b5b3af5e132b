"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_KEPT_FOR_EVER = {
    "sqlite": [
        f"CREATE TRIGGER audit_entry_{act.lower()} BEFORE {act} ON audit_entry "
        "BEGIN SELECT RAISE(ABORT, 'the trail is never changed'); END"
        for act in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        "CREATE FUNCTION audit_entry_kept() RETURNS trigger AS "
        "$$ BEGIN RAISE EXCEPTION 'the trail is never changed'; END $$ LANGUAGE plpgsql",
        "CREATE TRIGGER audit_entry_kept BEFORE UPDATE OR DELETE ON audit_entry "
        "FOR EACH ROW EXECUTE FUNCTION audit_entry_kept()",
    ],
}
"""The trail refuses UPDATE and DELETE in every dialect."""


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=True),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entry")),
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "generation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_generation")),
    )
    op.create_table(
        "guide",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.Enum("GUIDE", "FACTSHEET", "STORY", name="kind"), nullable=False),
        sa.Column("facets", sa.JSON(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("licence", sa.String(length=40), nullable=False),
        sa.Column("team_only", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide")),
    )
    op.create_table(
        "house",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house")),
    )
    op.create_table(
        "job",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("args", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(), nullable=False),
        sa.Column("started", sa.DateTime(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_job")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_state"), ["state"], unique=False)

    op.create_table(
        "media",
        sa.Column("sha", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=20), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("sha", name=op.f("pk_media")),
    )
    op.create_table(
        "member",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("pen_name", sa.String(length=60), nullable=False),
        sa.Column("name_folded", sa.String(length=120), nullable=False),
        sa.Column("name_look", sa.String(length=120), nullable=False),
        sa.Column("passphrase_hash", sa.String(length=200), nullable=False),
        sa.Column("pattern", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("joined", sa.DateTime(), nullable=False),
        sa.Column("founding", sa.Boolean(), nullable=False),
        sa.Column("suspended", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("name_folded", name=op.f("uq_member_name_folded")),
        sa.UniqueConstraint("name_look", name=op.f("uq_member_name_look")),
    )
    op.create_table(
        "review_policy",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("chosen_at", sa.DateTime(), nullable=False),
        sa.Column("chosen_by", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_policy")),
    )
    op.create_table(
        "agreement",
        sa.Column("member_id", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("wording", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_agreement_member_id_member")),
        sa.PrimaryKeyConstraint("member_id", "key", "wording", name=op.f("pk_agreement")),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("made_by", sa.String(length=20), nullable=True),
        sa.Column("made", sa.DateTime(), nullable=False),
        sa.Column("expires", sa.DateTime(), nullable=False),
        sa.Column("spent", sa.DateTime(), nullable=True),
        sa.Column("revoked", sa.DateTime(), nullable=True),
        sa.Column("member_id", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["member.id"], name=op.f("fk_invitation_made_by_member")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_invitation_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_table(
        "language_read",
        sa.Column("member_id", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_language_read_member_id_member")),
        sa.PrimaryKeyConstraint("member_id", "language", name=op.f("pk_language_read")),
    )
    op.create_table(
        "member_role",
        sa.Column("member_id", sa.String(length=20), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_role_member_id_member")),
        sa.PrimaryKeyConstraint("member_id", "role", name=op.f("pk_member_role")),
    )
    op.create_table(
        "member_session",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("member_id", sa.String(length=20), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("own_phone", sa.Boolean(), nullable=False),
        sa.Column("started", sa.DateTime(), nullable=False),
        sa.Column("last_seen", sa.DateTime(), nullable=False),
        sa.Column("renew", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_session_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_session")),
    )
    with op.batch_alter_table("member_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_member_session_member_id"), ["member_id"], unique=False)

    op.create_table(
        "recovery_code",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("member_id", sa.String(length=20), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_recovery_code_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_recovery_code_code_hash")),
    )
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_code_member_id"), ["member_id"], unique=False)

    op.create_table(
        "training",
        sa.Column("member_id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_training_member_id_member")),
        sa.PrimaryKeyConstraint("member_id", "name", name=op.f("pk_training")),
    )
    op.create_table(
        "translation",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("guide_id", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("opaque_id", sa.String(length=40), nullable=False),
        sa.Column(
            "progress",
            sa.Enum(
                "DRAFT",
                "IN_REVIEW",
                "CHANGES_REQUESTED",
                "APPROVED",
                "SCHEDULED",
                "SETTLED",
                "ARCHIVED",
                name="progress",
            ),
            nullable=False,
        ),
        sa.Column("latest_revision_id", sa.String(length=40), nullable=True),
        sa.Column("approved_revision_id", sa.String(length=40), nullable=True),
        sa.Column("published_revision_id", sa.String(length=40), nullable=True),
        sa.Column("pinned_to", sa.String(length=120), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["guide_id"], ["guide.id"], name=op.f("fk_translation_guide_id_guide")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation")),
        sa.UniqueConstraint("guide_id", "language", name=op.f("uq_translation_guide_id_language")),
        sa.UniqueConstraint("language", "slug", name=op.f("uq_translation_language_slug")),
        sa.UniqueConstraint("opaque_id", name=op.f("uq_translation_opaque_id")),
    )
    with op.batch_alter_table("translation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_translation_progress"), ["progress"], unique=False)

    op.create_table(
        "draft",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("translation_id", sa.String(length=40), nullable=False),
        sa.Column("head_seq", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["translation_id"], ["translation.id"], name=op.f("fk_draft_translation_id_translation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("translation_id", name=op.f("uq_draft_translation_id")),
    )
    op.create_table(
        "review_notice",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("member_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("translation_id", sa.String(length=40), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["translation_id"], ["translation.id"], name=op.f("fk_review_notice_translation_id_translation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_notice")),
    )
    with op.batch_alter_table("review_notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_notice_member_id"), ["member_id"], unique=False)

    op.create_table(
        "revision",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("translation_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("based_on", sa.String(length=40), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("kind", sa.Enum("GUIDE", "FACTSHEET", "STORY", name="kind"), nullable=False),
        sa.Column("facets", sa.JSON(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("licence", sa.String(length=40), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("significance", sa.Enum("TYPO", "CONTENT", "SAFETY", name="significance"), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("saved_by", sa.String(length=40), nullable=True),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["based_on"], ["revision.id"], name=op.f("fk_revision_based_on_revision")),
        sa.ForeignKeyConstraint(
            ["translation_id"], ["translation.id"], name=op.f("fk_revision_translation_id_translation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("translation_id", "number", name=op.f("uq_revision_translation_id_number")),
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_content_hash"), ["content_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_revision_translation_id"), ["translation_id"], unique=False)

    op.create_table(
        "schedule",
        sa.Column("translation_id", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["translation_id"], ["translation.id"], name=op.f("fk_schedule_translation_id_translation")
        ),
        sa.PrimaryKeyConstraint("translation_id", name=op.f("pk_schedule")),
    )
    op.create_table(
        "slug_alias",
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("translation_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["translation_id"], ["translation.id"], name=op.f("fk_slug_alias_translation_id_translation")
        ),
        sa.PrimaryKeyConstraint("language", "slug", name=op.f("pk_slug_alias")),
    )
    op.create_table(
        "team_member",
        sa.Column("translation_id", sa.String(length=40), nullable=False),
        sa.Column("member_id", sa.String(length=40), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["translation_id"], ["translation.id"], name=op.f("fk_team_member_translation_id_translation")
        ),
        sa.PrimaryKeyConstraint("translation_id", "member_id", name=op.f("pk_team_member")),
    )
    op.create_table(
        "translation_media",
        sa.Column("translation_id", sa.String(length=40), nullable=False),
        sa.Column("sha", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["sha"], ["media.sha"], name=op.f("fk_translation_media_sha_media")),
        sa.ForeignKeyConstraint(
            ["translation_id"], ["translation.id"], name=op.f("fk_translation_media_translation_id_translation")
        ),
        sa.PrimaryKeyConstraint("translation_id", "sha", name=op.f("pk_translation_media")),
    )
    op.create_table(
        "approval",
        sa.Column("translation_id", sa.String(length=40), nullable=False),
        sa.Column("revision_id", sa.String(length=40), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("checked_at", sa.DateTime(), nullable=False),
        sa.Column("label", sa.String(length=20), nullable=False),
        sa.Column("policy", sa.String(length=40), nullable=False),
        sa.Column("spelling_changes", sa.JSON(), nullable=False),
        sa.Column("approved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_approval_revision_id_revision")),
        sa.ForeignKeyConstraint(
            ["translation_id"], ["translation.id"], name=op.f("fk_approval_translation_id_translation")
        ),
        sa.PrimaryKeyConstraint("translation_id", name=op.f("pk_approval")),
    )
    op.create_table(
        "block_source",
        sa.Column("revision_id", sa.String(length=40), nullable=False),
        sa.Column("block_id", sa.String(length=40), nullable=False),
        sa.Column("source_block", sa.String(length=40), nullable=False),
        sa.Column("source_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_block_source_revision_id_revision")),
        sa.PrimaryKeyConstraint("revision_id", "block_id", name=op.f("pk_block_source")),
    )
    op.create_table(
        "draft_checkpoint",
        sa.Column("draft_id", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("field_authors", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_checkpoint_draft_id_draft")),
        sa.PrimaryKeyConstraint("draft_id", "seq", name=op.f("pk_draft_checkpoint")),
    )
    op.create_table(
        "draft_update",
        sa.Column("draft_id", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("author", sa.String(length=40), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("base_seq", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("blob", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_update_draft_id_draft")),
        sa.PrimaryKeyConstraint("draft_id", "seq", name=op.f("pk_draft_update")),
    )
    op.create_table(
        "edition",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("translation_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.String(length=40), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("changelog", sa.Text(), nullable=False),
        sa.Column("label", sa.String(length=20), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("standing", sa.Enum("BUILDING", "LIVE", "SUPERSEDED", "WITHDRAWN", name="standing"), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_edition_revision_id_revision")),
        sa.ForeignKeyConstraint(
            ["translation_id"], ["translation.id"], name=op.f("fk_edition_translation_id_translation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("code", name=op.f("uq_edition_code")),
        sa.UniqueConstraint("translation_id", "number", name=op.f("uq_edition_translation_id_number")),
    )
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_edition_standing"), ["standing"], unique=False)
        batch_op.create_index(batch_op.f("ix_edition_translation_id"), ["translation_id"], unique=False)

    op.create_table(
        "review",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("translation_id", sa.String(length=40), nullable=False),
        sa.Column("candidate_revision_id", sa.String(length=40), nullable=False),
        sa.Column("candidate_hash", sa.String(length=64), nullable=False),
        sa.Column("policy", sa.JSON(), nullable=False),
        sa.Column("checklists", sa.JSON(), nullable=False),
        sa.Column("tellers", sa.JSON(), nullable=False),
        sa.Column("opened_by", sa.String(length=40), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_revision_id"], ["revision.id"], name=op.f("fk_review_candidate_revision_id_revision")
        ),
        sa.ForeignKeyConstraint(
            ["translation_id"], ["translation.id"], name=op.f("fk_review_translation_id_translation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_closed_at"), ["closed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_translation_id"), ["translation_id"], unique=False)

    op.create_table(
        "revision_block",
        sa.Column("revision_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("block_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("contributors", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_revision_block_revision_id_revision")),
        sa.PrimaryKeyConstraint("revision_id", "position", name=op.f("pk_revision_block")),
    )
    with op.batch_alter_table("revision_block", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_block_block_id"), ["block_id"], unique=False)

    op.create_table(
        "thread",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("translation_id", sa.String(length=40), nullable=False),
        sa.Column("revision_id", sa.String(length=40), nullable=True),
        sa.Column("block_id", sa.String(length=40), nullable=True),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("must", sa.Boolean(), nullable=False),
        sa.Column("resolved_at", sa.DateTime(), nullable=True),
        sa.Column("resolved_by", sa.String(length=40), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_thread_revision_id_revision")),
        sa.ForeignKeyConstraint(
            ["translation_id"], ["translation.id"], name=op.f("fk_thread_translation_id_translation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
    )
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_thread_translation_id"), ["translation_id"], unique=False)

    op.create_table(
        "build",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("edition_id", sa.String(length=40), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("inputs_checksum", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_build_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_build")),
        sa.UniqueConstraint("edition_id", "n", name=op.f("uq_build_edition_id_n")),
    )
    with op.batch_alter_table("build", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_build_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "comment",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("thread_id", sa.String(length=40), nullable=False),
        sa.Column("author", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_comment_thread_id_thread")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_thread_id"), ["thread_id"], unique=False)

    op.create_table(
        "recheck",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("edition_id", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_recheck_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recheck")),
    )
    with op.batch_alter_table("recheck", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recheck_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "review_claim",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("review_id", sa.String(length=40), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("member_id", sa.String(length=40), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("ticks", sa.JSON(), nullable=False),
        sa.Column("released_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_claim_review_id_review")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_claim")),
    )
    with op.batch_alter_table("review_claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_claim_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_claim_review_id"), ["review_id"], unique=False)

    op.create_table(
        "review_decision",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("review_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("member_id", sa.String(length=40), nullable=False),
        sa.Column("verdict", sa.Enum("APPROVE", "REQUEST_CHANGES", name="verdict"), nullable=False),
        sa.Column("sort", sa.Enum("NORMAL", "SET_ASIDE", "OVERRIDE", name="sort"), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=True),
        sa.Column("revision_id", sa.String(length=40), nullable=False),
        sa.Column("revision_number", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("checklist", sa.String(length=40), nullable=False),
        sa.Column("checklist_version", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("thread_id", sa.String(length=40), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_decision_review_id_review")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_review_decision_revision_id_revision")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_review_decision_thread_id_thread")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_decision")),
        sa.UniqueConstraint("review_id", "position", name=op.f("uq_review_decision_review_id_position")),
    )
    with op.batch_alter_table("review_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_decision_member_id"), ["member_id"], unique=False)

    op.create_table(
        "review_stage",
        sa.Column("review_id", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_stage_review_id_review")),
        sa.PrimaryKeyConstraint("review_id", "key", name=op.f("pk_review_stage")),
    )
    op.create_table(
        "takedown",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("edition_id", sa.String(length=40), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("instead", sa.String(length=80), nullable=False),
        sa.Column("follows", sa.String(length=40), nullable=True),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_takedown_edition_id_edition")),
        sa.ForeignKeyConstraint(["follows"], ["takedown.id"], name=op.f("fk_takedown_follows_takedown")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takedown")),
    )
    with op.batch_alter_table("takedown", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_takedown_by"), ["by"], unique=False)
        batch_op.create_index(batch_op.f("ix_takedown_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "artifact",
        sa.Column("build_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("source_checksum", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["build_id"], ["build.id"], name=op.f("fk_artifact_build_id_build")),
        sa.PrimaryKeyConstraint("build_id", "kind", name=op.f("pk_artifact")),
    )
    with op.batch_alter_table("artifact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_artifact_sha256"), ["sha256"], unique=False)

    for statement in _KEPT_FOR_EVER[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    with op.batch_alter_table("artifact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_artifact_sha256"))

    op.drop_table("artifact")
    with op.batch_alter_table("takedown", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_takedown_edition_id"))
        batch_op.drop_index(batch_op.f("ix_takedown_by"))

    op.drop_table("takedown")
    op.drop_table("review_stage")
    with op.batch_alter_table("review_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_decision_member_id"))

    op.drop_table("review_decision")
    with op.batch_alter_table("review_claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_claim_review_id"))
        batch_op.drop_index(batch_op.f("ix_review_claim_member_id"))

    op.drop_table("review_claim")
    with op.batch_alter_table("recheck", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recheck_edition_id"))

    op.drop_table("recheck")
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_thread_id"))

    op.drop_table("comment")
    with op.batch_alter_table("build", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_build_edition_id"))

    op.drop_table("build")
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_thread_translation_id"))

    op.drop_table("thread")
    with op.batch_alter_table("revision_block", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_revision_block_block_id"))

    op.drop_table("revision_block")
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_translation_id"))
        batch_op.drop_index(batch_op.f("ix_review_closed_at"))

    op.drop_table("review")
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_edition_translation_id"))
        batch_op.drop_index(batch_op.f("ix_edition_standing"))

    op.drop_table("edition")
    op.drop_table("draft_update")
    op.drop_table("draft_checkpoint")
    op.drop_table("block_source")
    op.drop_table("approval")
    op.drop_table("translation_media")
    op.drop_table("team_member")
    op.drop_table("slug_alias")
    op.drop_table("schedule")
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_revision_translation_id"))
        batch_op.drop_index(batch_op.f("ix_revision_content_hash"))

    op.drop_table("revision")
    with op.batch_alter_table("review_notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_notice_member_id"))

    op.drop_table("review_notice")
    op.drop_table("draft")
    with op.batch_alter_table("translation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_translation_progress"))

    op.drop_table("translation")
    op.drop_table("training")
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_code_member_id"))

    op.drop_table("recovery_code")
    with op.batch_alter_table("member_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_session_member_id"))

    op.drop_table("member_session")
    op.drop_table("member_role")
    op.drop_table("language_read")
    op.drop_table("invitation")
    op.drop_table("agreement")
    op.drop_table("review_policy")
    op.drop_table("member")
    op.drop_table("media")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_job_state"))

    op.drop_table("job")
    op.drop_table("house")
    op.drop_table("guide")
    op.drop_table("generation")
    op.drop_table("audit_head")
    op.drop_table("audit_entry")
