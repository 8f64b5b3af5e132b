"""What an editor is told while they look at everything once: what stands in the way, and what does not but matters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from studio.core.errors import Conflict
from studio.core.words import N_, Message
from studio.guides.models import Media, Translation
from studio.publish import queries
from studio.publish.document import Document
from studio.publish.documents import address_of
from studio.publish.glyphs import no_glyph, visible
from studio.publish.rules.outside import tells
from studio.theming.fonts import missing_characters

HEAVY: Final = 300_000
"""Bytes of images from which a page is slow on a weak phone; what a plain-cover PDF may weigh, too."""
_LONG: Final = 70
"""Characters of a title beyond which link previews and lists cut it off."""
_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Told:
    """Sentences about a text that is to be published: ``stops`` must be mended first, ``cautions`` need not."""

    stops: tuple[Message, ...]
    cautions: tuple[Message, ...]


def told(session: Session, translation: Translation, document: Document) -> Told:
    """Return what to tell about ``document``, which ``translation`` would become; each sentence says what to do."""
    cautions = [
        _waits(session, translation),
        _behind(session, translation),
        _leads_nowhere(session, document),
        _heavy(session, document),
        _neutral(document),
        _too_long(document),
        None if document.base_url else NO_ADDRESS,
    ]
    return Told(tuple(_stops(document)), tuple(one for one in cautions if one))


def require_nothing_stops(document: Document) -> None:
    """Raise Conflict with the first sentence that stands in the way of publishing ``document``."""
    for sentence in _stops(document):
        raise Conflict(sentence)


NO_ADDRESS: Final = N_(
    "This house has no public address yet, so PDFs carry no square code and shared links show no picture. "
    "Whoever runs the server can set it."
)


def _stops(document: Document) -> list[Message]:
    missing = missing_characters(visible(document), document.language.code)
    stops = [no_glyph(missing).message] if missing else []
    if not document.title.strip() or not document.summary.strip():
        stops.append(N_("Title and summary are needed: they are what people find. Add them and have them looked at."))
    return stops


def _waits(session: Session, translation: Translation) -> Message | None:
    if queries.waits_for_decision(session, translation.id) is None:
        return None
    return N_("An earlier edition is taken down and nobody has decided yet. This one waits until somebody does.")


def _behind(session: Session, translation: Translation) -> Message | None:
    """Tell of a newer edition of the text that this is a translation of."""
    place, _, number = (translation.pinned_to or "").partition("@")
    guide_id, _, code = place.partition("/")
    source = next((one for one in queries.live_of_guide(session, guide_id) if one.language == code), None)
    live = queries.live_edition(session, source.id) if source else None
    if live is None or not number.isdecimal() or live.number <= int(number):
        return None
    return N_("The original has edition {n} now; this was made from edition {m}.", n=live.number, m=int(number))


def _leads_nowhere(session: Session, document: Document) -> Message | None:
    names = [link.removeprefix("guide:").partition("#")[0] for link in document.body.links if link.startswith("guide:")]
    gone = [name for name in dict.fromkeys(names) if address_of(session, name, document.language.code) is None]
    if not gone:
        return None
    return N_(
        "These texts are not out in this language, so readers see the words without a link: {names}.",
        names=", ".join(gone[:_NAMED]),
    )


def _heavy(session: Session, document: Document) -> Message | None:
    weight = sum(len(session.get_one(Media, sha).data) for sha in document.body.media)
    if weight <= HEAVY:
        return None
    return N_("The pictures weigh {n} kB together. On a weak phone the page takes long.", n=weight // 1000)


def _neutral(document: Document) -> Message | None:
    if not tells(document.neutral_title, document.title, document.topics):
        return None
    return N_("The neutral name shares a word with the title or its topics, so it tells what the text is about.")


def _too_long(document: Document) -> Message | None:
    if len(document.title) <= _LONG:
        return None
    return N_("The title is long: lists of results and previews of links cut it off after about 60 characters.")
