"""Several guides in one book: each as it is kept, behind a page with the title and one table of contents."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from studio.i18n.catalogues import translator
from studio.publish import sayings
from studio.publish.directions import isolated
from studio.publish.epub.book import Book, bound, identifier
from studio.publish.epub.chapter import XHTML, Chapter, File
from studio.publish.epub.xhtml import filled, spoken
from studio.publish.epub.zipped import packed
from studio.publish.frame import Frame


def collected(frame: Frame, name: str, chapters: Sequence[Chapter]) -> bytes:
    """Return the book of ``chapters``, of which ``frame`` tells title, house, days and editions.

    ``name`` is what the collection is called for all time; with its editions it gives the name of the book.
    """
    words = translator(frame.language.code, "reader")
    editions = " ".join(f"{one.copy_number}@{one.edition}" for one in frame.entries)
    told = [("creator", frame.site_name), ("publisher", frame.site_name), ("description", frame.intro)]
    book = Book(
        title=frame.title,
        language=frame.language,
        identifier=identifier(name, hashlib.sha256(editions.encode()).hexdigest(), plain=False),
        modified=max(filter(None, (*frame.checked, frame.published_on))),
        chapters=tuple((f"{number:02}", chapter) for number, chapter in enumerate(chapters, 1)),
        about=tuple((element, value) for element, value in told if value),
        certified_by=frame.site_name,
        practice=words.say(sayings.PRACTICE) if frame.practice else "",
        front=_front(frame),
    )
    return bound(book)


def _front(frame: Frame) -> File:
    words = translator(frame.language.code, "reader")
    page = filled(
        "collection.html",
        frame=frame,
        isolated=lambda text: isolated(text, frame.language),
        language=frame.language,
        ngettext=words.ngettext,
        practice=words.say(sayings.PRACTICE) if frame.practice else "",
        said=spoken(words.language, frame.language),
        title=frame.title,
    )
    return File(packed("title.xhtml", page.encode()), XHTML)
