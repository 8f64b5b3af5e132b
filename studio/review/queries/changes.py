"""What changed between two saved versions, as the page of a check shows it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from studio.core.locales import Language
from studio.core.words import N_, Message
from studio.guides import house
from studio.guides.naming import KINDS, PLAIN_FACETS
from studio.guides.rules.callouts import CallOut
from studio.guides.rules.comparison import Compared, Fate, Line, changed, compare, compare_texts
from studio.guides.rules.lookalikes import Seen, seen
from studio.guides.rules.weightymarks import Tells
from studio.guides.rules.worddiff import KindOfPiece, Piece
from studio.i18n.catalogues import translator
from studio.review.queries.nearby import lines_above, near, places
from studio.review.rules.carry import ABOUT, Block
from studio.review.titles import country_name

LABELS: Final = {
    "title": N_("Title"),
    "summary": N_("Summary"),
    ABOUT: N_("What it is: kind, topics, what it touches"),
    "neutral_title": N_("Title for the plain cover"),
    "content_notes": N_("Before you read"),
    "sources": N_("Sources"),
    "changelog": N_("What is new"),
    "helplines": N_("Where to find help"),
}
"""Names of what stands beside the text."""
_FATES: Final = {
    Fate.KEPT: N_("A passage that moved"),
    Fate.CHANGED: N_("A passage"),
    Fate.REFERS: N_("A passage with the same words; a link or note that it uses changed"),
    Fate.NEW: N_("A new passage"),
    Fate.GONE: N_("A passage that is gone"),
    Fate.SPLIT: N_("A passage that was parted"),
    Fate.MERGED: N_("Passages that were joined"),
}
_MOVED: Final = N_("A passage that moved and changed")
_PICTURE: Final = N_("A picture")
_IMAGE: Final = re.compile(r"!\[[^\]\n]*\]\(media:([0-9a-f]{64})")
_LONG_NAME: Final = re.compile(r"(media:[0-9a-f]{6})[0-9a-f]{58}")

Group = Literal["text", "beside", "pictures"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A run of words that stayed, went or came; ``blank``: which white space, where it is nothing else."""

    kind: KindOfPiece
    parts: tuple[Seen, ...]
    blank: Literal["", "space", "break"]


@dataclass(frozen=True, slots=True)
class Part:
    """An item, a row or a paragraph that is not as it was, with its cells."""

    moved: bool
    cells: tuple[tuple[Shown, ...], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One passage that is not as it was; ``stayed``: as many of its parts are left out, for they are."""

    label: Message
    group: Group
    parts: tuple[Part, ...]
    call_outs: tuple[CallOut, ...] = ()
    stayed: int = 0
    pictures: tuple[tuple[KindOfPiece, str], ...] = ()
    """Addresses of the pictures that went and came."""
    above: str = ""
    """The first words of the passage that stands above it now."""
    block_id: str = ""
    """The passage as it is now; empty where it is gone, or is none of the text."""

    @property
    def now(self) -> str:
        """The words as they are now, cells and parts one after the other."""
        cells = (cell for part in self.parts for cell in part.cells)
        return "".join(one.text for cell in cells for piece in cell if piece.kind != "del" for one in piece.parts)


def weighty(found: Sequence[Change]) -> list[tuple[int, CallOut]]:
    """Return what must not hide, the gravest first, each with the number of its change, counted from 1."""
    every = [(place, one) for place, change in enumerate(found, 1) for one in change.call_outs]
    return sorted(every, key=lambda told: list(Tells).index(told[1].tells))


def changes(
    before: Sequence[Block],
    after: Sequence[Block],
    spoken: Language,
    only: Iterable[str] | None = None,
    picture: Callable[[str], str | None] = lambda _sha: None,
    *,
    short: bool = False,
) -> list[Change]:
    """Return what changed, in the order of the text now; ``only`` these blocks, if given.

    Of passages that changed places another one may be named as moved than is asked for: then all are shown.
    ``picture`` gives the address of a picture, if it may be shown; ``short`` cuts long stretches that stayed.
    """
    wanted = set(only) if only is not None else None
    text = changed(compare(_of_text(before), _of_text(after), spoken))
    asked = [one for one in text if wanted is None or wanted & set(one.ids)]
    beside = list(_beside(before, after, spoken, wanted))
    told = asked if asked or beside else text
    above, there = lines_above(after), places(after)
    shown = [_near(one, spoken) for one in told] if short else told
    return [*(_placed(one, above, there, picture) for one in shown), *beside]


def _placed(
    one: Compared, above: Mapping[str, str], there: Container[str], picture: Callable[[str], str | None]
) -> Change:
    name = one.ids[0]
    return replace(_change(one, picture), above=above.get(name, ""), block_id=name if name in there else "")


def _near(one: Compared, spoken: Language) -> Compared:
    lines = (replace(line, cells=tuple(near(cell, spoken) for cell in line.cells)) for line in one.lines)
    return replace(one, lines=tuple(lines))


_APART: Final = frozenset({"front", ABOUT})


def _of_text(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if block.kind not in _APART]


def _change(one: Compared, picture: Callable[[str], str | None]) -> Change:
    label = _FATES[one.fate] if not one.moved or one.fate is Fate.KEPT else _MOVED
    group: Group = "text"
    if one.kind in LABELS:
        label, group = LABELS[one.kind], "beside"
    elif one.kind == "image":
        label, group = _PICTURE, "pictures"
    parts = tuple(_part(line) for line in one.lines if len(one.lines) == 1 or _told(line))
    pictures = tuple(_pictures(one, picture)) if group == "pictures" else ()
    return Change(label, group, parts, one.call_outs, len(one.lines) - len(parts), pictures)


def _told(line: Line) -> bool:
    return line.fate is not Fate.KEPT or line.moved


def _pictures(one: Compared, picture: Callable[[str], str | None]) -> Iterator[tuple[KindOfPiece, str]]:
    pieces = [piece for line in one.lines for cell in line.cells for piece in cell]
    old = _IMAGE.findall("".join(piece.text for piece in pieces if piece.kind != "ins"))
    new = _IMAGE.findall("".join(piece.text for piece in pieces if piece.kind != "del"))
    names: list[tuple[KindOfPiece, str]] = [("del" if sha not in new else "same", sha) for sha in old]
    names += [("ins", sha) for sha in new if sha not in old]
    for kind, sha in names:
        address = picture(sha)
        if address:
            yield kind, address


def _part(line: Line) -> Part:
    return Part(line.moved, tuple(tuple(map(_shown, cell)) for cell in line.cells))


def _shown(piece: Piece) -> Shown:
    text = _LONG_NAME.sub(r"\1…", piece.text)
    white = piece.kind != "same" and not text.strip()
    return Shown(piece.kind, tuple(seen(text)), "" if not white else "break" if "\n" in text else "space")


def _beside(
    before: Sequence[Block], after: Sequence[Block], spoken: Language, wanted: set[str] | None
) -> Iterator[Change]:
    old, new = ({block.kind: block for block in blocks if block.kind in _APART} for blocks in (before, after))
    for kind in ("front", ABOUT):
        one, two = old.get(kind), new.get(kind)
        ids = {block.block_id for block in (one, two) if block}
        if (one.source if one else "") != (two.source if two else "") and (wanted is None or wanted & ids):
            values = _fields(one, spoken), _fields(two, spoken)
            yield from (
                _field(name, values[0].get(name, ""), values[1].get(name, ""), spoken)
                for name in LABELS
                if values[0].get(name, "") != values[1].get(name, "")
            )


def _field(name: str, old: str, new: str, spoken: Language) -> Change:
    lines, told = compare_texts("", old, new, spoken)
    return Change(LABELS[name], "beside", tuple(map(_part, lines)), tuple(told))


def _fields(block: Block | None, spoken: Language) -> dict[str, str]:
    if block is None:
        return {}
    if block.kind == ABOUT:
        kind, facets, topics, *_ = json.loads(block.source)
        topics = (house.topic_name(key, spoken.code) for key in topics)
        return {ABOUT: "\n".join((*_named(kind, facets, spoken.code), *topics))}
    values = json.loads(block.source)
    notes = (key for key in house.content_notes() if key in values.get("content_notes", ()))
    others = (key for key in values.get("content_notes", ()) if key not in house.content_notes())
    values["content_notes"] = [house.note_name(key, spoken.code) for key in (*notes, *others)]
    return {name: "\n".join(value) if isinstance(value, list) else str(value) for name, value in values.items()}


def _named(kind: str, facets: Iterable[str], code: str) -> Iterator[str]:
    """Give the kind and what the text touches in words, as the writing page names them."""
    words = translator(code, "studio")
    yield words.say(KINDS.get(kind, kind))
    for facet in facets:
        if facet in PLAIN_FACETS:
            yield words.say(PLAIN_FACETS[facet])
        else:
            yield country_name(facet.rpartition(":")[2], code)
