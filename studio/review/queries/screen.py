"""Everything that the page of one check shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from studio.core.errors import StudioError
from studio.core.locales import Language, language
from studio.core.words import N_, Message
from studio.guides import house, media
from studio.guides.consents.queries import consent_of
from studio.guides.fields import TextFields
from studio.guides.labels import rendering_words
from studio.guides.models import Revision
from studio.guides.rules.consent import Scope
from studio.guides.rules.weightymarks import addresses
from studio.i18n.content import worded
from studio.members.actor import Actor
from studio.rendering.markdown import render
from studio.review.models import Claim
from studio.review.queries import rounds
from studio.review.queries.changes import LABELS
from studio.review.queries.hints import Sheet, of_version
from studio.review.queries.nearby import bare, excerpt, places
from studio.review.queries.pieces import costs, is_offered, minutes_of, needs_second_look, notes_of, vote_of, why_me
from studio.review.queries.questions import checklist_of
from studio.review.queries.second_look import asked_of
from studio.review.queries.since import SEEN, Since, last_ticks, since
from studio.review.rules.carry import ABOUT, judged
from studio.review.rules.policy import Check, Judges
from studio.review.rules.reading import Part, in_parts
from studio.review.rules.standing import ENDED, RUNNING, Verdict
from studio.review.rules.who import OWN_EXPERIENCE, is_teller
from studio.review.titles import title_of

_NOTE = re.compile(r"^(\[\^[^\]\n]+\]):[ \t]*(.*(?:\n[ \t]+.*)*)", re.MULTILINE)
_OTHER_TEXT = "guide:"
"""How a link to another text of the house begins; that is no source."""
_NO_PLACE = N_("We honestly know no place for here")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A passage that states something, and the notes and addresses that it names for that."""

    words: str
    sources: tuple[str, ...]
    block_id: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """A check as its page shows it."""

    review_id: str
    stage: str
    check: str
    title: str
    summary: str
    guide_id: str
    language: Language
    minutes: int
    why: Message
    notes: tuple[str, ...]
    why_not: Message | None
    """Why the person cannot give it; None where they can."""
    offered: bool
    holds_until: datetime | None
    again: bool
    """Whether it is a second look at what changed."""
    gave: bool
    counts: Message | None
    """What became of the person's earlier word."""
    costs: tuple[str, ...]
    """Names of the checks that nobody else could give, and that the person could not give beside this one."""
    own_experience: bool
    forms: frozenset[Scope] | None
    """With the teller's own yes: in which forms their story may go out by now; None in other checks."""
    content_hash: str
    checklist_version: int
    questions: tuple[tuple[str, str], ...]
    ticks: Mapping[str, Any]
    html: str
    parts: tuple[Part, ...]
    """The text from heading to heading, with what was read so far; empty where nothing is counted."""
    beside: tuple[tuple[Message, tuple[str | Message, ...]], ...]
    """What readers get beside the text, each with its name: it is agreed to as well."""
    since: Since | None
    """What changed; None where there is nothing to compare with, or nothing differs."""
    about: tuple[Claimed, ...]
    """For facts: the passages that the check answers for."""
    passages: tuple[tuple[str, str], ...]
    """Id and first words of every passage, to choose one that must change."""
    places: Mapping[str, tuple[str, int]]
    """Words of every passage of the text itself, and where they begin: what other words can be suggested for."""
    number: int
    """Of the saved version that is checked."""
    agreed: bool
    """Whether the person's earlier word was a yes."""
    hints: Sheet
    """What machines noticed in this version: what has no answer, and what writers kept and why."""

    @property
    def last_read(self) -> int:
        """The number of the part up to which everything was read, where reading goes on; 0 where nothing was."""
        unread = (number for number, part in enumerate(self.parts) if not part.read)
        return next(unread, len(self.parts))


def screen(session: Session, actor: Actor, review_id: str, stage: str, now: datetime, asked: str = "") -> Screen:
    """Return a check's page; NotFound for who may not know of the text, or where the round has no such check.

    ``asked``: since when changes are to be shown, a key of ``since.CHOICES``.
    """
    review, translation = rounds.seen_review(session, actor, review_id)
    ended = review.closed_at is not None or translation.progress not in RUNNING
    case = rounds.case(session, review, translation, now)
    check = case.check(stage)
    standing = case.standing(stage)
    vote = vote_of(standing, actor.id)
    again = vote is not None and needs_second_look(case, vote)
    claim = next((one for one in case.claims if one.member_id == actor.id and one.stage == stage), None)
    fields = case.candidate.fields
    ticks = _ticks(session, case, actor, check, claim)
    html = html_of(session, case.candidate, translation.language)
    return Screen(
        review_id=review.id,
        stage=stage,
        check=title_of(check, actor.language),
        title=str(fields.get("title", "")),
        summary=str(fields.get("summary", "")),
        guide_id=translation.guide_id,
        language=language(translation.language),
        minutes=minutes_of(case, check, vote if again else None),
        why=why_me(case, actor, check),
        notes=notes_of(case, actor.language),
        why_not=ENDED if ended else case.why_not(actor, check),
        offered=is_offered(case, actor, standing, now),
        holds_until=claim.expires_at if claim else None,
        again=again,
        gave=vote is not None,
        counts=vote.carried.sentence if vote and not vote.blocks else None,
        costs=tuple(title_of(one, actor.language) for one in costs(case, actor, check)),
        own_experience=check.who == (OWN_EXPERIENCE,),
        forms=_forms(session, translation.guide_id) if is_teller(check) else None,
        content_hash=case.now.content_hash,
        checklist_version=checklist_of(case, check).version,
        questions=tuple((one.key, worded(one.text, actor.language)) for one in asked_of(case, actor, check)),
        ticks={name: value for name, value in ticks.items() if name != SEEN},
        html=html,
        parts=in_parts(html, ticks) if claim else (),
        beside=beside_of(case.candidate, translation.language),
        since=since(session, case, vote, ticks, asked, again=again),
        about=about_of(case, check),
        passages=passages_of(case),
        places=places(case.now.blocks),
        number=case.now.number,
        agreed=vote is not None and vote.given.verdict is Verdict.APPROVE,
        hints=of_version(session, actor, translation, case.candidate),
    )


def _forms(session: Session, guide_id: str) -> frozenset[Scope]:
    found = consent_of(session, guide_id)
    return frozenset(map(Scope, found.scope)) if found else frozenset()


def _ticks(session: Session, case: rounds.Case, actor: Actor, check: Check, claim: Claim | None) -> dict[str, Any]:
    """Return what the person ticked so far: with this claim, else with the last one that ended by itself."""
    if claim:
        return claim.ticks
    return last_ticks(session, case.review.id, actor.id, check.key)


def beside_of(revision: Revision, code: str) -> tuple[tuple[Message, tuple[str | Message, ...]], ...]:
    """Return what readers get beside a text in the language ``code``, each with its name."""
    fields = TextFields.from_dict(revision.fields)
    help_there = _NO_PLACE if fields.helplines == "none-for-here" else fields.helplines
    parts: tuple[tuple[Message, tuple[str | Message, ...]], ...] = (
        (LABELS["content_notes"], tuple(house.note_name(key, code) for key in fields.content_notes if key != "none")),
        (LABELS["sources"], fields.sources),
        (LABELS["helplines"], (help_there,)),
        (LABELS["neutral_title"], (fields.neutral_title,)),
        (LABELS["changelog"], (fields.changelog,)),
        (N_("Where it stands in the library"), tuple(house.topic_name(key, code) for key in revision.topics)),
    )
    return tuple((label, values) for label, values in parts if any(values))


def html_of(
    session: Session, revision: Revision, code: str, *, pictures: str = "/studio/media/", linked: bool = True
) -> str:
    """Return a version as readers will see it, with its ``pictures`` in that folder; empty where it cannot be shown.

    ``linked``: whether other texts that it names are linked to their members' pages.
    """
    try:
        shown = render(
            revision.body,
            language(code),
            media_url=media.addresses(session, revision.translation_id, pictures),
            internal=lambda guide_id: f"/studio/guides/{guide_id}/{code}/" if linked else None,
            words=rendering_words(code),
            alt_required=False,
        )
    except StudioError:
        return ""
    return shown.html


def about_of(case: rounds.Case, check: Check) -> tuple[Claimed, ...]:
    """Return the passages that a check of facts answers for, with their sources; none for the other checks.

    A note stands with the passages that name it, not once more by itself.
    """
    if check.judges is Judges.ALL:
        return ()
    notes = {found[1]: found[2] for block in case.now.blocks for found in _NOTE.finditer(block.source)}
    return tuple(
        Claimed(bare(block.source), _sources_of(block.source, notes), block.block_id)
        for block in judged(case.now.blocks, check.judges)
        if block.kind not in ("front", ABOUT) and _NOTE.sub("", block.source).strip()
    )


def _sources_of(source: str, notes: Mapping[str, str]) -> tuple[str, ...]:
    named = (notes.get(found, found) for found in addresses(source) if not found.startswith(_OTHER_TEXT))
    return tuple(dict.fromkeys(one.strip() for one in named))


def passages_of(case: rounds.Case) -> tuple[tuple[str, str], ...]:
    """Return id and first words of every passage of the text."""
    return tuple(
        (block.block_id, excerpt(block.source)) for block in case.now.blocks if block.kind not in ("front", ABOUT)
    )
