"""The page that becomes a PDF, as HTML: a published text with its cover, contents and origin."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, Final

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from studio.core.locales import Language
from studio.i18n import formats
from studio.i18n.catalogues import Translator, translator
from studio.publish import sayings
from studio.publish.card_layout import fit
from studio.publish.card_sizes import CardSize
from studio.publish.directions import isolated
from studio.publish.document import Document
from studio.publish.pages import overdue
from studio.publish.pages.words import RECHECK_DUE
from studio.publish.pango import Sheet
from studio.publish.pdf_css import FOLDER
from studio.publish.pdf_forms import PdfForm
from studio.publish.phrases import glued, unbroken
from studio.rendering import bidi

_DEEP, _LONG = 3, 12
_PER_MM: Final = 10
_POINTS_PER_MM: Final = 72 / 25.4
_AIR: Final = 1.02
_COLUMN: Final = 1160
_HEAD: Final = 56
"""Letters in the head of a page."""
_COVER: Final = CardSize("cover", 1480, 620, margin=172, top=0, strip=620, largest=112, small=30)
"""The title's room on a cover of A5, ten units a millimetre."""


@cache
def environment() -> Environment:
    """Return what fills the templates of PDFs."""
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(document: Document, form: PdfForm) -> str:
    """Return the whole HTML of ``document``; a plain form keeps its topic and the house out of everything outside."""
    words = translator(document.language.code, "reader")
    plain = form.plain
    title = document.neutral_title if plain else document.title
    contents = [heading for heading in document.body.outline if heading.level <= _DEEP and not form.chapter]
    named = document.base_url and not plain and not form.chapter
    check = f"{document.base_url}/check/{document.copy_number}" if named else ""
    notes = formats.joined(document.content_notes, document.language.code) if document.content_notes else ""
    values: dict[str, Any] = {
        "_": words.gettext,
        "apart": plain or len(contents) > _LONG,
        "aligned": lambda text: aligned(text, document.language),
        "body": Markup(overdue.told(document, words)),  # noqa: S704 - safe by contract: rendering made it
        "changelog": document.changelog,
        "chapter": form.chapter,
        "check_address": check,
        "checked": sayings.checked(document, words),
        "contents": contents if len(contents) > 1 else [],
        "copy_number": document.copy_number,
        "author": sayings.author(document),
        "credit": isolated(document.credit, words.language),
        "checkers": isolated(formats.joined(document.checkers, words.language.code), words.language),
        "dir": document.language.direction,
        "edition": sayings.edition(document, words),
        "head": head(title, document.language),
        "isolated": lambda text: isolated(text, document.language),
        "kicker": " · ".join([sayings.kind(document, words), *document.topics]),
        "label": "" if sayings.checked(document, words) == document.label_words else document.label_words,
        "lang": document.language.code,
        "licence": document.licence,
        "modified": document.checked_on.isoformat(),
        "corrected": sayings.corrected(document, words),
        "due": words.say(RECHECK_DUE) if document.overdue else "",
        "notes": notes,
        "phrased": lambda text: phrased(text, document.language),
        "plain": plain,
        "published": document.published_on.isoformat(),
        "qr": qr(check, words) if check else "",
        "said": said(document.language, words),
        "safety_line": document.safety_line,
        "safety_label": document.label_words if document.safety_line else "",
        "site_name": document.site_name,
        "fitted": "" if form.chapter else fitted(title, document.language, form),
        "sources": document.sources,
        "summary": document.summary,
        "title": title,
    }
    return environment().get_template("guide.html").render(values)


def said(language: Language, words: Translator) -> Markup:
    """Return the attributes of a sentence of our own where its language is not that of the text."""
    if words.language == language:
        return Markup()
    return Markup(' lang="{}" dir="{}"').format(words.language.code, words.language.direction)


def phrased(text: str, language: Language) -> Markup:
    """Return a title whose lines end between phrases, with numbers and foreign words in their own direction."""
    return isolated(text, language) if language.rtl else escape(glued(text, language))


def aligned(text: str, language: Language) -> str:
    """Return a title as ``phrased``, without elements: for links and running heads, which must not hold any."""
    return bidi.isolate_plain(text, language) if language.rtl else glued(text, language)


def head(title: str, language: Language) -> str:
    """Return a title for the head of each page, cut where it would not fit into one line."""
    most = _HEAD // 2 if language.ideographic else _HEAD
    if len(title) <= most:
        return aligned(title, language)
    pieces, kept = unbroken(title, language), ""
    for piece in pieces:
        if len(kept + piece) > most:
            break
        kept += piece
    return aligned((kept or title[:most]).rstrip(" ,.:;、，：") + "…", language)


def fitted(title: str, language: Language, form: PdfForm) -> str:
    """Return size and width of a cover's title as CSS, so that no word is cut and its lines are alike."""
    sheet = Sheet(1, 1, language)
    flow = fit(sheet, title, "", language, _COVER, _COVER.height)
    size = flow.title.style.size * form.paper / _PER_MM * _POINTS_PER_MM
    width = min(flow.title.width * _AIR, _COLUMN) * form.paper / _PER_MM
    return f"font-size:{size:.1f}pt;width:{width:.1f}mm"


def qr(address: str, words: Translator) -> Markup:
    """Return a picture that leads a telephone to ``address``."""
    return _code(address, words.gettext("Code to scan: {address}", address=address))


@lru_cache(maxsize=8)
def _code(address: str, title: str) -> Markup:
    """Return the picture; the forms of one edition have it in common."""
    code = segno.make(address, error="m", micro=False)
    return Markup(code.svg_inline(border=2, omitsize=True, title=title))  # noqa: S704 - the library escapes the title
