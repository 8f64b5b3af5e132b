"""What a collection's PDF has beside its chapters: cover, heads of its lists, an empty page, digits of page numbers."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from studio.i18n import formats
from studio.i18n.catalogues import Translator, translator
from studio.publish import sayings
from studio.publish.frame import Frame
from studio.publish.glyphs import require_drawn
from studio.publish.pdf import lay_out
from studio.publish.pdf_forms import CHAPTER
from studio.publish.pdf_html import environment, fitted, head, phrased, qr, said

DAY: Final = date(2000, 1, 1)
"""The day that such a part tells that it is of, until the whole is put together: it is kept longer than its day."""


def render_frame(frame: Frame) -> bytes:
    """Return one part of a collection as PDF. Raise Invalid where a character of it has no glyph."""
    require_drawn(frame.words, frame.language.code)
    html = _page(frame)
    return lay_out(
        html,
        frame.language,
        CHAPTER,
        practice=frame.practice and frame.part != "folios",
        base_url=frame.base_url,
        media=_nothing,
        mark=frame.part,
    )


def _nothing(sha: str) -> bytes:
    raise KeyError(sha)


def _page(frame: Frame) -> str:
    language = frame.language
    words = translator(language.code, "reader")
    address = f"{frame.base_url}{frame.path}" if frame.base_url else ""
    values: dict[str, Any] = {
        "_": words.gettext,
        "address": address,
        "checked": _checked(frame, words),
        "day": DAY,
        "dir": language.direction,
        "fitted": fitted(frame.title, language, CHAPTER) if frame.part == "around" else "",
        "frame": frame,
        "head": head(frame.title, language),
        "kicker": words.ngettext("Collection of {n} guide", "Collection of {n} guides", frame.guides),
        "lang": language.code,
        "phrased": lambda text: phrased(text, language),
        "qr": qr(address, words) if address else "",
        "said": said(language, words),
    }
    return environment().get_template("collection.html").render(values)


def _checked(frame: Frame, words: Translator) -> str:
    """Return in which months the chapters were checked last, oldest and newest."""
    if frame.practice:
        return words.say(sayings.PRACTICE)
    if not frame.checked:
        return ""
    first, last = (formats.month(day, words.language.code) for day in frame.checked)
    if first == last:
        return words.gettext("Each guide was last checked in {month}", month=first)
    return words.gettext("Each guide was last checked between {first} and {last}", first=first, last=last)
