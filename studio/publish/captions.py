"""The words that go along with cards: what to write beside them, what each of them says, and the read-me of the kit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from studio.core.words import N_, Message
from studio.i18n import formats
from studio.i18n.catalogues import Translator, translator
from studio.publish import sayings
from studio.publish.document import Document
from studio.publish.pages.words import CARD_CHANGES, CARD_WARNING
from studio.publish.slides import Slide, cards_of, said

SORTS: Final[dict[str, Message]] = {
    "title": N_("Title"),
    "quote": N_("Quote"),
    "number": N_("Number"),
    "step": N_("Step"),
    "where": N_("Where the whole text is"),
}
_FOLDERS: Final = N_("Each folder holds all cards in one look and one size; post them in the order of their numbers.")
_WORDS: Final = N_("Where you post a card, copy its words along: whoever cannot see it then has them, too.")
_FILES: Final = N_("captions.txt is what you can write beside the cards. The folder words holds what each card says.")
_MENTIONS: Final = N_("This text mentions:")


def caption(document: Document) -> str:
    """Return what can be written beside the cards: title, summary, what to know before, address, month."""
    words = translator(document.language.code, "reader")
    return "\n\n".join(part for part in _caption(document, words) if part)


def _caption(document: Document, words: Translator) -> Iterator[str]:
    yield "\n".join(part for part in (document.title, document.summary) if part)
    if document.content_notes:
        notes = formats.joined(document.content_notes, document.language.code)
        yield f"{words.say(_MENTIONS)} {notes}"
    yield f"{document.base_url}{document.path}" if document.base_url else ""
    number = words.gettext("Copy number {number}", number=document.copy_number) if document.copy_number else ""
    told = (sayings.checked(document, words), sayings.edition(document, words), number)
    yield " · ".join(part for part in told if part)


def captions(document: Document) -> str:
    """Return the caption, and below it the words of every card with its number."""
    words = translator(document.language.code, "reader")
    each = [f"{heading(slide, words)}\n{said(document, slide)}" for slide in cards_of(document)]
    return "\n\n".join((caption(document), *each)) + "\n"


def heading(slide: Slide, words: Translator) -> str:
    """Return the number and the kind of a card."""
    return f"{slide.place}. {words.say(SORTS[slide.sort])}"


def read_me(document: Document) -> str:
    """Return what somebody reads who unpacks the kit."""
    words = translator(document.language.code, "reader")
    sentences = (_FOLDERS, _WORDS, _FILES, CARD_WARNING, CARD_CHANGES)
    return "\n\n".join((document.title, *(words.say(one) for one in sentences))) + "\n"
