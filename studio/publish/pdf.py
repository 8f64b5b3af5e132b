"""PDF files of a published text, by WeasyPrint: tagged (PDF/UA-1), archival (PDF/A-2a), the same bytes each time."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from importlib.resources import files
from io import BytesIO
from typing import Any, Final

from weasyprint import CSS, HTML
from weasyprint.css import ColorProfile
from weasyprint.layout import inline
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse, URLFetchingError

from studio.core.errors import TooLarge
from studio.core.locales import Language
from studio.core.words import N_
from studio.i18n.catalogues import translator
from studio.publish.document import Document
from studio.publish.glyphs import no_glyph, require_glyphs
from studio.publish.pdf_contents import number
from studio.publish.pdf_css import GREY, WATERMARKS, style_sheet
from studio.publish.pdf_forms import PdfForm
from studio.publish.pdf_html import page
from studio.publish.pdf_lines import fill_lines
from studio.publish.pdf_strips import cut
from studio.publish.pdf_tree import prepare
from studio.publish.pdf_ua import declare
from studio.publish.sayings import PRACTICE
from studio.publish.typefaces import use_own_fonts
from studio.publish.watermark import watermark

Media = Callable[[str], bytes]
_LOG: Final = logging.getLogger("weasyprint")
_SHA256: Final = 64
_COLOURS: Final = "house"
_STANDARD: Final = {"pdf_variant": "pdf/a-2a", "output_intent": _COLOURS}


class OwnMedia(URLFetcher):  # type: ignore[misc]  # the library has no types
    """Fetches images of the house by their hash and nothing else: no file, no network, no redirect."""

    def __init__(self, media: Media, backdrops: dict[str, bytes]) -> None:
        """Read images through ``media``; ``backdrops`` are the watermark's pictures by address."""
        super().__init__(allowed_protocols=[], allow_redirects=False)
        self._media = media
        self._backdrops = backdrops

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002 - given by the library
        """Return the image behind ``media:<sha256>``; anything else is refused."""
        if url in self._backdrops:
            return URLFetcherResponse(url, self._backdrops[url], {"Content-Type": "image/svg+xml"})
        scheme, _, name = url.partition(":")
        if scheme == "media" and len(name) == _SHA256 and name.isalnum():
            return URLFetcherResponse(url, self._media(name))
        raise URLFetchingError(f"{scheme} is not read while a PDF is made")


def render_pdf(document: Document, form: PdfForm, *, media: Media) -> bytes:
    """Return the PDF of ``document`` in ``form``; outside a plain one's text nothing tells what it is about.

    ``media`` gives the bytes of an image by its SHA-256. Raise Invalid where a character has no glyph, TooLarge where
    the text is nested too deeply.
    """
    require_glyphs(document)
    return lay_out(
        page(document, form),
        document.language,
        form,
        practice=document.practice,
        base_url="" if form.plain else document.base_url,
        media=media,
        mark=document.copy_number,
    )


def lay_out(
    source: str, language: Language, form: PdfForm, *, practice: bool, base_url: str, media: Media, mark: str
) -> bytes:
    """Return the page ``source`` as PDF; ``mark`` tells its parts from those of files that it is put together with.

    Raise Invalid where a character was drawn as an empty box, TooLarge where something is nested too deeply.
    """
    words = translator(language.code, "reader")
    band = words.say(PRACTICE) if practice else ""
    backdrops = {
        address: watermark(words.gettext("Practice"), language, GREY if form.plain else colour)
        for address, colour in WATERMARKS.items()
        if practice
    }
    try:
        html = HTML(string=source, url_fetcher=OwnMedia(media, backdrops))
        prepare(html.etree_element, language, base_url, form)
        with _complete_glyphs():
            laid = html.render(
                stylesheets=[_css(language, form, band)],
                font_config=_fonts(),
                color_profiles={_COLOURS: _Srgb()},
                **_STANDARD,
            )
            number(laid.pages, rtl=language.rtl)
            if form.chapter:
                cut(laid.pages)
            pdf: bytes = laid.write_pdf(finisher=partial(declare, language=language, mark=mark), **_STANDARD)
    except RecursionError:
        raise TooLarge(N_("Lists, quotes or boxes are nested too deeply to be printed. Please flatten them.")) from None
    return pdf


@cache
def _fonts() -> Any:  # noqa: ANN401 - the library has no types
    use_own_fonts()
    fill_lines(inline)
    return FontConfiguration()


class _Srgb(ColorProfile):  # type: ignore[misc]  # the library has no types
    """The colour profile that PDF/A asks for, from memory.

    The library leaves its file open each time, and its own copy changes once its name has been asked for.
    """

    content = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()

    def __init__(self) -> None:
        super().__init__(BytesIO(self.content), "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))


@cache
def _css(language: Language, form: PdfForm, practice: str) -> Any:  # noqa: ANN401 - as above
    return CSS(string=style_sheet(language, form, practice=practice), font_config=_fonts())


@contextmanager
def _complete_glyphs() -> Iterator[None]:
    """Refuse afterwards when a character was drawn as an empty box."""
    missing = _Missing()
    _LOG.addHandler(missing)
    try:
        yield
    finally:
        _LOG.removeHandler(missing)
    if missing.characters:
        raise no_glyph(missing.characters)


class _Missing(logging.Handler):
    """Collects the characters that the layout had no glyph for."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.characters: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith(".notdef") and isinstance(record.args, tuple):
            self.characters[str(record.args[0])] = None
