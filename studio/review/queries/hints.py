"""The hints of a draft or of a saved version: what is open, what was kept and why."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from studio.core.errors import StudioError
from studio.guides import queries as texts
from studio.guides.fields import TextFields
from studio.guides.models import Draft, Guide, Revision, SlugAlias, Translation
from studio.guides.names import RESERVED
from studio.members.actor import Actor
from studio.review.library import lint
from studio.review.models import HintKept
from studio.review.queries.words import agreed
from studio.review.rules.hints.finding import Looked, find
from studio.review.rules.hints.hint import AT_A_TIME, Hint, open_hints
from studio.theming.fonts import missing_characters

_OWN: Final = re.compile(r"\]\([ \t]{0,4}(/([a-z]{2,3})/([a-z0-9-]{1,80})/?)(?=[\s)#?])")
_UNPRINTED: Final = re.compile(r"\]\([^)\n]*\)|!\[[^\]\n]*\]")
_KEPT_TEXTS: Final = 32


@dataclass(frozen=True, slots=True)
class Kept:
    """A hint that is kept: who may read it reads why."""

    id: str
    hint: Hint
    reason: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The hints of a text as a page shows them."""

    open: tuple[Hint, ...]
    kept: tuple[Kept, ...]
    source: Mapping[str, str]
    """The parts of the text, in which hints count their places."""

    @property
    def shown(self) -> tuple[Hint, ...]:
        """The most important ones, as many as are shown at a time."""
        return self.open[:AT_A_TIME]

    @property
    def later(self) -> int:
        """How many come after those."""
        return max(0, len(self.open) - AT_A_TIME)

    @property
    def stops(self) -> tuple[Hint, ...]:
        """Those with which the text cannot be handed in."""
        return tuple(hint for hint in self.open if hint.stops)

    def line(self, hint: Hint) -> int:
        """Return the line of the body on which a hint stands; 0 in another part."""
        return self.source["body"].count("\n", 0, hint.at) + 1 if hint.part == "body" else 0


def of_draft(session: Session, actor: Actor, translation: Translation) -> Sheet:
    """Return the hints of a text as its draft is now; none where it cannot be read at all, which rendering tells."""
    guide, draft = translation.guide, translation.draft
    return _sheet(session, actor, translation, draft.text, draft.fields, guide)


def of_version(session: Session, actor: Actor, translation: Translation, version: Revision) -> Sheet:
    """Return the hints of a saved version."""
    return _sheet(session, actor, translation, version.body, version.fields, version)


def _sheet(
    session: Session,
    actor: Actor,
    translation: Translation,
    body: str,
    values: Mapping[str, Any],
    about: Guide | Revision,
) -> Sheet:
    fields = TextFields.from_dict(values)
    code = translation.language
    looked = Looked(
        body,
        fields.title,
        fields.summary,
        code,
        about.kind,
        tuple(about.facets),
        _titles(session, actor, code) if "guide:" in body else (),
        _lost(session, actor, body),
        tuple(missing_characters(_printed(body, fields), code)),
        agreed(session, code),
    )
    try:
        hints = _found(looked)
    except StudioError:
        hints = ()
    kept = _kept(session, translation, hints)
    source = {"body": body, "title": fields.title, "summary": fields.summary}
    return Sheet(open_hints(hints, {one.hint.key for one in kept}), kept, source)


@lru_cache(maxsize=_KEPT_TEXTS)
def _found(looked: Looked) -> tuple[Hint, ...]:
    """Find the hints of a text once, for as long as nothing of it changes."""
    return find(looked, lint(looked.language))


def _kept(session: Session, translation: Translation, hints: Sequence[Hint]) -> tuple[Kept, ...]:
    """Return the kept hints that are still there: one about words or a block that changed is none any more."""
    rows = session.scalars(select(HintKept).where(HintKept.translation_id == translation.id).order_by(HintKept.at))
    now = {hint.key: hint for hint in hints if not hint.stops}
    return tuple(Kept(row.id, now[row.hint], row.reason) for row in rows if row.hint in now)


def _titles(session: Session, actor: Actor, code: str) -> tuple[tuple[str, str], ...]:
    """Return the guides that the person may know of or that readers have, with titles in the text's language."""
    known = (
        select(Guide.id, Translation.language, Draft.fields)
        .select_from(Guide)
        .join(Translation, Translation.guide_id == Guide.id)
        .join(Draft, Draft.translation_id == Translation.id)
        .where(or_(texts.visible_to(actor), Translation.published_revision_id.is_not(None)))
        .order_by(Guide.id, Translation.language == code)
    )
    return tuple(sorted({guide: str(fields.get("title", "")) for guide, _, fields in session.execute(known)}.items()))


def _lost(session: Session, actor: Actor, body: str) -> frozenset[str]:
    """Return the addresses of texts of this house in ``body`` at which readers and the person would find nothing."""
    named = {found[1]: (found[2], found[3]) for found in _OWN.finditer(body) if found[3] not in RESERVED}
    return frozenset(address for address, place in named.items() if not _is_there(session, actor, *place))


def _is_there(session: Session, actor: Actor, code: str, slug: str) -> bool:
    aliases = select(SlugAlias.translation_id).where(SlugAlias.language == code, SlugAlias.slug == slug)
    found = (
        select(Translation.id)
        .join(Guide)
        .where(or_((Translation.language == code) & (Translation.slug == slug), Translation.id.in_(aliases)))
        .where(or_(texts.visible_to(actor), Translation.published_revision_id.is_not(None)))
    )
    return session.scalar(found.limit(1)) is not None


def _printed(body: str, fields: TextFields) -> str:
    """Return all that is printed of a text, without addresses and the words of pictures."""
    beside: Iterable[str] = (fields.title, fields.summary, fields.neutral_title, fields.changelog, *fields.sources)
    return "".join([_UNPRINTED.sub("", body), *beside])


def by_key(hints: Collection[Hint], key: str) -> Hint | None:
    """Return the hint of this key; None where it is no longer there."""
    return next((hint for hint in hints if hint.key == key), None)
