"""The kernel's tables: guides, translations, saved versions, blocks, teams and images."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studio.guides.rules.statuses import Kind, Progress, Significance
from studio.storage.base import Base

ID = String(40)


class Guide(Base):
    """A work across its languages. The id is readable: ASCII words of the first title."""

    __tablename__ = "guide"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[Kind]
    facets: Mapped[list[str]]
    topics: Mapped[list[str]]
    licence: Mapped[str] = mapped_column(String(40), default="CC-BY-SA-4.0")
    team_only: Mapped[bool] = mapped_column(default=False)
    """Only its team may know of it before publication; stories are so by default."""
    created_at: Mapped[datetime]
    translations: Mapped[list[Translation]] = relationship(back_populates="guide", order_by="Translation.language")


class Translation(Base):
    """A guide in one language; any language can be the first one."""

    __tablename__ = "translation"
    __table_args__ = (UniqueConstraint("guide_id", "language"), UniqueConstraint("language", "slug"))

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    guide_id: Mapped[str] = mapped_column(ForeignKey("guide.id"))
    language: Mapped[str] = mapped_column(String(20))
    slug: Mapped[str] = mapped_column(String(80))
    opaque_id: Mapped[str] = mapped_column(String(40), unique=True)
    progress: Mapped[Progress] = mapped_column(default=Progress.DRAFT, index=True)
    latest_revision_id: Mapped[str | None] = mapped_column(ID)
    approved_revision_id: Mapped[str | None] = mapped_column(ID)
    """Written by checks when all are done; what publishing may publish."""
    published_revision_id: Mapped[str | None] = mapped_column(ID)
    """Written by publishing: the saved version of the newest edition; authorship counts from there."""
    pinned_to: Mapped[str | None] = mapped_column(String(120))
    """``<guide>/<language>@<edition>`` that this translation was made from."""
    created_at: Mapped[datetime]
    created_by: Mapped[str | None] = mapped_column(ID)
    guide: Mapped[Guide] = relationship(back_populates="translations")
    draft: Mapped[Draft] = relationship(back_populates="translation", uselist=False)


class SlugAlias(Base):
    """An address name that a translation once had; readers are led on."""

    __tablename__ = "slug_alias"

    language: Mapped[str] = mapped_column(String(20), primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    translation_id: Mapped[str] = mapped_column(ForeignKey("translation.id"))


class TeamMember(Base):
    """Somebody who wrote in a text, was invited to it, or has taken a check of it."""

    __tablename__ = "team_member"

    translation_id: Mapped[str] = mapped_column(ForeignKey("translation.id"), primary_key=True)
    member_id: Mapped[str] = mapped_column(ID, primary_key=True, index=True)
    since: Mapped[datetime]


class Draft(Base):
    """The shared working text of a translation as of ``head_seq``, derived from its log."""

    __tablename__ = "draft"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    translation_id: Mapped[str] = mapped_column(ForeignKey("translation.id"), unique=True)
    head_seq: Mapped[int] = mapped_column(default=0)
    text: Mapped[str] = mapped_column(Text, default="")
    fields: Mapped[dict[str, Any]]
    """Title, summary and the other fields that readers will see; see guides.fields."""
    changed_at: Mapped[datetime]
    settled_seq: Mapped[int] = mapped_column(default=0, server_default="0")
    """Up to here authorship was settled by an edition; whoever keeps the draft in memory loads it anew then."""
    translation: Mapped[Translation] = relationship(back_populates="draft")


class DraftUpdate(Base):
    """One change of a draft: the bytes that the shared document understands, and who made it how."""

    __tablename__ = "draft_update"

    draft_id: Mapped[str] = mapped_column(ForeignKey("draft.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    author: Mapped[str | None] = mapped_column(ID)
    kind: Mapped[str] = mapped_column(String(12))
    base_seq: Mapped[int]
    """The number of the text that it was typed into; it may rest on earlier changes of the same form, too."""
    form: Mapped[str] = mapped_column(ID, default="")
    """The opened form that sent it, so that what is sent twice, or after a lost answer, is not written twice."""
    count: Mapped[int] = mapped_column(default=0)
    """How many-th message of that form it was; 0 where the form does not count."""
    at: Mapped[datetime]
    blob: Mapped[bytes] = mapped_column(LargeBinary)


class DraftCheckpoint(Base):
    """The shared document whole at ``seq``, so that nobody has to replay the log from its start."""

    __tablename__ = "draft_checkpoint"

    draft_id: Mapped[str] = mapped_column(ForeignKey("draft.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[bytes] = mapped_column(LargeBinary)
    text: Mapped[str] = mapped_column(Text)
    fields: Mapped[dict[str, Any]]
    authors: Mapped[list[Any]]
    """Runs of the text by author: ``[author, number of code points]``, exact."""
    field_authors: Mapped[dict[str, Any]]
    """For title, summary and each other field: who changed it."""
    at: Mapped[datetime]


class Anchor(Base):
    """A passage of a draft that somebody spoke of, or the place of an insertion, wherever it stands now."""

    __tablename__ = "anchor"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("draft.id"), index=True)
    start: Mapped[int]
    """In code points of the newest text, as ``end``; the same for an insertion, and for a passage that is gone."""
    end: Mapped[int]
    quote: Mapped[str] = mapped_column(Text)
    """The words as they were when somebody spoke of them."""
    before: Mapped[str] = mapped_column(Text)
    """What stood before them then; so ``after``."""
    after: Mapped[str] = mapped_column(Text)
    at_seq: Mapped[int]
    """The number of the text that it was made in."""
    state: Mapped[str] = mapped_column(String(10), default="attached")
    """``attached``, or ``detached`` once all its words were deleted."""


class Revision(Base):
    """A saved version: an immutable text, known by its content hash."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("translation_id", "number"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    translation_id: Mapped[str] = mapped_column(ForeignKey("translation.id"), index=True)
    number: Mapped[int]
    seq: Mapped[int]
    """The draft's seq that it freezes."""
    based_on: Mapped[str | None] = mapped_column(ForeignKey("revision.id"))
    body: Mapped[str] = mapped_column(Text)
    fields: Mapped[dict[str, Any]]
    kind: Mapped[Kind]
    facets: Mapped[list[str]]
    topics: Mapped[list[str]]
    licence: Mapped[str] = mapped_column(String(40))
    content_hash: Mapped[str] = mapped_column(String(64), index=True)
    significance: Mapped[Significance]
    note: Mapped[str] = mapped_column(Text, default="")
    """For members only: what changed."""
    saved_by: Mapped[str | None] = mapped_column(ID)
    saved_at: Mapped[datetime]
    blocks: Mapped[list[RevisionBlock]] = relationship(order_by="RevisionBlock.position")


class RevisionBlock(Base):
    """One block of a saved version: its stable id, its hash and who wrote in it since the edition before."""

    __tablename__ = "revision_block"

    revision_id: Mapped[str] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    block_id: Mapped[str] = mapped_column(ID, index=True)
    kind: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))
    contributors: Mapped[list[str]]
    """Who wrote in this block since the last published edition, or ever where there is none."""
    suggested: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Whose accepted suggestions are in it, and how many characters they added and took out there."""


class BlockSource(Base):
    """Which block of which source text a translated block was made from."""

    __tablename__ = "block_source"

    revision_id: Mapped[str] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    block_id: Mapped[str] = mapped_column(ID, primary_key=True)
    source_block: Mapped[str] = mapped_column(ID)
    source_hash: Mapped[str] = mapped_column(String(64))


class Approval(Base):
    """That all checks of a translation are done, and for which content; checks write it, publishing reads it."""

    __tablename__ = "approval"

    translation_id: Mapped[str] = mapped_column(ForeignKey("translation.id"), primary_key=True)
    """At most one; it goes when an agreement no longer counts."""
    revision_id: Mapped[str] = mapped_column(ForeignKey("revision.id"))
    content_hash: Mapped[str] = mapped_column(String(64))
    people: Mapped[list[str]]
    """Ids of the members other than the authors whose yes counts."""
    checked_at: Mapped[datetime]
    label: Mapped[str] = mapped_column(String(20), default="")
    """Empty, ``override``, ``urgent`` or ``one_reader``: the labelled ways of publishing."""
    policy: Mapped[str] = mapped_column(String(40))
    aftercare: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the policy that the checks began with says about the time after them; empty in rows older than this."""
    spelling_changes: Mapped[list[Any]]
    """``[before, after]`` of each spelling-only change since the yeses, which the publishing editor confirms."""
    approved_at: Mapped[datetime]


class UrgentFix(Base):
    """A small change of what readers have, for somebody's safety: an editor writes it, one other person agrees."""

    __tablename__ = "urgent_fix"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    translation_id: Mapped[str] = mapped_column(ForeignKey("translation.id"), index=True)
    base_revision_id: Mapped[str] = mapped_column(ForeignKey("revision.id"))
    """What readers had when it was written."""
    base_hash: Mapped[str] = mapped_column(String(64))
    line: Mapped[str] = mapped_column(Text)
    """The safety line: one sentence for readers."""
    body: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(String(64))
    """Of the words that readers are to get; what the other person agrees to."""
    proposed_by: Mapped[str] = mapped_column(ID)
    proposed_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(12), default="open")
    """``open``, ``dropped`` or ``published``."""
    agreed_by: Mapped[str | None] = mapped_column(ID)
    closed_at: Mapped[datetime | None]
    revision_id: Mapped[str | None] = mapped_column(ForeignKey("revision.id"), index=True)
    """The saved version that it became."""
    due_on: Mapped[date | None]
    """By then all checks follow."""
    in_draft: Mapped[bool] = mapped_column(default=True)
    """Whether it could be brought into the draft; where not, its passages were written differently there."""


class Media(Base):
    """An image, drawn anew onto a fresh canvas; its name is the SHA-256 of its bytes."""

    __tablename__ = "media"

    sha: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(20))
    width: Mapped[int]
    height: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    added_at: Mapped[datetime]


class TranslationMedia(Base):
    """Which drafts may use an image, so that one text's team does not see another's."""

    __tablename__ = "translation_media"

    translation_id: Mapped[str] = mapped_column(ForeignKey("translation.id"), primary_key=True)
    sha: Mapped[str] = mapped_column(ForeignKey("media.sha"), primary_key=True)


class HousePolicy(Base):
    """The policy that an organiser chose; without a row the house's size decides."""

    __tablename__ = "review_policy"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(40))
    chosen_at: Mapped[datetime]
    chosen_by: Mapped[str | None] = mapped_column(ID)
