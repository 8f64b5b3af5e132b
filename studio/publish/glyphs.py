"""No empty boxes: a character that no font of the house can draw stops a publication and is named."""

from __future__ import annotations

from collections.abc import Iterable

from studio.core.errors import Invalid
from studio.core.words import N_
from studio.publish.document import Document
from studio.theming.fonts import missing_characters


def visible(document: Document) -> str:
    """Return all the words that readers see of ``document``, in no special order."""
    single = (document.title, document.summary, document.neutral_title, document.body.text, document.credit)
    more = (
        *document.topics,
        *document.content_notes,
        *document.sources,
        *document.checkers,
        document.changelog,
        document.site_name,
        document.label_words,
        document.safety_line,
    )
    return "\n".join((*single, *more, document.licence))


def require_glyphs(document: Document) -> None:
    """Raise Invalid, naming the characters of ``document`` that cannot be drawn, before anything is laid out."""
    require_drawn(visible(document), document.language.code)


def require_drawn(text: str, code: str) -> None:
    """Raise Invalid, naming the characters of ``text`` that cannot be drawn in the language ``code``."""
    missing = missing_characters(text, code)
    if missing:
        raise no_glyph(missing)


def no_glyph(characters: Iterable[str]) -> Invalid:
    """Return the refusal that names ``characters``."""
    names = " ".join(f"{char} (U+{ord(char):04X})" for char in characters)
    return Invalid(
        N_("These characters cannot be printed: {characters}. Please write them another way.", characters=names)
    )
