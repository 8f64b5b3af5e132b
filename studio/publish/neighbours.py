"""What stands beside a text on its page, and whether a page that was made earlier leads only to what readers have."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Final

from sqlalchemy import String, and_, cast, false, or_, select
from sqlalchemy.orm import Session

from studio.guides.models import Revision, Translation
from studio.guides.names import RESERVED
from studio.guides.rules.statuses import Standing
from studio.publish import queries, reader_views
from studio.publish.models import Edition
from studio.publish.pages import views
from studio.publish.rules.related import Neighbour, related

_GUIDE: Final = "guide:"
_LEADS: Final = re.compile(r'href="/(n/)?([a-z]{2,3}(?:-[A-Za-z0-9]+)*)/([^/"#?]+)/["#]')
"""How a page leads to a text, under its own name or at the address that tells nothing."""
_NO_TEXTS: Final = RESERVED


def related_to(session: Session, edition: Edition, links: Collection[str]) -> tuple[views.GuideEntry, ...]:
    """Return what stands beside the text of ``edition``, which itself leads to ``links``, as lists show it."""
    return tuple(reader_views.entry(session, one) for one in beside(session, edition, links))


def beside(session: Session, edition: Edition, links: Collection[str]) -> list[queries.Listed]:
    """Return the live texts that stand beside the text of ``edition``, the nearest first."""
    translation = session.get_one(Translation, edition.translation_id)
    topics = session.get_one(Revision, edition.revision_id).topics
    linked = {link.removeprefix(_GUIDE).partition("#")[0] for link in links if link.startswith(_GUIDE)}
    near = _near(session, translation.language, topics, linked)
    chosen = related(translation.guide_id, topics, linked, [Neighbour(guide, of) for guide, of in near])
    every = {one.guide.id: one for one in queries.live_texts(session, translation.language, guides=chosen)}
    return [every[name] for name in chosen if name in every]


def _near(
    session: Session, language: str, topics: Collection[str], linked: Collection[str]
) -> list[tuple[str, tuple[str, ...]]]:
    """Return guide and topics of the live texts in ``language`` that share a topic or are led to."""
    # The column holds a list as JSON; a topic's key stands in it in quotation marks, in every database.
    about = [cast(Revision.topics, String).contains(json.dumps(topic), autoescape=True) for topic in sorted(topics)]
    every = (
        select(Translation.guide_id, Revision.topics)
        .join(Edition, Edition.translation_id == Translation.id)
        .join(Revision, Revision.id == Edition.revision_id)
        .where(Edition.standing == Standing.LIVE, Translation.language == language)
        .where(or_(false(), *about, Translation.guide_id.in_(sorted(linked))))
    )
    return [(row[0], tuple(row[1])) for row in session.execute(every)]


def leads_only_to_what_is_there(session: Session, html: str) -> bool:
    """Whether readers have every text that the page ``html`` leads to, so that none that was taken down is named."""
    loud, quiet = set[tuple[str, str]](), set[tuple[str, str]]()
    for prefix, code, name in _LEADS.findall(html):
        if name not in _NO_TEXTS:
            (quiet if prefix else loud).add((code, name))
    live = select(Edition.translation_id).where(Edition.standing == Standing.LIVE)
    for asked, column in ((loud, Translation.slug), (quiet, Translation.opaque_id)):
        said = [and_(Translation.language == code, column == name) for code, name in sorted(asked)]
        there = select(Translation.language, column).where(or_(false(), *said), Translation.id.in_(live))
        if len(asked) != len({(code, name) for code, name in session.execute(there)}):
            return False
    return True


def quiet_ways(session: Session, language: str, links: Collection[str]) -> dict[str, str]:
    """Return for the address of each guide that a text leads to the one that tells nothing."""
    guides = {link.removeprefix(_GUIDE).partition("#")[0] for link in links if link.startswith(_GUIDE)}
    every = select(Translation).where(Translation.language == language, Translation.guide_id.in_(sorted(guides)))
    return {f"/{language}/{one.slug}/": f"/n/{language}/{one.opaque_id}/" for one in session.scalars(every)}
