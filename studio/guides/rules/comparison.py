"""Two versions of a text, passage by passage: what stayed, changed, came, went, moved, was parted or joined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from studio.core.locales import Language
from studio.guides.rules.callouts import CallOut, call_outs, call_outs_of_whole
from studio.guides.rules.parting import parted
from studio.guides.rules.passagelines import Pairs, columns, items, moved, paired, rows
from studio.guides.rules.readerdiff import reading_pieces
from studio.guides.rules.worddiff import KindOfPiece, Piece


class Fate(StrEnum):
    """What became of a passage."""

    KEPT = "kept"
    CHANGED = "changed"
    REFERS = "refers"
    """Its words stayed; a link or a note that it uses says something else."""
    NEW = "new"
    GONE = "gone"
    SPLIT = "split"
    MERGED = "merged"


class Block(Protocol):
    """What is asked of a block; a saved version's block has it all."""

    @property
    def block_id(self) -> str:
        """The block's stable id."""

    @property
    def kind(self) -> str:
        """Paragraph, heading, box and so on."""

    @property
    def source(self) -> str:
        """The block's Markdown."""

    @property
    def hash(self) -> str:
        """What is equal only where readers get the same."""


@dataclass(frozen=True, slots=True)
class Line:
    """An item, a row or a paragraph of a passage, with its cells; most have one."""

    fate: Fate
    cells: tuple[tuple[Piece, ...], ...]
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """A passage, or the passages that it became or was made of, and what is to be seen and told of the change."""

    ids: tuple[str, ...]
    kind: str
    fate: Fate
    moved: bool = False
    lines: tuple[Line, ...] = ()
    call_outs: tuple[CallOut, ...] = ()


def compare(before: Sequence[Block], after: Sequence[Block], language: Language) -> list[Compared]:
    """Return every passage of both versions, in the order after; what is gone stands behind what it followed."""
    return _Comparison(before, after, language).all()


def changed(found: Iterable[Compared]) -> list[Compared]:
    """Return what did not simply stay."""
    return [one for one in found if one.fate is not Fate.KEPT or one.moved]


def compare_texts(kind: str, before: str, after: str, language: Language) -> tuple[list[Line], list[CallOut]]:
    """Return the parts of one passage that was edited, and what its change must not hide."""
    lines, told = list[Line](), list[CallOut]()
    for line, found in _lines(kind, before, after, language):
        lines.append(line)
        told += [one for one in found if one not in told]
    if all(line.fate is Fate.KEPT and not line.moved for line in lines):
        pieces = tuple(reading_pieces(before, after, language))
        return [Line(Fate.CHANGED, (pieces,))], call_outs(before, after, pieces, language)
    return lines, told


_Told = tuple[Line, list[CallOut]]


def _lines(kind: str, before: str, after: str, language: Language) -> Iterator[_Told]:
    if kind == "table":
        yield from _rows(rows(before), rows(after), language)
        return
    old, new = items(kind, before), items(kind, after)
    pairs = paired(old, new)
    elsewhere = moved(pairs)
    for one, two in pairs:
        line, told = _line([(_at(old, one), _at(new, two))], one is None, two is None, language)
        yield replace(line, moved=two in elsewhere), told


def _at(texts: Sequence[str], place: int | None) -> str:
    return "" if place is None else texts[place]


def _rows(old: list[list[str]], new: list[list[str]], language: Language) -> Iterator[_Told]:
    across: Pairs = paired(columns(old), columns(new))
    pairs = paired([" | ".join(row) for row in old], [" | ".join(row) for row in new])
    elsewhere = moved(pairs)
    for one, two in pairs:
        row, other = old[one] if one is not None else [], new[two] if two is not None else []
        cells = [(_at(row, i) if row else "", _at(other, j) if other else "") for i, j in across]
        line, told = _line(cells, not row, not other, language)
        yield replace(line, moved=two in elsewhere), told


def _line(cells: Sequence[tuple[str, str]], is_new: bool, is_gone: bool, language: Language) -> _Told:
    if is_new or is_gone:
        pieces = tuple(_whole(new if is_new else old, "ins" if is_new else "del") for old, new in cells)
        text = " | ".join(new if is_new else old for old, new in cells)
        return Line(Fate.NEW if is_new else Fate.GONE, pieces), call_outs_of_whole(text, language, gone=is_gone)
    shown, told = list[tuple[Piece, ...]](), list[CallOut]()
    for old, new in cells:
        shown.append(tuple(reading_pieces(old, new, language)))
        told += call_outs(old, new, shown[-1], language) if old != new else []
    same = all(old == new for old, new in cells)
    return Line(Fate.KEPT if same else Fate.CHANGED, tuple(shown)), told


def _whole(text: str, kind: KindOfPiece) -> tuple[Piece, ...]:
    return (Piece(kind, text),) if text else ()


class _Comparison:
    def __init__(self, before: Sequence[Block], after: Sequence[Block], language: Language) -> None:
        self.before, self.after, self.language = before, after, language
        places = {block.block_id: place for place, block in enumerate(before)}
        self.origin = {new: places[block.block_id] for new, block in enumerate(after) if block.block_id in places}
        self.became = {old: new for new, old in self.origin.items()}
        self.moved = moved([(old, new) for new, old in self.origin.items()])
        self.split = self._parted(before, after, self.became, self.origin)
        self.merged = {
            new: olds
            for new, olds in self._parted(after, before, self.origin, self.became).items()
            if new not in self._in_splits() and self.split.keys().isdisjoint(olds)
        }

    def _in_splits(self) -> set[int]:
        return {new for run in self.split.values() for new in run}

    @staticmethod
    def _parted(
        ones: Sequence[Block], others: Sequence[Block], own: dict[int, int], back: dict[int, int]
    ) -> dict[int, list[int]]:
        other = [one for one, block in enumerate(ones) if one not in own or others[own[one]].hash != block.hash]
        free = [place for place in range(len(others)) if place not in back]
        if not free:
            return {}
        return parted([block.source for block in ones], [block.source for block in others], own, free, other)

    def all(self) -> list[Compared]:
        first = {run[0]: old for old, run in self.split.items()}
        inside = self._in_splits()
        found = list[tuple[set[int], Compared]]()
        for new in range(len(self.after)):
            if new in first:
                found.append(({first[new]}, self._split(first[new])))
            elif new in self.merged:
                found.append((set(self.merged[new]), self._merged(new)))
            elif new not in inside:
                found.append(({self.origin[new]} if new in self.origin else set(), self._one(new)))
        told = {old for olds, _ in found for old in olds}
        for old, block in enumerate(self.before):
            if old not in told:
                at = next((place for place, (olds, _) in enumerate(found) if old - 1 in olds), -1)
                found.insert(at + 1, ({old}, self._whole(block, gone=True)))
        return [one for _, one in found]

    def _one(self, new: int) -> Compared:
        block, old = self.after[new], self.origin.get(new)
        if old is None:
            return self._whole(block)
        earlier, elsewhere = self.before[old], new in self.moved
        fate = Fate.KEPT if earlier.hash == block.hash else Fate.CHANGED
        if fate is Fate.CHANGED and earlier.source.strip() == block.source.strip():
            fate = Fate.REFERS
        if fate is not Fate.CHANGED:
            pieces = _whole(block.source.strip(), "same")
            return Compared((block.block_id,), block.kind, fate, elsewhere, (Line(Fate.KEPT, (pieces,)),))
        return self._edited(Fate.CHANGED, [earlier], [block], moved=elsewhere)

    def _split(self, old: int) -> Compared:
        run = self.split[old]
        return self._edited(Fate.SPLIT, [self.before[old]], [self.after[new] for new in run], moved=False)

    def _merged(self, new: int) -> Compared:
        return self._edited(Fate.MERGED, [self.before[old] for old in self.merged[new]], [self.after[new]], moved=False)

    def _edited(self, fate: Fate, old: Sequence[Block], new: Sequence[Block], *, moved: bool) -> Compared:
        every = [*new, *old]
        kinds = {block.kind for block in every}
        kind = new[0].kind if len(kinds) == 1 else ""
        one, two = ("\n\n".join(block.source.strip() for block in blocks) for blocks in (old, new))
        lines, told = compare_texts(kind, one, two, self.language)
        ids = tuple(dict.fromkeys(block.block_id for block in every))
        return Compared(ids, new[0].kind, fate, moved, tuple(lines), tuple(told))

    def _whole(self, block: Block, *, gone: bool = False) -> Compared:
        fate = Fate.GONE if gone else Fate.NEW
        text = block.source.strip()
        told = call_outs_of_whole(text, self.language, gone=gone)
        return Compared(
            (block.block_id,),
            block.kind,
            fate,
            lines=(Line(fate, (_whole(text, "del" if gone else "ins"),)),),
            call_outs=tuple(told),
        )
