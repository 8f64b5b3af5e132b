"""The one list of an edition's files: their kinds, names, media types and places; apart from what makes them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from studio.core.locales import Language
from studio.guides.rules.consent import Scope
from studio.publish.card_sizes import SIZES
from studio.publish.document import Document
from studio.publish.slides import MOST, cards_of, kind_of

PDF: Final = "application/pdf"
EPUB: Final = "application/epub+zip"
TEXT: Final = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file that an edition has.

    ``name`` is the file's name below the address of its text, ``{n}`` in it the edition's number. A ``quiet`` one lies
    below the address that tells nothing, so its name may tell nothing either. ``preview`` says that it can be looked at
    before there is an edition.
    """

    kind: str
    name: str
    media_type: str
    quiet: bool = False
    preview: bool = True
    ideographic: bool = False
    """Only texts in Japanese and Chinese have it."""
    place: int = 0
    """Of a card: its place in the row; texts with fewer passages marked for cards do not have it."""
    kept: bool = True
    """Whether editions have it; what is not kept is drawn for whoever looks at everything before publishing."""

    @property
    def ending(self) -> str:
        """What its name ends in, without the dot."""
        return self.name.rpartition(".")[2]

    @property
    def alone(self) -> str:
        """Its name where there are no editions."""
        return self.name.replace("-{n}", "")

    @property
    def needs(self) -> Scope | None:
        """What a story's teller must have agreed to: cards for pictures and what holds them, files for all others."""
        if self.media_type.startswith("font/"):
            return None
        posted = self.kept and self.media_type in ("image/png", "application/zip")
        return Scope.CARDS if posted else Scope.FILES

    def file(self, edition: int) -> str:
        """Return the file's name for the edition with this number."""
        return self.name.format(n=edition)

    def address(self, document: Document) -> str:
        """Return where readers of ``document`` find the file, a path inside the house."""
        return (document.quiet_path if self.quiet else document.path) + self.file(document.edition)

    def fits(self, language: Language) -> bool:
        """Whether a text in ``language`` has this file."""
        return language.ideographic or not self.ideographic


def kinds_for(document: Document) -> tuple[str, ...]:
    """Return the kinds of files that ``document`` has, in the order in which they are made.

    Of a story, those alone that its teller agreed to.
    """
    cards = len(cards_of(document))
    fitting = (form for form in FORMS if form.kept and form.fits(document.language) and form.place <= cards)
    return tuple(form.kind for form in fitting if is_allowed(form.kind, document.scope))


def is_allowed(kind: str, scope: Collection[Scope] | None) -> bool:
    """Whether a file of ``kind`` may be made; a ``scope`` of None is that of texts that need nobody's consent.

    What is not in the list belongs to the page.
    """
    needed = BY_KIND[kind].needs if kind in BY_KIND else None
    return scope is None or needed is None or needed in scope


def _cards() -> Iterator[Form]:
    """Yield the card of the title, then those of the places behind it, each in every size."""
    for place in range(1, MOST + 1):
        for size in SIZES:
            name = size.name if place == 1 else f"{place:02d}-{size.name}"
            yield Form(kind_of(place, size.name), f"cards/{name}.png", "image/png", place=place)


FORMS: Final = (
    Form("pdf", "guide.pdf", PDF),
    Form("large_pdf", "large-print.pdf", PDF),
    Form("easy_pdf", "easy-reading.pdf", PDF),
    Form("plain_pdf", "notes-{n}.pdf", PDF, quiet=True),
    *_cards(),
    Form("pdf_front", "front.png", "image/png", kept=False),
    Form("kit", "share-kit.zip", "application/zip", preview=False),
    Form("epub", "guide.epub", EPUB),
    Form("plain_epub", "notes-{n}.epub", EPUB, quiet=True),
    Form("text", "guide.txt", TEXT),
    Form("plain_text", "notes-{n}.txt", TEXT, quiet=True),
    Form("web_font", "type.woff2", "font/woff2", preview=False, ideographic=True),
)
"""In the order in which they are made."""
BY_KIND: Final = {form.kind: form for form in FORMS}
PREVIEWED: Final = tuple(form.kind for form in FORMS if form.preview)
BY_NAME: Final = {form.name: form for form in FORMS if form.kept}
OPEN: Final = {name: form for name, form in BY_NAME.items() if not form.quiet}
"""The files below a text's own address, by their names."""
QUIET_ENDINGS: Final = {form.ending: form for form in BY_NAME.values() if form.quiet}
"""The files below the address that tells nothing, which are all called ``notes-{n}``, by what their names end in."""
TYPE_SHEET: Final = "type.css"
"""The style sheet with the face cut for one Japanese or Chinese text, beside its page under either address."""
PAGES: Final = ("page", "quiet_page", "cards_page")
"""Kinds of the pages that are kept with a build; the last one only where it has cards."""
