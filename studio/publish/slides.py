"""What the cards of a text say: its title, the passages that its writer marked, and where the whole of it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from studio.core.words import N_
from studio.guides.rules.consent import Scope
from studio.i18n.catalogues import Translator, translator
from studio.publish import sayings
from studio.publish.document import Document
from studio.rendering.rendered import FIGURE_LETTERS, MOST_MARKED, Marked

Sort = Literal["title", "quote", "number", "step", "where"]
MOST: Final = MOST_MARKED + 2
"""Cards of one text: ten are what apps for pictures take in one post."""
TOO_LONG: Final = N_("This passage is too long for a card: “{words}”. Mark fewer words of it, or take the mark away.")
_PART: Final = N_("This is a part. The whole text, with its sources:")
_ASK: Final = N_("This is a part. Ask us for the whole text, with its sources.")
_COPY: Final = N_("Copy number {number}")
_STILL: Final = N_("Is it still current? {address}")
_STEP: Final = N_("Step {n} of {all}")


@dataclass(frozen=True, slots=True)
class Slide:
    """One card. ``place`` is its number in the row of cards, from 1."""

    place: int
    sort: Sort
    words: str = ""
    """Of a passage: its words, a line for each paragraph."""
    figure: str = ""
    """What stands large above them."""
    lines: tuple[str, ...] = ()
    """Of the last card: where the whole text is, its month and copy number."""

    def kind(self, size: str) -> str:
        """Return the kind of the file of this card in the format ``size``."""
        return kind_of(self.place, size)


def kind_of(place: int, size: str) -> str:
    """Return the kind of the file of the card at ``place`` in the format ``size``."""
    return f"card_{size}" if place == 1 else f"card_{place:02d}_{size}"


def cards_of(document: Document) -> tuple[Slide, ...]:
    """Return the cards of ``document`` in their order, at most MOST; one without marks has that of its title alone.

    This is the one place that decides which words of a text become cards: none of a story whose teller wants no cards.
    """
    if document.scope is not None and Scope.CARDS not in document.scope:
        return ()
    words = translator(document.language.code, "reader")
    own = words.language.code == document.language.code
    passages = list(_passages(document.body.marked, words, own=own))[:MOST_MARKED]
    if not passages:
        return (Slide(1, "title"),)
    numbered = [Slide(place, one.sort, one.words, one.figure) for place, one in enumerate(passages, 2)]
    last = Slide(len(numbered) + 2, "where", lines=tuple(_whereabouts(document, words)))
    return (Slide(1, "title"), *numbered, last)


def _passages(marked: Sequence[Marked], words: Translator, *, own: bool) -> Iterator[Slide]:
    steps = sum(len(_steps(one)) for one in marked if one.sort == "step")
    step = 0
    for one in marked:
        if one.sort == "step":
            for said in _steps(one):
                step += 1
                # A single step is no row of steps: it needs no number.
                yield Slide(0, "step", said, _count(step, steps, words, own=own) if steps > 1 else "")
        elif one.lines and one.sort == "number":
            yield _number(one)
        elif one.lines:
            yield Slide(0, "quote", "\n".join(one.lines))


def _count(step: int, steps: int, words: Translator, *, own: bool) -> str:
    """Return which step this is: in words where they are the text's own language, else in figures that all read."""
    return words.say(N_(_STEP.text, n=step, all=steps)) if own else f"{step} / {steps}"


def _steps(one: Marked) -> list[str]:
    return list(one.lines) if one.listed else ["\n".join(one.lines)] if one.lines else []


def _number(one: Marked) -> Slide:
    first, rest = one.lines[:1], one.lines[1:]
    if rest and len(first[0]) <= FIGURE_LETTERS:
        return Slide(0, "number", "\n".join(rest), first[0])
    if one.figure == " ".join(one.lines):
        return Slide(0, "number", "", one.figure)
    return Slide(0, "number", "\n".join(one.lines), one.figure)


def _whereabouts(document: Document, words: Translator) -> Iterator[str]:
    host = document.base_url.partition("://")[2]
    if host:
        yield words.say(_PART)
        yield _left_to_right(f"{host}{document.path}")
    else:
        yield words.say(_ASK)
    yield sayings.edition(document, words)
    if not document.copy_number:
        return
    yield words.say(N_(_COPY.text, number=document.copy_number))
    if host:
        yield words.say(N_(_STILL.text, address=f"{host}/check/{document.copy_number}"))


def _left_to_right(address: str) -> str:
    return f"\u2066{address}\u2069"


def said(document: Document, slide: Slide) -> str:
    """Return every word on a card, in the language of the text, for whoever does not see it."""
    if slide.sort == "title":
        return sayings.alt_text(document)
    words = translator(document.language.code, "reader")
    own = [slide.figure, *slide.words.split("\n"), *slide.lines]
    parts = [*own, document.title, sayings.checked(document, words), document.site_name]
    # Among Arabic words the marks keep an address in its order; elsewhere they would only be in the way of copying.
    marks = "" if document.language.rtl else "\u2066\u2069"
    return " – ".join(part.strip(f"{marks} ") for part in parts if part.strip())
