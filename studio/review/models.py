"""The tables of checks: rounds, their stages, who has taken what, decisions, notices."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studio.review.rules.standing import Sort, Verdict
from studio.review.rules.waiting import Bar
from studio.storage.base import Base

ID = String(40)
_REVIEW = "review.id"


class Review(Base):
    """One round of checks of a text. It keeps the policy and the questions that it started with (rule 12)."""

    __tablename__ = "review"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    translation_id: Mapped[str] = mapped_column(ForeignKey("translation.id"), index=True)
    candidate_revision_id: Mapped[str] = mapped_column(ForeignKey("revision.id"))
    candidate_hash: Mapped[str] = mapped_column(String(64))
    policy: Mapped[dict[str, Any]]
    """The policy's data as it was."""
    checklists: Mapped[dict[str, Any]]
    """The data of each checklist that the policy names, as it was, by key."""
    tellers: Mapped[list[str]]
    """Of a story: whose story it is."""
    opened_by: Mapped[str | None] = mapped_column(ID)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None] = mapped_column(index=True)
    outcome: Mapped[str] = mapped_column(String(20), default="")
    """Of a closed one: ``taken_back`` or ``published``."""
    stages: Mapped[list[ReviewStage]] = relationship(order_by="ReviewStage.position")


class ReviewStage(Base):
    """A check that a round has or had, and since when it can be given."""

    __tablename__ = "review_stage"
    __table_args__ = (Index("ix_review_stage_risk_free_at", "risk", "free_at"),)

    review_id: Mapped[str] = mapped_column(ForeignKey(_REVIEW), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int]
    state: Mapped[str] = mapped_column(String(20), default="later")
    """As when it was last looked at; the rules know better."""
    since: Mapped[datetime]
    """When it came into this state; the queue's age."""
    free_at: Mapped[datetime | None]
    """From when on somebody new may give it; None while nobody is asked. This and what follows chooses for the desk."""
    asked: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Whom it asks for, as ``rules.waiting`` spells it."""
    language: Mapped[str] = mapped_column(String(20), default="", server_default="")
    risk: Mapped[int] = mapped_column(default=1, server_default="1")
    minutes: Mapped[int] = mapped_column(default=0, server_default="0")


class Barred(Base):
    """That somebody is not offered a check of a round, and what sort of reason there is; kept for the desk."""

    __tablename__ = "review_barred"

    review_id: Mapped[str] = mapped_column(ForeignKey(_REVIEW), primary_key=True)
    stage: Mapped[str] = mapped_column(String(40), primary_key=True)
    member_id: Mapped[str] = mapped_column(ID, primary_key=True, index=True)
    sort: Mapped[Bar]


class Asked(Base):
    """That somebody asked a certain member for a certain check: once for each person and check of a round."""

    __tablename__ = "review_asked"
    __table_args__ = (UniqueConstraint("review_id", "stage", "member_id"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    review_id: Mapped[str] = mapped_column(ForeignKey(_REVIEW))
    stage: Mapped[str] = mapped_column(String(40))
    member_id: Mapped[str] = mapped_column(ID, index=True)
    by: Mapped[str] = mapped_column(ID)
    at: Mapped[datetime]
    expires_at: Mapped[datetime]
    declined_at: Mapped[datetime | None]


class Claim(Base):
    """That a member took a check: it holds 14 days; ticks and words typed so far are kept."""

    __tablename__ = "review_claim"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    review_id: Mapped[str] = mapped_column(ForeignKey(_REVIEW), index=True)
    stage: Mapped[str] = mapped_column(String(40))
    member_id: Mapped[str] = mapped_column(ID, index=True)
    taken_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ticks: Mapped[dict[str, Any]]
    """Answers by question, and ``note``."""
    released_at: Mapped[datetime | None]


class ReadingLink(Base):
    """A reading link that counts: one text, one check, for somebody without an account whom an organiser vouches for.

    Its id stands where a member's would in the decisions that were given with it.
    """

    __tablename__ = "reading_link"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    review_id: Mapped[str] = mapped_column(ForeignKey(_REVIEW), index=True)
    stage: Mapped[str] = mapped_column(String(40))
    vouched: Mapped[str] = mapped_column(String(40))
    """What is vouched for: a line of the check's ``who``, such as ``training:health``."""
    language: Mapped[str] = mapped_column(String(12))
    """The language that the guest reads, as is vouched for."""
    person: Mapped[str] = mapped_column(ID)
    """The same for all links of a round that were made for one guest: the id of the first of them."""
    made_by: Mapped[str] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    confirmed_by: Mapped[str | None] = mapped_column(ForeignKey("member.id"))
    """Who vouches as well: needed where ``made_by`` wrote in the text."""
    given_back_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    ticks: Mapped[dict[str, Any]]
    """Answers so far by question, ``note``, and the number of the version that they are about."""


class Decision(Base):
    """Somebody's word on exact words: bound to a saved version, its content hash and the checklist's version."""

    __tablename__ = "review_decision"
    __table_args__ = (UniqueConstraint("review_id", "position"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    review_id: Mapped[str] = mapped_column(ForeignKey(_REVIEW))
    position: Mapped[int]
    """Counts from 1 within the round, so that the order never hangs on the clock."""
    stage: Mapped[str] = mapped_column(String(40))
    member_id: Mapped[str] = mapped_column(ID, index=True)
    """A member's id, or of a guest the id of their reading link."""
    verdict: Mapped[Verdict]
    sort: Mapped[Sort] = mapped_column(default=Sort.NORMAL)
    about: Mapped[str | None] = mapped_column(ID)
    """Of a setting aside: the decision that is set aside."""
    revision_id: Mapped[str] = mapped_column(ForeignKey("revision.id"))
    revision_number: Mapped[int]
    content_hash: Mapped[str] = mapped_column(String(64))
    checklist: Mapped[str] = mapped_column(String(40), default="")
    checklist_version: Mapped[int] = mapped_column(default=0)
    answers: Mapped[dict[str, Any]]
    quote: Mapped[str] = mapped_column(Text, default="")
    """The passage that something must change in, as it was."""
    note: Mapped[str] = mapped_column(Text, default="")
    """Why, for members."""
    thread_id: Mapped[str | None] = mapped_column(ForeignKey("thread.id"))
    """Of a wish for a change: the talk about it."""
    at: Mapped[datetime]


class Notice(Base):
    """Something a member should know when they next open their desk. ``values`` fill the sentence of its kind."""

    __tablename__ = "review_notice"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    member_id: Mapped[str] = mapped_column(ID, index=True)
    kind: Mapped[str] = mapped_column(String(30))
    translation_id: Mapped[str] = mapped_column(ForeignKey("translation.id"))
    stage: Mapped[str] = mapped_column(String(40), default="")
    at: Mapped[datetime]
    seen_at: Mapped[datetime | None]


class HintKept(Base):
    """A hint that somebody leaves as it is, and why; it is about exactly the words of a block, known by its hash."""

    __tablename__ = "review_hint_kept"
    __table_args__ = (UniqueConstraint("translation_id", "hint"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    translation_id: Mapped[str] = mapped_column(ForeignKey("translation.id"))
    hint: Mapped[str] = mapped_column(String(20))
    """The hint's key: its kind, its words and the hash of their block."""
    reason: Mapped[str] = mapped_column(Text)
    """Why, for members."""
    member_id: Mapped[str] = mapped_column(ID)
    at: Mapped[datetime]


class WordsAgreed(Base):
    """That a member who reads a language agrees to an entry of its words to avoid, known by its words and reason."""

    __tablename__ = "review_words_agreed"

    language: Mapped[str] = mapped_column(String(20), primary_key=True)
    entry: Mapped[str] = mapped_column(String(20), primary_key=True)
    member_id: Mapped[str] = mapped_column(ID, primary_key=True)
    at: Mapped[datetime]
