"""What needs an organiser: at most three sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studio.core.words import N_, Message
from studio.dashboard import queries
from studio.guides import queries as kernel
from studio.guides.models import Guide, Translation
from studio.guides.rules.statuses import Progress
from studio.jobs.models import Job
from studio.members import queries as members
from studio.members.actor import Actor
from studio.publish import queries as publishing
from studio.publish import urgent
from studio.publish.models import Edition
from studio.review.models import Review
from studio.review.queries import stuck

MOST: Final = 3
SLOW: Final = timedelta(days=14)


def needs(session: Session, actor: Actor, now: datetime) -> list[tuple[Message, str]]:
    """Return at most three sentences with the address that each leads to; an empty list when nothing needs anyone."""
    return list(islice(_needs(session, actor, now), MOST))


def _needs(session: Session, actor: Actor, now: datetime) -> Iterator[tuple[Message, str]]:
    """Tell one after the other: what comes later is not looked for where enough was found."""
    yield from _overdue(session, actor, now)
    yield from _takedowns(session)
    yield from _failures(session, actor)
    yield from _stuck(session, actor, now)
    yield from _waiting(session, now)
    yield from _slow(session, actor, now)


def _overdue(session: Session, actor: Actor, now: datetime) -> list[tuple[Message, str]]:
    """Tell of urgent fixes whose checks should have followed by now; readers know the title of another team's text."""
    found = list[tuple[Message, str]]()
    for edition, due in urgent.labelled(session):
        if due < now.date():
            listed = publishing.listed(session, edition)
            seen = kernel.may_see(session, actor, listed.translation)
            address = f"/studio/guides/{listed.guide.id}/{listed.translation.language}/" if seen else ""
            sentence = N_(
                "“{title}”: the checks of an urgent safety fix are overdue, and readers see that.", title=listed.title
            )
            found.append((sentence, address))
    return found


def _takedowns(session: Session) -> list[tuple[Message, str]]:
    found = list[tuple[Message, str]]()
    for takedown in publishing.waiting_takedowns(session):
        if takedown.follows is None:
            edition = session.get_one(Edition, takedown.edition_id)
            down = publishing.listed(session, edition)
            address = f"/studio/guides/{down.guide.id}/{down.translation.language}/take-down"
            # The title that readers had: the draft's may be for its team alone.
            found.append(
                (N_("“{title}” was taken down. An editor decides what comes next.", title=down.title), address)
            )
    return found


def _failures(session: Session, actor: Actor) -> list[tuple[Message, str]]:
    found = list[tuple[Message, str]]()
    for edition in queries.unfinished(session):
        if not kernel.may_see(session, actor, edition.translation):
            continue
        text = queries.text_of(session, edition.translation)
        found.append((N_("“{title}” could not be made into its forms. See why.", title=text.title), text.address))
    broken = session.scalar(select(func.count()).select_from(Job).where(Job.state == "failed")) or 0
    if broken:
        found.append(
            (N_("Background work failed: {n}. Who runs the machine can look with “studio check”.", n=broken), "")
        )
    return found


def _waiting(session: Session, now: datetime) -> list[tuple[Message, str]]:
    n = len(members.open_invitations(session, now))
    return [(N_("Invitations that wait to be used: {n}.", n=n), "/studio/people/")] if n else []


def _stuck(session: Session, actor: Actor, now: datetime) -> list[tuple[Message, str]]:
    """Tell of texts that cannot move: for a check that nobody here can give, or because all are too few."""
    told = N_("“{title}” cannot move. See why, and what else waits.")
    stopped = stuck.cannot_move(session, actor, now, MOST)
    return [(Message(told.text, {"title": one.title}), "/studio/checks/waiting") for one in stopped]


def _slow(session: Session, actor: Actor, now: datetime) -> list[tuple[Message, str]]:
    old = (
        select(Translation)
        .join(Review, Review.translation_id == Translation.id)
        .join(Guide)
        .where(Review.closed_at.is_(None), Review.opened_at < now - SLOW, Translation.progress == Progress.IN_REVIEW)
        .where(kernel.visible_to(actor))
        .order_by(Review.opened_at)
        .limit(MOST)
    )
    texts = queries.texts_of(session, session.scalars(old).all())
    sentence = N_("“{title}” has waited for its checks for two weeks. See who is missing.")
    return [(Message(sentence.text, {"title": text.title}), text.address) for text in texts]
