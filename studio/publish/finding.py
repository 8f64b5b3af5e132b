"""What a reader looks for, answered: in their language first, then in others; what helps comes before everything."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy.orm import Session

from studio.core.locales import Language, language
from studio.guides import house as lists
from studio.publish import queries, reader_views
from studio.publish.indexing import every_entry, readers_index
from studio.publish.pages import views
from studio.search import query
from studio.search.entries import IndexBroken
from studio.search.fallback import Entries
from studio.search.noticing import noticed
from studio.search.showing import Hit, SectionHit

SHOWN: Final = 10
ELSEWHERE: Final = 5
"""Findings on a page, and how many of other languages follow them."""
_LAST_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form says: the words, a topic and a language or nothing, and which page of the findings."""

    words: str
    topic: str = ""
    language: str = ""
    page: int = 1


def asked(words: str, topic: str = "", only: str = "", page: str = "") -> Asked:
    """Return what was asked for, tidied; whatever makes no sense is left out."""
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 4 else 1  # noqa: PLR2004 - 999 at most
    known = topic if topic in lists.topics() else ""
    return Asked(" ".join(words.split()), known, only, min(max(number, 1), _LAST_PAGE))


def found(
    session: Session, data: Path, shared: views.House, spoken: Language, what: Asked, *, posted: bool = False
) -> views.SearchView:
    """Return the answer to ``what`` for readers of the language ``spoken``; nothing that was taken down is in it."""
    there = {key for listed in queries.live_texts(session) for key in listed.revision.topics}
    only = what.language if what.language in {one.code for one in shared.languages} else ""
    own = only or spoken.code
    others = [one.code for one in shared.languages if one.code != own]
    here, elsewhere = query.Results(), query.Results()
    if what.words:
        here = _search(session, data, what, own, [own], limit=SHOWN, page=what.page)
        if others and what.page == 1 and not (only and here.hits):
            elsewhere = _search(session, data, what, spoken.code, others, limit=ELSEWHERE)
    shown = _Shown(session, [*here.hits, *elsewhere.hits])
    return views.SearchView(
        house=shared,
        language=spoken,
        query=what.words,
        hits=shown.hits(here.hits),
        total=here.total,
        did_you_mean=here.did_you_mean or elsewhere.did_you_mean or "",
        topics=reader_views.topics(spoken, there),
        topic=what.topic,
        languages=shared.languages,
        in_language=only,
        needs=reader_views.needs(spoken, there),
        elsewhere=shown.hits(elsewhere.hits),
        elsewhere_total=elsewhere.total,
        first_help=first_help(session, spoken, what.words),
        page=what.page,
        more=here.total > what.page * SHOWN,
        too_long=here.too_long,
        posted=posted,
    )


def first_help(session: Session, spoken: Language, words: str) -> tuple[views.FirstHelp, ...]:
    """Return what somebody should be told first who typed ``words``, in any language; mostly nothing."""
    if not words or len(words) > query.LONGEST:
        return ()
    groups = [
        group for group in lists.first_help() if any(noticed(words, code, said) for code, said in group.words.items())
    ]
    return tuple(_helping(session, spoken, group) for group in groups)


def _helping(session: Session, spoken: Language, group: lists.FirstHelp) -> views.FirstHelp:
    live = [one for one in queries.live_texts(session, spoken.code) if group.topic in one.revision.topics]
    return views.FirstHelp(
        heading=group.heading(spoken.code),
        line=group.line(spoken.code),
        topic=views.Topic(group.topic, lists.topic_name(group.topic, spoken.code)),
        guides=tuple(reader_views.brief(one) for one in live[: reader_views.HELPING]),
    )


def _search(
    session: Session, data: Path, what: Asked, code: str, languages: Collection[str], *, limit: int, page: int = 1
) -> query.Results:
    wanted: dict[str, Any] = {
        "topics": [what.topic] if what.topic else [],
        "languages": languages,
        "limit": limit,
        "page": page,
        "live": lambda ids: queries.live_translations(session, ids),
        "synonyms": lists.synonyms(),
    }
    try:
        return query.search(readers_index(data), what.words, code, **wanted)
    except IndexBroken:
        return query.search(Entries(every_entry(session)), what.words, code, **wanted)


class _Shown:
    """Findings as pages show them; what is known of their texts is asked for once."""

    def __init__(self, session: Session, every: Collection[Hit]) -> None:
        live = queries.live_editions(session, [one.translation_id for one in every])
        listed = [queries.listed(session, edition) for edition in live]
        self._entries = {one.translation.id: reader_views.brief(one) for one in listed}
        days = queries.checked_days(session, live)
        self._days = {edition.translation_id: days[edition.id] for edition in live}

    def hits(self, every: Collection[Hit]) -> tuple[views.Hit, ...]:
        return tuple(self._hit(one) for one in every if one.translation_id in self._entries)

    def _hit(self, hit: Hit) -> views.Hit:
        entry = self._entries[hit.translation_id]
        best = hit.sections[0] if hit.sections else None
        mark = _part(best)
        return views.Hit(
            title=tuple(hit.title),
            address=entry.address + mark,
            language=language(hit.language),
            section=tuple(best.title) if best else (),
            excerpt=_excerpt(best) if best else (),
            checked_on=self._days[hit.translation_id],
            quiet_address=entry.quiet_address + mark,
            also=tuple(
                views.Part(tuple(one.title), entry.address + _part(one), entry.quiet_address + _part(one))
                for one in hit.sections[1:]
                if one.title
            ),
        )


def _part(section: SectionHit | None) -> str:
    return f"#{section.section_id}" if section and section.section_id else ""


def _excerpt(section: SectionHit) -> tuple[views.Segment, ...]:
    """Return the passage, with a mark where text was left out."""
    passage = section.excerpt
    before: tuple[views.Segment, ...] = (("… ", False),) if passage.cut_before else ()
    after: tuple[views.Segment, ...] = ((" …", False),) if passage.cut_after else ()
    return (*before, *passage.segments, *after)
