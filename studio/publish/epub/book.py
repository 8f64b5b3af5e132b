"""A published text as an EPUB 3 book: accessible, without anything from elsewhere, the same bytes each time."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from markupsafe import Markup, escape

from studio.core.locales import Language
from studio.core.words import N_
from studio.i18n.catalogues import Translator, translator
from studio.publish import sayings
from studio.publish.document import Document
from studio.publish.epub.chapter import XHTML, Chapter, File, Media, Place, chapter_of
from studio.publish.epub.sheet import style_sheet
from studio.publish.epub.xhtml import filled, in_package, spoken
from studio.publish.epub.zipped import archive, packed
from studio.publish.forms import EPUB

_ROOM: Final = uuid.UUID("6a1d9a39-6e0f-5c43-9d6c-2f3a5c1f7b50")
"""Names of books are made within it; it is the same in every house."""
_FOLDER: Final = "book"
_TEXT: Final = "text"
_SUMMARY: Final = N_(
    "Real text with headings, lists and a table of contents; every picture is described in words. Nothing moves, "
    "flashes or makes a sound. Letters, sizes and colours follow your reading app."
)
_CONTAINER: Final = b"""<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>\
<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""


@dataclass(frozen=True, slots=True)
class Cover:
    """The picture that shelves of reading apps show, and its words."""

    picture: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Book:
    """What stands on and in a book. ``about`` are further Dublin Core elements, as name and value."""

    title: str
    language: Language
    identifier: str
    modified: date
    chapters: tuple[tuple[str, Chapter], ...]
    """Each with the folder that its files lie in."""
    about: tuple[tuple[str, str], ...] = ()
    certified_by: str = ""
    """Who says that the book is accessible; empty where nobody may be named, and then nothing is claimed."""
    cover: Cover | None = None
    plain: bool = False
    practice: str = ""
    front: File | None = None
    """The page with the title of a book of several chapters; a single one brings its own."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A line of the manifest."""

    id: str
    href: str
    media_type: str
    properties: str = ""


def render_epub(document: Document, *, plain: bool, media: Media, cover: bytes = b"") -> bytes:
    """Return the EPUB of ``document``; with ``plain`` nothing outside its text tells what it is about, or whose it is.

    ``media`` gives the bytes of an image by its SHA-256; ``cover`` is a PNG picture for the shelf, which a plain book
    does not have. Raise Invalid where the HTML is not what rendering makes.
    """
    chapter = chapter_of(document, plain=plain, media=media)
    words = translator(document.language.code, "reader")
    book = Book(
        title=chapter.title,
        language=document.language,
        identifier=identifier(f"{document.opaque_id}@{document.edition}", document.content_hash, plain=plain),
        modified=max(document.published_on, document.checked_on),
        chapters=((_TEXT, chapter),),
        about=(("rights", document.licence),) if plain else _about(document),
        certified_by="" if plain else document.site_name,
        cover=Cover(cover, sayings.alt_text(document)) if cover and not plain else None,
        plain=plain,
        practice=words.say(sayings.PRACTICE) if document.practice else "",
    )
    return bound(book)


def identifier(name: str, content_hash: str, *, plain: bool) -> str:
    """Return the name of a book for all time, from what it is and what its words are; it leads to no host."""
    return f"urn:uuid:{uuid.uuid5(_ROOM, ' '.join([name, content_hash, *(['plain'] if plain else [])]))}"


def _about(document: Document) -> tuple[tuple[str, str], ...]:
    told = [
        *(("creator", name) for name in document.authors or (document.site_name,)),
        ("publisher", document.site_name),
        ("date", document.published_on.isoformat()),
        ("description", document.summary),
        *(("subject", topic) for topic in document.topics),
        ("rights", document.licence),
    ]
    return tuple((name, value) for name, value in told if value)


def bound(book: Book) -> bytes:
    """Return the file of a book; what its chapters hold is taken over as it is packed."""
    files = [*_outer(book)]
    inner = [book.front] if book.front else []
    inner += [_within(folder, file) for folder, chapter in book.chapters for file in chapter.pages]
    pictures = {file.entry.name: file for _, chapter in book.chapters for file in chapter.pictures}
    files += [*inner, *(pictures[name] for name in sorted(pictures))]
    items = [_item(number, file) for number, file in enumerate(files, 1)]
    package = packed("package.opf", _package(book, items, inner).encode())
    entries = [
        packed("mimetype", EPUB.encode(), small=True),
        packed("META-INF/container.xml", _CONTAINER),
        *(entry.named(f"{_FOLDER}/{entry.name}") for entry in (package, *(file.entry for file in files))),
    ]
    return archive(entries)


def _within(folder: str, file: File) -> File:
    return replace(file, entry=file.entry.named(f"{folder}/{file.entry.name}"))


def _item(number: int, file: File) -> _Item:
    return _Item(f"f{number}", file.entry.name, file.media_type, file.properties)


def _outer(book: Book) -> list[File]:
    """Return the files around the chapters: contents, style sheet, cover."""
    words = translator(book.language.code, "reader")
    shared = {
        "_": words.gettext,
        "language": book.language,
        "practice": book.practice,
        "said": spoken(words.language, book.language),
        "title": book.title,
    }
    files = [
        File(packed("nav.xhtml", _contents(book, shared).encode()), XHTML, "nav"),
        File(packed("book.css", style_sheet(plain=book.plain).encode()), "text/css"),
    ]
    if book.cover:
        page = filled("cover.html", alt=book.cover.alt, **{**shared, "practice": ""})
        files = [
            File(packed("cover.xhtml", page.encode()), XHTML),
            File(packed("cover.png", book.cover.picture, small=True), "image/png", "cover-image"),
            *files,
        ]
    return files


def _contents(book: Book, shared: dict[str, object]) -> str:
    words: Translator = translator(book.language.code, "reader")
    folder, first = book.chapters[0]
    landmarks = [("toc", "#toc", words.gettext("Contents")), ("bodymatter", f"{folder}/{first.begins}", book.title)]
    if book.cover:
        landmarks.insert(0, ("cover", "cover.xhtml", words.gettext("Cover")))
    return filled(
        "nav.html",
        lines=_lines(book),
        landmarks=landmarks,
        **shared,
    )


def _lines(book: Book) -> Markup:
    """Return the lists of contents: those of the one chapter, or every chapter with its own below it.

    Written by hand, since a collection has hundreds of lines and all else of it lies ready.
    """
    if len(book.chapters) == 1:
        folder, chapter = book.chapters[0]
        lines = _list(chapter.places, folder, book.language)
    else:
        lines = "".join(
            f'<li><a href="{folder}/{chapter.pages[0].entry.name}">{escape(chapter.title)}</a>\n'
            f"{_list(chapter.places, folder, book.language)}</li>\n"
            for folder, chapter in book.chapters
        )
        lines = f"<ol>\n{lines}</ol>\n"
    return Markup(lines)  # noqa: S704 - each piece of it is escaped


def _list(places: Sequence[Place], folder: str, around: Language) -> str:
    return f"<ol>\n{''.join(_line(place, folder, around) for place in places)}</ol>\n"


def _line(place: Place, folder: str, around: Language) -> str:
    said = spoken(place.language, around) if place.language is not around else ""
    below = f"\n{_list(place.below, folder, around)}" if place.below else ""
    return f'<li><a href="{folder}/{place.address}"{said}>{escape(place.words)}</a>{below}</li>\n'


def _package(book: Book, items: Sequence[_Item], inner: Sequence[File]) -> str:
    words = translator(book.language.code, "reader")
    names = {item.href: item.id for item in items}
    shown = ["cover.xhtml"] if book.cover else []
    first, *rest = (file.entry.name for file in inner)
    spine = [*shown, first, "nav.xhtml", *rest]
    visual = book.cover is not None or any(chapter.pictures for _, chapter in book.chapters)
    features = ["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability"]
    return filled(
        "package.html",
        about=book.about,
        certified_by=book.certified_by,
        features=[*features, "alternativeText"] if visual else features,
        identifier=book.identifier,
        items=items,
        language=book.language,
        modified=book.modified.isoformat(),
        spine=[names[name] for name in spine],
        summary=words.say(_SUMMARY),
        summary_language=in_package(words.language, book.language),
        title=book.title,
        visual=visual,
    )
