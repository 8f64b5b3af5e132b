"""The one list of an edition's files: their kinds, names, media types and places; apart from what makes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from studio.core.locales import Language
from studio.publish.card_sizes import SIZES
from studio.publish.document import Document


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
    """Return the kinds of files that ``document`` has, in the order in which they are made."""
    return tuple(form.kind for form in FORMS if form.kept and form.fits(document.language))


_PDF: Final = "application/pdf"
FORMS: Final = (
    Form("pdf", "guide.pdf", _PDF),
    Form("plain_pdf", "notes-{n}.pdf", _PDF, quiet=True),
    *(Form(f"card_{size.name}", f"cards/{size.name}.png", "image/png") for size in SIZES),
    Form("pdf_front", "front.png", "image/png", kept=False),
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
