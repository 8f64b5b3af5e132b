"""Everything derived from a published text besides its page: PDFs, cards, and a font for Japanese and Chinese."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from studio.i18n import formats
from studio.i18n.catalogues import translator
from studio.publish.card_sizes import SIZES, CardSize
from studio.publish.cards import drawn
from studio.publish.document import Document
from studio.publish.forms import BY_KIND, kinds_for
from studio.publish.glyphs import require_glyphs, visible
from studio.publish.kit import share_kit
from studio.publish.pdf import Media, render_pdf
from studio.publish.pdf_picture import picture_of_page
from studio.publish.renderer import Derived
from studio.publish.slides import MOST, cards_of, kind_of, said
from studio.theming.fonts import subset_web_font

Maker = Callable[[Document, Media], bytes]


def derive_all(document: Document, media: Media, folder: Path, kinds: tuple[str, ...] = ()) -> tuple[Derived, ...]:
    """Write the files of ``document`` into ``folder``, all of them or those of ``kinds``, and tell what they are.

    Each file is named by its kind. Raise Invalid or TooLarge where the text cannot be printed; then none of the files
    is to be used.
    """
    require_glyphs(document)
    return tuple(_write(kind, document, media, folder) for kind in kinds or kinds_for(document))


def _write(kind: str, document: Document, media: Media, folder: Path) -> Derived:
    content = _MAKERS[kind](document, media)
    (folder / kind).write_bytes(content)
    place = BY_KIND[kind].place
    alt = said(document, cards_of(document)[place - 1]) if place else ""
    digest = hashlib.sha256(content).hexdigest()
    return Derived(kind, kind, BY_KIND[kind].media_type, digest, len(content), alt)


def _pdf(document: Document, media: Media) -> bytes:
    return render_pdf(document, plain_cover=False, media=media)


def _pdf_front(document: Document, media: Media) -> bytes:
    return picture_of_page(_pdf(document, media), width=720)


def _plain_pdf(document: Document, media: Media) -> bytes:
    return render_pdf(document, plain_cover=True, media=media)


def _card(place: int, size: CardSize) -> Maker:
    return lambda document, _media: drawn(document, place, size).light


def _kit(document: Document, media: Media) -> bytes:
    del media
    return share_kit(document)


def _web_font(document: Document, media: Media) -> bytes:
    del media
    return subset_web_font(_on_the_page(document), document.language.code)


def _on_the_page(document: Document) -> str:
    """Return what a page says beside its text, too, so that none of it stands out in another face."""
    words = translator(document.language.code, "reader")
    months = " ".join(formats.month(day, words.language.code) for day in (document.published_on, document.checked_on))
    return f"{visible(document)}{words.letters()}{months}{document.language.name}"


_MAKERS: Final[Mapping[str, Maker]] = {
    "pdf": _pdf,
    "pdf_front": _pdf_front,
    "plain_pdf": _plain_pdf,
    **{kind_of(place, size.name): _card(place, size) for place in range(1, MOST + 1) for size in SIZES},
    "kit": _kit,
    "web_font": _web_font,
}
"""What makes the bytes of each kind, from a text and the images in it by their SHA-256."""
