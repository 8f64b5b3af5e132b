"""Everything derived from a published text besides its page: PDFs, cards, and a font for Japanese and Chinese."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from studio.guides.rules.consent import is_allowed
from studio.i18n import formats
from studio.i18n.catalogues import translator
from studio.publish.cards import SIZES, draw_card
from studio.publish.document import Document
from studio.publish.glyphs import require_glyphs, visible
from studio.publish.pdf import Media, render_pdf
from studio.publish.renderer import Derived
from studio.publish.sayings import alt_text
from studio.theming.fonts import subset_web_font

_CARDS: Final = {f"card_{size.name}": size for size in SIZES}


def kinds_for(document: Document) -> tuple[str, ...]:
    """Return the kinds of files that ``document`` has: pdf, plain_pdf, card_<size>, and web_font for ja and zh.

    Of a story, those alone that its teller agreed to.
    """
    every = ("pdf", "plain_pdf", *_CARDS, *(["web_font"] if document.language.ideographic else []))
    return tuple(kind for kind in every if is_allowed(kind, document.scope))


def derive_all(document: Document, media: Media, folder: Path, kinds: tuple[str, ...] = ()) -> tuple[Derived, ...]:
    """Write the files of ``document`` into ``folder``, all of them or those of ``kinds``, and tell what they are.

    Raise Invalid or TooLarge where the text cannot be printed; then none of the files is to be used.
    """
    require_glyphs(document)
    return tuple(_write(kind, document, media, folder) for kind in kinds or kinds_for(document))


def _on_the_page(document: Document) -> str:
    """Return what a page says beside its text, too, so that none of it stands out in another face."""
    words = translator(document.language.code, "reader")
    months = " ".join(formats.month(day, words.language.code) for day in (document.published_on, document.checked_on))
    return f"{visible(document)}{words.letters()}{months}{document.language.name}"


def _write(kind: str, document: Document, media: Media, folder: Path) -> Derived:
    name, media_type, make = _maker(kind, document, media)
    content = make()
    (folder / name).write_bytes(content)
    alt = alt_text(document) if kind in _CARDS else ""
    return Derived(kind, name, media_type, hashlib.sha256(content).hexdigest(), len(content), alt)


def _maker(kind: str, document: Document, media: Media) -> tuple[str, str, Callable[[], bytes]]:
    if kind in _CARDS:
        size = _CARDS[kind]
        return f"{size.name}.png", "image/png", lambda: draw_card(document, size)
    if kind == "web_font":
        return "type.woff2", "font/woff2", lambda: subset_web_font(_on_the_page(document), document.language.code)
    plain = kind == "plain_pdf"
    name = document.plain_pdf_name if plain else "guide.pdf"
    return name, "application/pdf", lambda: render_pdf(document, plain_cover=plain, media=media)
