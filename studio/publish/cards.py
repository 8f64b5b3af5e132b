"""Cards for sharing a text: its title, and the passages that its writer marked, in four formats as small PNG files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from studio.core.errors import Invalid
from studio.core.locales import Language
from studio.core.words import N_
from studio.i18n.catalogues import translator
from studio.publish.card_inks import MOST_BYTES, Inked, inked
from studio.publish.card_layout import Placed, fit
from studio.publish.card_sizes import SIZES, CardSize
from studio.publish.card_stack import READABLE, SMALLEST, Part, Stack, paragraphs, stacked
from studio.publish.document import Document
from studio.publish.pango import Sheet, Style
from studio.publish.phrases import whole_numbers
from studio.publish.sayings import alt_text, checked, kind
from studio.publish.slides import MOST, TOO_LONG, Slide, cards_of
from studio.rendering.bidi import isolate_plain
from studio.theming.accent import accent

__all__ = ["SIZES", "CardSize", "alt_text", "draw_card", "drawn"]

_KICKER_INK, _SUMMARY_INK, _WATERMARK_INK = 0.86, 0.92, 0.13
_ATTEMPTS, _LIGHTER = 3, 0.94
_KICKER_LINES: Final = 2
_BAR: Final = 10
_FIGURES: Final = (2.2, 1.5, 1.15)
"""How large a number stands above its words, the first that leaves them readable."""
_LARGEST_WORDS: Final = 0.72
"""Of the size of a title: a sentence of three words need not shout."""


def draw_card(document: Document, size: CardSize, place: int = 1) -> bytes:
    """Return the card of ``document`` at ``place`` in the format ``size`` as a PNG file, in the light look.

    The same document gives the same bytes. Raise Invalid where its words cannot be drawn.
    """
    return _drawn(document, cards_of(document)[place - 1], size).light


@lru_cache(maxsize=4 * MOST)
def drawn(document: Document, place: int, size: CardSize) -> Inked:
    """Return a card that is drawn once for all looks, however often it is asked for."""
    return _drawn(document, cards_of(document)[place - 1], size)


def _drawn(document: Document, slide: Slide, size: CardSize) -> Inked:
    """Return a card, in smaller letters where large ones make too heavy a file: many dense characters do."""
    made, used = _attempt(document, slide, size)
    for _ in range(_ATTEMPTS):
        if len(made.light) <= MOST_BYTES or document.practice:
            break
        size = replace(size, largest=int(size.largest * used * _LIGHTER * MOST_BYTES / len(made.light)))
        made, used = _attempt(document, slide, size)
    return made


def _attempt(document: Document, slide: Slide, size: CardSize) -> tuple[Inked, float]:
    """Return a card, and how large its letters are, in units of the largest that it may have."""
    sheet = Sheet(size.width, size.height, document.language)
    words = translator(document.language.code, "reader")
    if document.practice:
        word = words.gettext("Practice")
        sheet.slanted(word, Style(min(300, size.width * 3 // 2 // max(4, len(word))), bold=True), _WATERMARK_INK)
    if slide.sort == "title":
        used = _title(sheet, document, size, kind(document, words))
    else:
        used = _passage(sheet, document, size, slide)
    _strip(sheet, document, size, checked(document, words))
    made = inked(
        sheet.mask,
        (size.width, size.height),
        size.strip,
        accent(document.accent),
        cover=slide.sort in ("title", "where"),
        practice=document.practice,
    )
    return made, used


def _title(sheet: Sheet, document: Document, size: CardSize, kicker: str) -> float:
    """Draw what the text is about, above the strip: kind, title, summary, in one column that never overlaps."""
    style = Style(size.small)
    extent = sheet.measure(kicker, style)
    _place(sheet, document.language, size, kicker, style, size.top, extent.width + 2, _KICKER_INK)
    begin = size.top + extent.height + size.margin // 3
    room = size.strip - size.margin // 2 - begin
    flow = fit(sheet, document.title, document.summary, document.language, size, room)
    top = begin + max(0, room - flow.height) * 2 // 5
    _place(sheet, document.language, size, flow.title.text, flow.title.style, top, flow.title.width, 1.0)
    if flow.summary:
        below = top + flow.title.extent.height + flow.gap
        _place(
            sheet,
            document.language,
            size,
            flow.summary.text,
            flow.summary.style,
            below,
            flow.summary.width,
            _SUMMARY_INK,
        )
    return flow.title.style.size / size.largest


def _passage(sheet: Sheet, document: Document, size: CardSize, slide: Slide) -> float:
    """Draw a passage under the title of its text, which says what it is a part of."""
    title = None if slide.sort == "where" else _kicker(sheet, document, size)
    if title:
        _place(sheet, document.language, size, title.text, title.style, size.top, title.width, 1.0)
    stack = words_of(sheet, document, size, slide)
    begin, aside = _begin(title, size), _aside(slide, size)
    top = begin + max(0, size.strip - size.margin // 2 - begin - stack.height) * 2 // 5
    if aside:
        x = size.width - size.margin - _BAR if document.language.rtl else size.margin
        sheet.box(x, top, _BAR, stack.height)
    for one, gap in zip(stack.placed, stack.gaps, strict=True):
        top += gap
        _place(sheet, document.language, size, one.text, one.style, top, one.width, 1.0, aside)
        top += one.extent.height
    return stack.size / stack.most


def _begin(title: Placed | None, size: CardSize) -> int:
    """Return where the room below the title of the text begins."""
    return size.top + (title.extent.height + size.margin // 2 if title else 0)


def _aside(slide: Slide, size: CardSize) -> int:
    """Return the room that the bar beside a quote takes."""
    return size.margin // 2 if slide.sort == "quote" else 0


def _kicker(sheet: Sheet, document: Document, size: CardSize) -> Placed:
    """Return the title, small and in two lines at most."""
    style = Style(size.small)
    title = _cut(sheet, whole_numbers(isolate_plain(document.title, document.language)), style, size.inner)
    width = sheet.balanced_width(title, style, size.inner)
    return Placed(title, style, width, sheet.measure(title, style, width))


def _cut(sheet: Sheet, title: str, style: Style, width: int) -> str:
    """Return as many words of a title as two lines hold; it stands whole on the first card."""
    if sheet.measure(title, style, width).lines <= _KICKER_LINES:
        return title
    low, high = 1, len(title)
    while low < high:
        middle = (low + high + 1) // 2
        fits = sheet.measure(title[:middle].rstrip() + "…", style, width).lines <= _KICKER_LINES
        low, high = (middle, high) if fits else (low, middle - 1)
    return title[:low].rstrip() + "…"


def words_of(sheet: Sheet, document: Document, size: CardSize, slide: Slide) -> Stack:
    """Return the words of a card as large as they can be; raise Invalid where they cannot be drawn."""
    best = None
    title = None if slide.sort == "where" else _kicker(sheet, document, size)
    width, height = size.inner - _aside(slide, size), size.strip - size.margin // 2 - _begin(title, size)
    for parts, largest, least in _settings(document, size, slide):
        stack = stacked(sheet, parts, document.language, width, height, max(least, largest), least)
        if stack and (best is None or stack.size > best.size):
            best = stack
        if best and (best.size >= READABLE or slide.sort == "where"):
            break
    if best is None:
        words = " ".join((slide.words or slide.figure).split())
        raise Invalid(N_(TOO_LONG.text, words=f"{words[:60]}…"))
    return best


def _settings(document: Document, size: CardSize, slide: Slide) -> Iterator[tuple[list[Part], int, int]]:
    """Yield what to set, its largest and its least size, in ways that need less and less room."""
    if slide.sort == "where":
        lines = [Part(line, gap=0.55, plain=True) for line in slide.lines]
        largest, least = int(size.largest * 0.37), int(size.small * 0.8)
        yield [Part(document.title, bold=True), *lines], largest, least
        yield lines, largest, least
    elif slide.sort == "number" and slide.figure:
        words = paragraphs(slide.words)
        for scale in _FIGURES:
            figure = Part(slide.figure, bold=True, scale=scale, most=int(size.largest * 1.9))
            yield [figure, *words], int(size.largest * (0.5 if words else _LARGEST_WORDS)), SMALLEST
    else:
        label = [Part(slide.figure, bold=True, scale=0.8, least=size.small)] if slide.figure else []
        words = paragraphs(slide.words, bold=slide.sort == "step")
        yield [*label, *words], int(size.largest * _LARGEST_WORDS), SMALLEST


def _place(
    sheet: Sheet,
    language: Language,
    size: CardSize,
    text: str,
    style: Style,
    top: int,
    width: int,
    ink: float,
    aside: int = 0,
) -> None:
    x = size.width - size.margin - width - aside if language.rtl else size.margin + aside
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
