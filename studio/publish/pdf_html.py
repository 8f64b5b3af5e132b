"""The page that becomes a PDF, as HTML: a published text with its cover, contents and origin."""

from __future__ import annotations

from functools import cache
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
from studio.publish.document import Document
from studio.publish.pango import Sheet
from studio.publish.pdf_css import FOLDER
from studio.publish.phrases import glued
from studio.rendering import bidi

_DEEP, _LONG = 3, 12
_PER_MM: Final = 10
_POINTS_PER_MM: Final = 72 / 25.4
_AIR: Final = 1.02
_COLUMN: Final = 1160
_COVER: Final = CardSize("cover", 1480, 620, margin=172, top=0, strip=620, largest=112, small=30)
"""The title's room on a cover of A5, ten units a millimetre."""


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(document: Document, *, plain: bool) -> str:
    """Return the whole HTML of ``document``; ``plain`` keeps its topic and the house out of everything outside."""
    words = translator(document.language.code, "reader")
    title = document.neutral_title if plain else document.title
    contents = [heading for heading in document.body.outline if heading.level <= _DEEP]
    check = f"{document.base_url}/check/{document.copy_number}" if document.base_url and not plain else ""
    notes = formats.joined(document.content_notes, document.language.code) if document.content_notes else ""
    values: dict[str, Any] = {
        "_": words.gettext,
        "apart": plain or len(contents) > _LONG,
        "body": Markup(document.body.html),  # noqa: S704 - safe by contract: rendering made it
        "changelog": document.changelog,
        "check_address": check,
        "checked": sayings.checked(document, words),
        "contents": contents if len(contents) > 1 else [],
        "copy_number": document.copy_number,
        "author": sayings.author(document),
        "credit": _isolated(document.credit, words.language),
        "checkers": _isolated(formats.joined(document.checkers, words.language.code), words.language),
        "dir": document.language.direction,
        "edition": sayings.edition(document, words),
        "isolated": lambda text: _isolated(text, document.language),
        "kicker": " · ".join([sayings.kind(document, words), *document.topics]),
        "label": "" if sayings.checked(document, words) == document.label_words else document.label_words,
        "lang": document.language.code,
        "licence": document.licence,
        "modified": document.checked_on.isoformat(),
        "notes": notes,
        "phrased": lambda text: _phrased(text, document),
        "plain": plain,
        "published": document.published_on.isoformat(),
        "qr": _qr(check, words) if check else "",
        "said": _said(document, words),
        "safety_line": document.safety_line,
        "safety_label": document.label_words if document.safety_line else "",
        "site_name": document.site_name,
        "fitted": _fitted(title, document),
        "sources": document.sources,
        "summary": document.summary,
        "title": title,
    }
    return _environment().get_template("guide.html").render(values)


def _said(document: Document, words: Translator) -> Markup:
    """Return the attributes of a sentence of our own where its language is not that of the text."""
    if words.language == document.language:
        return Markup()
    return Markup(' lang="{}" dir="{}"').format(words.language.code, words.language.direction)


def _isolated(text: str, spoken: Language) -> Markup:
    """Return ``text`` with each number, address and foreign word kept in its own direction."""
    parts, end = [], 0
    for run in bidi.runs(text, spoken):
        parts.append(escape(text[end : run.start]))
        parts.append(Markup('<bdi dir="{}">{}</bdi>').format(run.direction, text[run.start : run.end]))
        end = run.end
    return Markup().join([*parts, escape(text[end:])])


def _phrased(text: str, document: Document) -> Markup:
    if document.language.rtl:
        return _isolated(text, document.language)
    return escape(glued(text, document.language))


def _fitted(title: str, document: Document) -> str:
    """Return size and width of the cover's title, so that no word is cut and its lines are alike."""
    sheet = Sheet(1, 1, document.language)
    flow = fit(sheet, title, "", document.language, _COVER, _COVER.height)
    size = flow.title.style.size / _PER_MM * _POINTS_PER_MM
    width = min(flow.title.width * _AIR, _COLUMN) / _PER_MM
    return f"font-size:{size:.1f}pt;width:{width:.1f}mm"


def _qr(address: str, words: Translator) -> Markup:
    code = segno.make(address, error="m", micro=False)
    title = words.gettext("Code to scan: {address}", address=address)
    return Markup(code.svg_inline(border=2, omitsize=True, title=title))  # noqa: S704 - the library escapes the title
