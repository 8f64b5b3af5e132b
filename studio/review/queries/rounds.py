"""A round of checks as the rules see it: texts, authors, decisions, who holds what, and where that leads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.errors import NotFound
from studio.core.words import N_, Message
from studio.guides import queries as guides
from studio.guides.models import Revision, RevisionBlock, TeamMember, Translation
from studio.guides.rules import authorship
from studio.guides.urgent import undone
from studio.members import queries as members
from studio.members.actor import Actor
from studio.review.models import Claim, Decision, Review
from studio.review.queries.guests import given, guests_of
from studio.review.rules import guests
from studio.review.rules.carry import ABOUT, Block, Snapshot
from studio.review.rules.policy import Check, Policy, checks_for, read_checklist, read_policy
from studio.review.rules.standing import Round, Sort, Standing, weigh
from studio.review.rules.who import Text, why_not


@dataclass(frozen=True)
class Case:
    """Everything about one round at one moment."""

    review: Review
    translation: Translation
    candidate: Revision
    policy: Policy
    checks: tuple[Check, ...]
    versions: Mapping[int, Snapshot]
    text: Text
    decisions: tuple[Decision, ...]
    claims: tuple[Claim, ...]
    """Those that hold."""
    actors: Mapping[str, Actor]
    """Every active member."""
    team: frozenset[str] | None
    """Who may know of the text; None: every member."""
    away: frozenset[str] = frozenset()
    """Who rests now, and is not counted among those who could give a check."""

    undone: int = 0
    """Number of the newest urgent safety fix that the text lacks; 0 where it lacks none."""

    guests: Mapping[str, guests.Guest] = field(default_factory=dict)
    """Whoever has or had a reading link for this round, by the link's id."""

    @property
    def now(self) -> Snapshot:
        """The text that is checked."""
        return self.versions[self.candidate.number]

    def check(self, key: str) -> Check:
        """Return the check called ``key``; NotFound where the round has none of that name."""
        for check in self.checks:
            if check.key == key:
                return check
        raise NotFound(N_("This text has no such check."))

    def standing(self, key: str) -> Standing:
        """Return where the check called ``key`` stands."""
        self.check(key)
        return next(one for one in self.round.stages if one.check.key == key)

    @cached_property
    def round(self) -> Round:
        """Where the round stands."""
        return weigh(
            self.checks,
            [given(one, self.guests) for one in self.decisions],
            self.versions,
            self.now,
            able=self.able,
            authors=self.text.authors,
            holders=self.holders,
            questions=self.questions,
            fewest_people=self.policy.people,
            unreached=frozenset(one for one, guest in self.guests.items() if not guest.is_open),
            undone=self.undone,
        )

    @cached_property
    def questions(self) -> dict[str, int]:
        """The version of each checklist that is asked."""
        return {key: read_checklist(data).version for key, data in self.review.checklists.items()}

    @cached_property
    def holders(self) -> dict[str, frozenset[str]]:
        """Who has taken which check."""
        keys = {claim.stage for claim in self.claims}
        return {key: frozenset(claim.member_id for claim in self.claims if claim.stage == key) for key in keys}

    def able(self, member_id: str, check: Check) -> bool:
        """Whether a member or guest who gave ``check`` could still give it."""
        if member_id in self.guests:
            return self.guest_why_not(member_id, check) is None
        actor = self.actors.get(member_id)
        return actor is not None and why_not(actor, check, self.text, (), ()) is None

    def guest_why_not(self, link_id: str, check: Check) -> Message | None:
        """Return why what a guest says of ``check`` does not count, or None."""
        return guests.why_not(self.guests[link_id], check, self.text, self.actors.keys())

    def theirs(self, member_id: str) -> list[Check]:
        """Return the checks of this round that a member gave or holds."""
        keys = {one.stage for one in self.decisions if one.member_id == member_id and one.sort is Sort.NORMAL}
        keys |= {claim.stage for claim in self.claims if claim.member_id == member_id}
        return [check for check in self.checks if check.key in keys]

    def why_not(self, actor: Actor, check: Check) -> Message | None:
        """Return why the actor cannot give ``check`` of this text, or None."""
        return why_not(actor, check, self.text, self.theirs(actor.id), self.policy.combine)

    @cached_property
    def could(self) -> dict[str, list[str]]:
        """Who could still give each check: ids of members who may know of the text and have not agreed yet."""
        return {
            one.check.key: [
                actor.id
                for actor in self.actors.values()
                if actor.id not in self.away
                and (self.team is None or actor.id in self.team)
                and actor.id not in one.counting
                and self.why_not(actor, one.check) is None
            ]
            for one in self.round.stages
        }


def open_review(session: Session, translation_id: str, *, lock: bool = False) -> Review | None:
    """Return the round that runs on a text, None where none does."""
    running = select(Review).where(Review.translation_id == translation_id, Review.closed_at.is_(None))
    return session.scalar(running.with_for_update() if lock else running)


def running(session: Session) -> list[Review]:
    """Return every round that runs, the oldest first."""
    return list(session.scalars(select(Review).where(Review.closed_at.is_(None)).order_by(Review.opened_at, Review.id)))


def seen_review(session: Session, actor: Actor, review_id: str, *, lock: bool = False) -> tuple[Review, Translation]:
    """Return a round and its text; NotFound where there is none or the actor may not know of the text."""
    review = session.get(Review, review_id, with_for_update=True if lock else None)
    translation = session.get(Translation, review.translation_id) if review else None
    if review is None or translation is None or not guides.may_see(session, actor, translation):
        raise NotFound(N_("There is no such text here."))
    return review, translation


def case(
    session: Session,
    review: Review,
    translation: Translation,
    now: datetime,
    *,
    actors: Sequence[Actor] | None = None,
    away: frozenset[str] | None = None,
) -> Case:
    """Gather everything about a round, for the newest saved version; ``actors``, ``away``: saves asking again."""
    candidate = session.get_one(Revision, translation.latest_revision_id or review.candidate_revision_id)
    decisions = decisions_of(session, review)
    policy = read_policy(review.policy)
    needed = {one.revision_number for one in decisions} | {candidate.number}
    authors = authors_of(session, translation, candidate)
    every = members.actors(session) if actors is None else actors
    return Case(
        review=review,
        translation=translation,
        candidate=candidate,
        policy=policy,
        checks=checks_for(policy, candidate.kind, candidate.facets),
        versions=snapshots(session, translation, needed),
        text=Text(translation.language, authors, frozenset(review.tellers)),
        decisions=decisions,
        claims=claims_of(session, review, now),
        actors={actor.id: actor for actor in every},
        team=team_of(session, translation),
        away=members.away(session, now) if away is None else away,
        undone=undone(session, translation, candidate.body),
        guests=guests_of(session, review, now),
    )


def draft_case(
    session: Session, review: Review, translation: Translation, candidate: Revision, blocks: Sequence[RevisionBlock]
) -> Case:
    """Return the case of a round that has not begun, on a text that is not saved."""
    policy = read_policy(review.policy)
    edition, versions = _history(session, translation, candidate.number)
    versions.append(authorship.Version(_written(blocks)))
    authors = authorship.authors(authorship.without_spellers(versions), edition)
    return Case(
        review=review,
        translation=translation,
        candidate=candidate,
        policy=policy,
        checks=checks_for(policy, candidate.kind, candidate.facets),
        versions={candidate.number: snapshot(candidate, blocks, translation.language)},
        text=Text(translation.language, authors, frozenset(review.tellers)),
        decisions=(),
        claims=(),
        actors={actor.id: actor for actor in members.actors(session)},
        team=team_of(session, translation),
        away=members.away(session, review.opened_at),
    )


def tellers_of(translation: Translation) -> list[str]:
    """Return whose story it is: who began it, in whichever language it was first told; nobody for other kinds."""
    return guides.tellers_of(translation.guide)


def decisions_of(session: Session, review: Review) -> tuple[Decision, ...]:
    """Return the decisions of a round, the oldest first."""
    every = select(Decision).where(Decision.review_id == review.id).order_by(Decision.position)
    return tuple(session.scalars(every))


def claims_of(session: Session, review: Review, now: datetime) -> tuple[Claim, ...]:
    """Return the claims of a round that hold at ``now``."""
    holding = select(Claim).where(Claim.review_id == review.id, Claim.released_at.is_(None), Claim.expires_at > now)
    return tuple(session.scalars(holding.order_by(Claim.taken_at, Claim.id)))


def snapshots(session: Session, translation: Translation, numbers: Iterable[int]) -> dict[int, Snapshot]:
    """Return the saved versions of a text by number; blocks only for those in ``numbers``."""
    wanted = set(numbers)
    every = select(Revision).where(Revision.translation_id == translation.id, Revision.number >= min(wanted))
    return {
        revision.number: snapshot(revision, guides.blocks_of(session, revision.id), translation.language)
        if revision.number in wanted
        else Snapshot(revision.number, revision.content_hash, (), revision.significance)
        for revision in session.scalars(every)
    }


def snapshot(revision: Revision, blocks: Sequence[RevisionBlock], code: str) -> Snapshot:
    """Return a saved version in the language ``code`` as the rules compare it; what the guide is has its own block."""
    frame = json.dumps([revision.kind, sorted(revision.facets), sorted(revision.topics), revision.licence])
    return Snapshot(
        revision.number,
        revision.content_hash,
        (
            *(Block(one.block_id, one.kind, one.source, one.hash, code) for one in blocks),
            Block(ABOUT, ABOUT, frame, frame),
        ),
        revision.significance,
    )


def authors_of(session: Session, translation: Translation, revision: Revision) -> frozenset[str]:
    """Return who wrote in a block that changed since the last edition, up to ``revision`` (rule 2)."""
    edition, versions = _history(session, translation, revision.number)
    return authorship.authors(authorship.without_spellers(versions), edition)


def _history(
    session: Session, translation: Translation, upto: int
) -> tuple[tuple[authorship.Written, ...], list[authorship.Version]]:
    """Return the last edition's blocks without their writers, and every version from there up to number ``upto``."""
    published = translation.published_revision_id
    last = session.get(Revision, published) if published else None
    saved = session.execute(
        select(Revision.id, Revision.significance)
        .where(
            Revision.translation_id == translation.id,
            Revision.number <= upto,
            Revision.number > (last.number if last else 0),
        )
        .order_by(Revision.number)
    ).all()
    written = _written_in(session, [*(one.id for one in saved), *([last.id] if last else [])])
    edition = tuple(authorship.Written(one.id, one.hash) for one in written.get(last.id if last else "", ()))
    versions = [authorship.Version(edition)]
    versions += [authorship.Version(tuple(written.get(one.id, ())), one.significance) for one in saved]
    return edition, versions


def _written_in(session: Session, revision_ids: Sequence[str]) -> dict[str, list[authorship.Written]]:
    """Return who wrote in which block of several saved versions; the texts themselves stay in the database."""
    one = RevisionBlock
    columns = (one.revision_id, one.block_id, one.hash, one.contributors, one.suggested)
    rows = select(*columns).where(one.revision_id.in_(revision_ids)).order_by(one.position)
    found: dict[str, list[authorship.Written]] = {}
    for revision_id, name, digest, who, suggested in session.execute(rows):
        found.setdefault(revision_id, []).append(authorship.Written(name, digest, frozenset(who), suggested))
    return found


def _written(blocks: Sequence[RevisionBlock]) -> tuple[authorship.Written, ...]:
    return tuple(authorship.Written(b.block_id, b.hash, frozenset(b.contributors), b.suggested) for b in blocks)


def team_of(session: Session, translation: Translation) -> frozenset[str] | None:
    """Return who may know of a text that is for its team alone; None for one that every member may see."""
    if not translation.guide.team_only:
        return None
    return frozenset(session.scalars(select(TeamMember.member_id).where(TeamMember.translation_id == translation.id)))
