"""Cards for sharing a text: its title on the colour of the house, in four formats, as small PNG files."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from PIL import Image

from studio.core.locales import Language
from studio.i18n.catalogues import translator
from studio.publish.card_layout import Flow, fit
from studio.publish.card_sizes import SIZES, CardSize
from studio.publish.document import Document
from studio.publish.pango import Sheet, Style
from studio.publish.sayings import alt_text, checked, kind
from studio.theming.tokens import LIGHT, Palette

__all__ = ["SIZES", "CardSize", "alt_text", "draw_card"]

MOST_BYTES: Final = 40_000
_SHADES: Final = ((10, 6), (6, 4), (4, 3), (3, 2))
"""Shades between ground and ink above and in the strip: at most 16 in all, so that a pixel takes half a byte. A card
full of dense characters gets fewer, which nobody sees at its size, rather than a heavier file."""
_KICKER_INK, _SUMMARY_INK, _WATERMARK_INK = 0.86, 0.92, 0.13


def draw_card(document: Document, size: CardSize) -> bytes:
    """Return the card of ``document`` in the format ``size`` as a PNG file; the same document gives the same bytes."""
    sheet = Sheet(size.width, size.height, document.language)
    words = translator(document.language.code, "reader")
    if document.practice:
        word = words.gettext("Practice")
        sheet.slanted(word, Style(min(300, size.width * 3 // 2 // max(4, len(word))), bold=True), _WATERMARK_INK)
    _head(sheet, document, size, kind(document, words))
    _strip(sheet, document, size, checked(document, words))
    return _png(sheet, size, LIGHT, practice=document.practice)


def _head(sheet: Sheet, document: Document, size: CardSize, kicker: str) -> None:
    """Draw what the card is about, above the strip: kind, title, summary, in one column that never overlaps."""
    style = Style(size.small)
    extent = sheet.measure(kicker, style)
    _place(sheet, document.language, size, kicker, style, size.top, extent.width + 2, _KICKER_INK)
    begin = size.top + extent.height + size.margin // 3
    room = size.strip - size.margin // 2 - begin
    flow = fit(sheet, document.title, document.summary, document.language, size, room)
    _column(sheet, document.language, size, flow, begin + max(0, room - flow.height) * 2 // 5)


def _column(sheet: Sheet, language: Language, size: CardSize, flow: Flow, top: int) -> None:
    title = flow.title
    _place(sheet, language, size, title.text, title.style, top, title.width, 1.0)
    if flow.summary:
        below = top + title.extent.height + flow.gap
        _place(sheet, language, size, flow.summary.text, flow.summary.style, below, flow.summary.width, _SUMMARY_INK)


def _place(
    sheet: Sheet, language: Language, size: CardSize, text: str, style: Style, top: int, width: int, ink: float
) -> None:
    x = size.width - size.margin - width if language.rtl else size.margin
    sheet.draw(text, style, (x, top), width, ink)


def _strip(sheet: Sheet, document: Document, size: CardSize, sentence: str) -> None:
    """Draw the house and who checked the text, side by side where both fit on one line, else below each other."""
    name, said = Style(size.small, bold=True), Style(size.small)
    wide = [sheet.measure(text, style) for text, style in ((document.site_name, name), (sentence, said))]
    below = size.height - size.strip if size.name != "tall" else 220
    beside = wide[0].width + wide[1].width + size.margin <= size.inner
    if beside:
        top = size.strip + (below - wide[0].height) // 2
        other = size.margin if document.language.rtl else size.width - size.margin - wide[1].width
        _place(sheet, document.language, size, document.site_name, name, top, wide[0].width + 2, 1.0)
        sheet.draw(sentence, said, (other, top), wide[1].width + 2, _KICKER_INK)
        return
    lines = sheet.measure(sentence, said, size.inner)
    top = size.strip + (below - wide[0].height - lines.height) // 2
    _place(sheet, document.language, size, document.site_name, name, top, min(size.inner, wide[0].width + 2), 1.0)
    _place(sheet, document.language, size, sentence, said, top + wide[0].height, size.inner, _KICKER_INK)


def _png(sheet: Sheet, size: CardSize, palette: Palette, *, practice: bool) -> bytes:
    """Return the sheet as a palette picture: ink on the accent above, ink on paper in the strip."""
    data, stride = sheet.mask
    ink = Image.frombuffer("L", (size.width, size.height), data, "raw", "L", stride, 1)
    content = b""
    for shades in _SHADES:
        content = _encoded(ink, size, palette, shades, practice=practice)
        if len(content) <= MOST_BYTES:
            break
    return content


def _encoded(ink: Image.Image, size: CardSize, palette: Palette, shades: tuple[int, int], *, practice: bool) -> bytes:
    card = Image.new("P", (size.width, size.height))
    grounds = (palette.accent, palette.caution if practice else palette.paper)
    inks = (palette.on_accent, palette.ink)
    colours = [_ramp(*pair) for pair in zip(grounds, inks, shades, strict=True)]
    card.putpalette([*colours[0], *colours[1]])
    for number, (top, bottom) in enumerate(((0, size.strip), (size.strip, size.height))):
        first, last = sum(shades[:number]), shades[number] - 1
        table = [first + round(level * last / 255) for level in range(256)]
        card.paste(ink.crop((0, top, size.width, bottom)).point(table), (0, top))
    target = BytesIO()
    card.save(target, "PNG", bits=4, compress_level=8)
    return target.getvalue()


def _ramp(ground: str, ink: str, shades: int) -> list[int]:
    low, high = (tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5)) for colour in (ground, ink))
    last = shades - 1
    return [round(a + (b - a) * step / last) for step in range(shades) for a, b in zip(low, high, strict=True)]
