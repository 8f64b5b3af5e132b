"""Whether a copy on paper is current, what changed since, and what else there is: the answer to a copy number."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.locales import Language, language
from studio.guides.models import Translation
from studio.guides.rules.statuses import Standing
from studio.publish import queries, reader_views
from studio.publish.changes import History
from studio.publish.models import Edition
from studio.publish.pages import copy_views, views
from studio.publish.rules import copynumbers
from studio.publish.rules.takedown import Reason, public_words


def copy_answer(session: Session, shared: views.House, spoken: Language, typed: str) -> copy_views.CopyView:
    """Return what is to be said of the copy whose number somebody typed, as they read it from paper.

    Nothing is said of a text that was taken down for somebody's sake but that it is down.
    """
    code = copynumbers.letters(typed)
    if not code:
        return copy_views.CopyView(shared, spoken)
    found = _editions(session, copynumbers.readings(code))
    if len(found) != 1:
        near = [*found, *_editions(session, copynumbers.alike(code))]
        shown = copynumbers.shown(code)
        return copy_views.CopyView(shared, spoken, shown, "unknown", alike=tuple(one.code for one in near))
    return _answer(session, found[0], copy_views.CopyView(shared, spoken, found[0].code))


def _editions(session: Session, codes: list[str]) -> list[Edition]:
    had = select(Edition).where(Edition.code.in_(codes), Edition.standing != Standing.BUILDING)
    return list(session.scalars(had.order_by(Edition.code))) if codes else []


def _answer(session: Session, edition: Edition, view: copy_views.CopyView) -> copy_views.CopyView:
    history = History(session, session.get_one(Translation, edition.translation_id))
    live, down = history.live, _down(session, edition)
    if edition.standing is Standing.WITHDRAWN or live is None:
        return _taken_down(session, history, edition, down, view)
    listed = queries.listed(session, live)
    return replace(
        view,
        answer="current" if live.id == edition.id else "replaced",
        title=listed.title,
        address=f"/{listed.translation.language}/{listed.translation.slug}/",
        edition=live.number,
        checked_on=queries.checked_on(session, live),
        spoken=language(listed.translation.language),
        copy=history.entry(edition),
        later=history.later(edition),
        changes=None if live.id == edition.id else history.between(edition, live),
        weight=history.weight(history.since(edition)),
    )


def _down(session: Session, edition: Edition) -> tuple[Reason, str] | None:
    """Return why the copy's edition, or the one that took its place, is down, and what to read instead."""
    takedown = queries.open_takedown(session, edition.id) if edition.standing is Standing.WITHDRAWN else None
    if takedown:
        return Reason(takedown.reason), takedown.instead
    found = reader_views.withdrawn(session, edition.translation_id)
    return (found[1], found[2]) if found else None


def _taken_down(
    session: Session,
    history: History,
    edition: Edition,
    down: tuple[Reason, str] | None,
    view: copy_views.CopyView,
) -> copy_views.CopyView:
    view = replace(view, answer="taken_down")
    if down is None or down[0].silent:
        return view
    reason, guide_id = down
    spoken = language(history.translation.language)
    view = replace(view, reason=public_words(reason), spoken=spoken, title=reader_views.title_of(session, edition))
    if history.live:
        here = queries.listed(session, history.live)
        return replace(view, instead=(reader_views.entry(session, here),), edition=history.live.number)
    return replace(view, instead=reader_views.instead(session, guide_id, spoken.code))
