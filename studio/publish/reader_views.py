"""From rows to the views of the reader's pages. Needs a session and the settings, no Flask."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Final, TypeVar

from sqlalchemy.orm import Session

from studio.core.locales import LANGUAGES, Language, language
from studio.core.settings import Settings
from studio.guides import house as lists
from studio.guides.models import Revision
from studio.guides.rules.statuses import Standing
from studio.publish import queries
from studio.publish.models import Edition
from studio.publish.pages import views
from studio.publish.rules.takedown import Reason

T = TypeVar("T")
NEWEST: Final = 12
"""Texts in a feed."""
HELPING: Final = 3
"""Texts that are shown first to somebody who looks for words of despair or danger."""
NEW: Final = 3
CHECKED: Final = 5
"""Texts in the two lists of the first page: what is new, and what was checked lately."""


def house(session: Session, settings: Settings, stylesheet: str, script: str) -> views.House:
    """Return what all pages share; its languages are those with something to read."""
    live = queries.live_languages(session)
    known = tuple(one for code, one in LANGUAGES.items() if code in live)
    others = tuple(language(code) for code in sorted(live - set(LANGUAGES)))
    return views.House(
        site_name=settings.site_name,
        base_url=settings.base_url,
        exit_url=settings.exit_url,
        practice=settings.demo,
        languages=known + others,
        stylesheet=stylesheet,
        script=script,
    )


def library(session: Session, shared: views.House, spoken: Language) -> views.LibraryView:
    """Return the first page of a language: the needs that are answered, what is new, what was checked lately.

    A text stands in one of the two lists only; where there are few texts, all of them are in the second one.
    """
    live = queries.live_texts(session, spoken.code)
    there = {topic for listed in live for topic in listed.revision.topics}
    first = queries.first_days(session, [one.translation.id for one in live])
    checked = queries.checked_days(session, [one.edition for one in live])
    fresh, others = two_lists(
        live,
        lambda one: first[one.translation.id],
        lambda one: checked[one.edition.id],
        lambda one: one.translation.slug,
    )
    return views.LibraryView(
        house=shared,
        language=spoken,
        needs=needs(spoken, there),
        checked=tuple(entry(session, listed) for listed in others),
        topics=topics(spoken, there),
        fresh=tuple(replace(entry(session, listed), published_on=first[listed.translation.id]) for listed in fresh),
    )


def two_lists(
    texts: Iterable[T], first: Callable[[T], date], checked: Callable[[T], date], name: Callable[[T], str]
) -> tuple[list[T], list[T]]:
    """Return what is new and what was checked lately among the texts of a language.

    A text stands in one of the two only; where there are few texts, all of them are in the second one. ``first`` gives
    the day on which readers got a text, ``checked`` that of its last check, ``name`` its address name.
    """
    every = list(texts)
    many = len(every) > NEW + CHECKED
    fresh = sorted(every, key=lambda one: (-first(one).toordinal(), name(one)))[:NEW] if many else []
    names = {name(one) for one in fresh}
    others = [one for one in every if name(one) not in names]
    others.sort(key=lambda one: (-checked(one).toordinal(), name(one)))
    return fresh, others[: CHECKED if fresh else NEW + CHECKED]


def quiet_list(session: Session, spoken: Language) -> tuple[views.GuideEntry, ...]:
    """Return all texts of a language by their titles, for the list that tells nothing from outside."""
    live = queries.live_texts(session, spoken.code)
    return tuple(sorted((brief(listed) for listed in live), key=lambda one: (one.title.casefold(), one.address)))


def topic(session: Session, shared: views.House, spoken: Language, key: str) -> views.TopicView | None:
    """Return the page of a topic; None for a topic that the house does not have."""
    if key not in lists.topics():
        return None
    live = [listed for listed in queries.live_texts(session) if key in listed.revision.topics]
    there = {listed.translation.language for listed in live}
    lead = next((need.line for need in lists.needs(spoken.code) if need.topic == key), "")
    return views.TopicView(
        house=shared,
        language=spoken,
        topic=views.Topic(key, lists.topic_name(key, spoken.code)),
        lead=lead,
        guides=tuple(entry(session, one) for one in live if one.translation.language == spoken.code),
        siblings=tuple(one for one in shared.languages if one.code in there),
    )


def needs(spoken: Language, there: Collection[str] | None = None) -> tuple[views.Need, ...]:
    """Return the sentences of worried people; with ``there`` only those whose topic has something to read."""
    return tuple(
        views.Need(one.sentence, one.line, one.topic)
        for one in lists.needs(spoken.code)
        if there is None or one.topic in there
    )


def topics(spoken: Language, there: Collection[str]) -> tuple[views.Topic, ...]:
    """Return those topics that have something to read."""
    return tuple(views.Topic(key, lists.topic_name(key, spoken.code)) for key in lists.topics() if key in there)


def entry(session: Session, listed: queries.Listed) -> views.GuideEntry:
    """Return a live text as lists show it."""
    edition = listed.edition
    checked = queries.checked_on(session, edition)
    return replace(
        brief(listed),
        summary=listed.summary,
        checked_on=checked,
        people=edition.people,
        languages=len(queries.live_of_guide(session, listed.translation.guide_id)),
        changed_on=max(checked, edition.published_on),
        corrected_on=edition.published_on if edition.correction else None,
        correction=edition.changelog if edition.correction else "",
    )


def brief(listed: queries.Listed) -> views.GuideEntry:
    """Return a live text by its title and its two addresses alone."""
    translation = listed.translation
    code = translation.language
    quiet = f"/n/{code}/{translation.opaque_id}/"
    return views.GuideEntry(listed.title, f"/{code}/{translation.slug}/", language(code), quiet_address=quiet)


def instead(session: Session, guide_id: str, code: str) -> tuple[views.GuideEntry, ...]:
    """Return what readers may turn to where a text was taken down."""
    live = [one for one in queries.live_texts(session, code) if one.guide.id == guide_id]
    return tuple(entry(session, one) for one in live)


def withdrawn(session: Session, translation_id: str) -> tuple[Edition, Reason, str] | None:
    """Return the edition that was taken down with its reason and what to read instead; None where none is down."""
    newest = queries.newest_edition(session, translation_id)
    for edition in queries.editions(session, translation_id):
        takedown = queries.open_takedown(session, edition.id)
        if edition.standing is Standing.WITHDRAWN and takedown and newest:
            return edition, Reason(takedown.reason), takedown.instead
    return None


def title_of(session: Session, edition: Edition) -> str:
    """Return the title of an edition."""
    return str(session.get_one(Revision, edition.revision_id).fields.get("title", ""))
