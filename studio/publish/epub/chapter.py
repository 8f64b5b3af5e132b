"""One published text as the files of a book, apart from the book around them, so that several books can hold it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from studio.core.locales import Language
from studio.i18n import formats
from studio.i18n.catalogues import Translator, translator
from studio.publish import sayings
from studio.publish.directions import isolated
from studio.publish.document import Document
from studio.publish.epub.parts import Part, Text, parts_of
from studio.publish.epub.xhtml import filled, spoken
from studio.publish.epub.zipped import Entry, packed
from studio.publish.pages import overdue
from studio.publish.pages.segments import with_addresses
from studio.publish.pages.words import RECHECK_DUE
from studio.rendering.rendered import Heading

Media = Callable[[str], bytes]
PICTURES: Final = "images"
"""Folder of the pictures, beside that of the text, so that two texts may show the same one."""
_PNG: Final = b"\x89PNG"
_DEEPEST: Final = 3
XHTML: Final = "application/xhtml+xml"


@dataclass(frozen=True, slots=True)
class File:
    """A file of a book: its bytes as packed, its media type, what the list of contents calls it, what is in it."""

    entry: Entry
    media_type: str
    properties: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A line in the list of contents: its words, the file and place it leads to, and the lines below it."""

    words: str
    address: str
    language: Language
    below: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A text's files in reading order, its pictures, and its lines in the list of contents."""

    title: str
    language: Language
    pages: tuple[File, ...]
    pictures: tuple[File, ...]
    places: tuple[Place, ...]
    begins: str
    """The file with which the text itself begins."""


def chapter_of(document: Document, *, plain: bool, media: Media) -> Chapter:
    """Return the chapter of ``document``; ``plain`` names neither house nor topic outside the text itself.

    Raise Invalid where its HTML is not what rendering makes.
    """
    pictures = dict[str, File]()

    def picture(sha: str) -> str:
        if sha not in pictures:
            pictures[sha] = _picture(sha, media(sha))
        return f"../{pictures[sha].entry.name}"

    body = overdue.told(document, translator(document.language.code, "reader"))
    text = parts_of(body, "" if plain else document.base_url, picture)
    writer = _Writer(document, plain=plain)
    before, after = [*writer.before()], writer.about()
    pages = [writer.front(), *before, *(writer.part(part) for part in text.parts), after]
    places = [
        *(Place(writer.say("Before you read"), one.entry.name, writer.words.language) for one in before),
        *_outline(document, text),
        Place(writer.say("About this text"), after.entry.name, writer.words.language),
    ]
    return Chapter(
        title=writer.title,
        language=document.language,
        pages=tuple(pages),
        pictures=tuple(pictures.values()),
        places=tuple(places),
        begins=text.parts[0].name,
    )


def _picture(sha: str, content: bytes) -> File:
    kind = "png" if content.startswith(_PNG) else "jpeg"
    name = f"{PICTURES}/{sha[:16]}.{'png' if kind == 'png' else 'jpg'}"
    return File(packed(name, content, small=True), f"image/{kind}")


def _outline(document: Document, text: Text) -> Iterator[Place]:
    """Yield the headings of the text, those of the second level below those of the first."""
    headings = [one for one in document.body.outline if one.level <= _DEEPEST]
    if not headings:
        yield Place(document.title, text.parts[0].name, document.language)
    while headings:
        first = headings.pop(0)
        below = list[Heading]()
        while headings and headings[0].level > first.level:
            below.append(headings.pop(0))
        lower = (Place(one.text, text.places[one.id], document.language) for one in below)
        yield Place(first.text, text.places[first.id], document.language, tuple(lower))


class _Writer:
    """Writes the pages of one text."""

    def __init__(self, document: Document, *, plain: bool) -> None:
        self.document, self.plain = document, plain
        self.words: Translator = translator(document.language.code, "reader")
        self.title = document.neutral_title if plain else document.title

    def say(self, sentence: str) -> str:
        """Return a sentence of our own in the language of the text, or in English."""
        return self.words.gettext(sentence)

    def front(self) -> File:
        """Return the page with the title; of a plain one, with nothing else."""
        document = self.document
        kicker = " · ".join([sayings.kind(document, self.words), *document.topics])
        return self._page("title.xhtml", "front.html", kicker=kicker, summary=document.summary)

    def before(self) -> Iterator[File]:
        """Yield the page with what should be known before the text, if there is anything."""
        document = self.document
        due = self.words.say(RECHECK_DUE) if document.overdue else ""
        if document.content_notes or document.safety_line or due:
            notes = formats.joined(document.content_notes, document.language.code) if document.content_notes else ""
            yield self._page("before.xhtml", "before.html", notes=notes, safety_line=document.safety_line, due=due)

    def part(self, part: Part) -> File:
        """Return one file of the text."""
        body = Markup(part.whole())  # noqa: S704 - written by ourselves from what rendering made
        return self._page(part.name, "part.html", "svg" if part.drawn else "", body=body)

    def about(self) -> File:
        """Return the page that says where the text comes from, and whether a copy is current."""
        document = self.document
        check = f"{document.base_url}/check/{document.copy_number}" if document.base_url and not self.plain else ""
        return self._page("about.xhtml", "about.html", check_address=check)

    def _page(self, name: str, template: str, properties: str = "", **more: Any) -> File:  # noqa: ANN401 - as above
        document, words = self.document, self.words
        checked = sayings.checked(document, words)
        content = filled(
            template,
            _=words.gettext,
            checked=checked,
            corrected=sayings.corrected(document, words),
            checkers=isolated(formats.joined(document.checkers, words.language.code), words.language),
            credit=isolated(document.credit, words.language),
            document=document,
            edition=sayings.edition(document, words),
            isolated=lambda text: isolated(text, document.language),
            label="" if checked == document.label_words else document.label_words,
            language=document.language,
            plain=self.plain,
            practice=words.say(sayings.PRACTICE) if document.practice else "",
            said=spoken(words.language, document.language),
            title=self.title,
            with_addresses=with_addresses,
            **more,
        )
        return File(packed(name, content.encode()), XHTML, properties)
