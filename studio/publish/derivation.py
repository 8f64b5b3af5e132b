"""All that is derived from a text besides its page: PDFs, cards, books, a font; and the parts of collections."""

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
from studio.publish.epub.book import render_epub
from studio.publish.epub.chapter import chapter_of
from studio.publish.epub.kept import folded
from studio.publish.forms import BY_KIND, PDF, kinds_for
from studio.publish.frame import BOOK_CHAPTER_KIND, CHAPTER_KIND, Frame
from studio.publish.glyphs import require_glyphs, visible
from studio.publish.kit import share_kit
from studio.publish.pdf import Media, render_pdf
from studio.publish.pdf_forms import CHAPTER, EASY, LARGE, PLAIN, STANDARD, PdfForm
from studio.publish.pdf_frame import render_frame
from studio.publish.pdf_picture import picture_of_page
from studio.publish.plain_text import render_text
from studio.publish.renderer import Derived
from studio.publish.slides import MOST, cards_of, kind_of, said
from studio.theming.fonts import subset_web_font

PORTRAIT: Final = next(size for size in SIZES if size.name == "portrait")
_APART: Final = {CHAPTER_KIND: PDF, BOOK_CHAPTER_KIND: "application/octet-stream"}
"""Parts of collections, which are no files of an edition."""
Maker = Callable[[Document, Media], bytes]


def derive_all(
    document: Document | Frame, media: Media, folder: Path, kinds: tuple[str, ...] = ()
) -> tuple[Derived, ...]:
    """Write the files of ``document`` into ``folder``, all of them or those of ``kinds``, and tell what they are.

    Each file is named by its kind; a Frame is one file, named by its part. Raise Invalid or TooLarge where something
    cannot be printed; then none of the files is to be used.
    """
    if isinstance(document, Frame):
        return (_kept(document.part, render_frame(document), PDF, folder),)
    require_glyphs(document)
    return tuple(_write(kind, document, media, folder) for kind in kinds or kinds_for(document))


def _write(kind: str, document: Document, media: Media, folder: Path) -> Derived:
    content = _MAKERS[kind](document, media)
    place = BY_KIND[kind].place if kind in BY_KIND else 0
    alt = said(document, cards_of(document)[place - 1]) if place else ""
    return _kept(kind, content, _APART.get(kind) or BY_KIND[kind].media_type, folder, alt)


def _kept(kind: str, content: bytes, media_type: str, folder: Path, alt: str = "") -> Derived:
    (folder / kind).write_bytes(content)
    return Derived(kind, kind, media_type, hashlib.sha256(content).hexdigest(), len(content), alt)


def _pdf(form: PdfForm) -> Maker:
    return lambda document, media: render_pdf(document, form, media=media)


def _pdf_front(document: Document, media: Media) -> bytes:
    return picture_of_page(render_pdf(document, STANDARD, media=media), width=720)


def _card(place: int, size: CardSize) -> Maker:
    return lambda document, _media: drawn(document, place, size).light


def _kit(document: Document, media: Media) -> bytes:
    del media
    return share_kit(document)


def _epub(document: Document, media: Media) -> bytes:
    cover = drawn(document, 1, PORTRAIT).light if cards_of(document) else b""  # a teller may want no cards
    return render_epub(document, plain=False, media=media, cover=cover)


def _plain_epub(document: Document, media: Media) -> bytes:
    return render_epub(document, plain=True, media=media)


def _book_chapter(document: Document, media: Media) -> bytes:
    return folded(chapter_of(document, plain=False, media=media))


def _text(document: Document, media: Media) -> bytes:
    del media
    return render_text(document, plain=False)


def _plain_text(document: Document, media: Media) -> bytes:
    del media
    return render_text(document, plain=True)


def _web_font(document: Document, media: Media) -> bytes:
    del media
    return subset_web_font(_on_the_page(document), document.language.code)


def _on_the_page(document: Document) -> str:
    """Return what a page says beside its text, too, so that none of it stands out in another face."""
    words = translator(document.language.code, "reader")
    months = " ".join(formats.month(day, words.language.code) for day in (document.published_on, document.checked_on))
    return f"{visible(document)}{words.letters()}{months}{document.language.name}"


_MAKERS: Final[Mapping[str, Maker]] = {
    "pdf": _pdf(STANDARD),
    "large_pdf": _pdf(LARGE),
    "easy_pdf": _pdf(EASY),
    "plain_pdf": _pdf(PLAIN),
    CHAPTER_KIND: _pdf(CHAPTER),
    BOOK_CHAPTER_KIND: _book_chapter,
    "pdf_front": _pdf_front,
    **{kind_of(place, size.name): _card(place, size) for place in range(1, MOST + 1) for size in SIZES},
    "kit": _kit,
    "epub": _epub,
    "plain_epub": _plain_epub,
    "text": _text,
    "plain_text": _plain_text,
    "web_font": _web_font,
}
"""What makes the bytes of each kind, from a text and the images in it by their SHA-256."""
