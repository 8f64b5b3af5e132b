"""What a page, a PDF or a card cannot take: pictures without words, links to nowhere, headings out of order, glyphs."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from studio.core.locales import language
from studio.core.words import N_
from studio.rendering.addresses import kind as kind_of
from studio.rendering.prose import Link
from studio.review.rules.hints.hint import Fix, Hint, Kind
from studio.review.rules.hints.part import Part, few

MOST_COLUMNS: Final = 6
LONGEST_WORD: Final = 40
CARD_ROOM: Final = 240
"""Of a card in ideographs: half as much again for each of the title, one for each of the summary."""
TITLE_WEIGHT: Final = 1.45
LONGEST_TITLE: Final = 120
"""In ideographs, where the card has a title alone."""

_PICTURE: Final = N_("A picture without words. Say what it shows, for whoever cannot see it.")
_ALT: Final = N_("What the picture shows")
_LINK: Final = N_("This link leads nowhere: what it names is not here.")
_LEAD: Final = N_("Lead it to “{heading}”")
_HEADING: Final = N_("This heading skips a level, so the outline has a gap. Here it would be level {level}.")
_LEVEL: Final = N_("Make it level {level}")
_TABLE: Final = N_("This table has {n} columns; a printed page takes {most}. Perhaps make two tables, or a list.")
_CARD: Final = N_("A card for sharing cannot take it all. Perhaps make the title shorter.")
_GLYPH: Final = N_("No font of the house can print this: {characters}. Please write it another way.")


def pictures(part: Part) -> Iterator[Hint]:
    """Yield a hint for each picture that nobody described; its words can be typed right there."""
    for picture in part.prose.pictures:
        if not picture.described:
            certain = picture.start >= 0
            fix = Fix(N_("Put these words in"), picture.start, picture.end, asks=_ALT) if certain else None
            yield part.hint(Kind.PICTURE, (picture.at, picture.at), _PICTURE, words=picture.address[:24], fix=fix)


def links(part: Part, titles: Mapping[str, str], lost: Collection[str]) -> Iterator[Hint]:
    """Yield a hint for each link within the house that leads nowhere.

    ``titles`` are those of the guides that can be linked, by id; ``lost`` are own addresses where nothing is.
    """
    for link in part.prose.links:
        shape = kind_of(link.address)
        if shape == "here":
            dead, where = not _is_here(link.address[1:], part.prose.ids), _sections(part, link)
        elif shape == "guide":
            dead, where = _guide(link) not in titles, _guides(link, titles)
        else:
            dead, where = link.address in lost, []
        if dead:
            fix = _leading(link, *where[0]) if len(where) == 1 and link.start >= 0 else None
            yield part.hint(Kind.LINK, (link.at, link.at), _LINK, words=link.words or link.address, fix=fix)


def _is_here(name: str, ids: Collection[str]) -> bool:
    return any(each in ids for each in (name, f"h-{name}", f"h-{name.lower()}"))


def _guide(link: Link) -> str:
    return link.address.removeprefix("guide:").partition("#")[0]


def _sections(part: Part, link: Link) -> list[tuple[str, str]]:
    """Return address and words of the headings that say what the link says."""
    return [(f"#{one.id}", one.words) for one in part.prose.headings if _alike(one.words, link.words)]


def _guides(link: Link, titles: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(f"guide:{name}", title) for name, title in titles.items() if _alike(title, link.words)]


def _alike(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold() != ""


def _leading(link: Link, address: str, words: str) -> Fix:
    return Fix(N_(_LEAD.text, heading=words), link.start, link.end, address)


def headings(part: Part) -> Iterator[Hint]:
    """Yield a hint for each heading that stands more than one level below the one before it."""
    for before, heading in pairwise(part.prose.headings):
        level = before.level + 1
        if heading.level > level:
            label = N_(_LEVEL.text, level=level)
            fix = Fix(label, heading.start, heading.end, "#" * level) if heading.start >= 0 else None
            sentence = N_(_HEADING.text, level=level)
            yield part.hint(Kind.HEADING, (heading.at, heading.at), sentence, words=heading.words, fix=fix)


def tables(part: Part) -> Iterator[Hint]:
    """Yield a hint for each table that is too wide for a printed page."""
    for one in part.prose.passages:
        if one.columns > MOST_COLUMNS:
            sentence = N_(_TABLE.text, n=one.columns, most=MOST_COLUMNS)
            yield part.hint(Kind.TABLE, (one.start, min(one.end, one.start + 80)), sentence)


def card(title: Part, summary: Part, code: str) -> Iterator[Hint]:
    """Yield a hint where a card would leave the summary out, or end the title in dots."""
    words, rest = title.prose.source, summary.prose.source
    if language(code).ideographic:
        both = bool(rest) and len(words) * TITLE_WEIGHT + len(rest) > CARD_ROOM
        full = both or len(words) > LONGEST_TITLE
    else:
        full = max(map(len, words.split()), default=0) > LONGEST_WORD
    if full:
        yield title.hint(Kind.CARD, (0, len(words)), _CARD)


def glyphs(parts: Sequence[Part], missing: Sequence[str]) -> Iterator[Hint]:
    """Yield one hint for all ``missing`` characters, where the first of them stands."""
    if not missing:
        return
    sentence = N_(_GLYPH.text, characters=" ".join(missing[:10]))
    words = " ".join(f"U+{ord(one):04X}" for one in missing[:10])
    for part in parts:
        at = min((at for at in map(part.prose.source.find, missing) if at >= 0), default=-1)
        if at >= 0:
            yield part.hint(Kind.GLYPH, (at, at + 1), sentence, words=words)
            return
    place = hashlib.sha256("".join(missing).encode()).hexdigest()
    yield Hint(Kind.GLYPH, place, "about", 0, words, sentence)


def shapes(part: Part, titles: Mapping[str, str], lost: Collection[str]) -> list[Hint]:
    """Return everything about pictures, links, headings and tables."""
    found = (pictures(part), links(part, titles, lost), headings(part), tables(part))
    return [hint for one in found for hint in few(one)]
