"""Who is an author of an edition: whoever wrote in a block that changed since the last one (rule 2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from studio.guides.rules.statuses import Significance

FEW: Final = 120
"""Accepted suggestions of so many characters, added and taken out together, make nobody an author."""


@dataclass(frozen=True, slots=True)
class Written:
    """A block as it stands in one saved version, and who wrote in it since the last edition."""

    id: str
    hash: str
    contributors: frozenset[str] = frozenset()
    suggested: Mapping[str, int] = field(default_factory=dict)
    """Whose accepted suggestions are in it, and how many characters of theirs are counted here."""


@dataclass(frozen=True, slots=True)
class Version:
    """A saved version as far as authorship asks: its blocks, and what the machine let it be called."""

    blocks: tuple[Written, ...]
    significance: Significance = Significance.CONTENT


def authors(blocks_now: Iterable[Written], blocks_of_last_edition: Iterable[Written]) -> frozenset[str]:
    """Return the ids of whoever wrote in a block that is new or other than in the last edition.

    Who only suggested is one of them if their accepted suggestions, in all blocks together, are more than a few.
    """
    before, now = {block.id: block.hash for block in blocks_of_last_edition}, tuple(blocks_now)
    changed = [block for block in now if before.get(block.id) != block.hash]
    typed = frozenset[str]().union(*(block.contributors for block in changed))
    proposed = frozenset[str]().union(*(block.suggested for block in changed))
    return typed | {who for who in proposed if sum(block.suggested.get(who, 0) for block in now) > FEW}


def without_spellers(versions: Sequence[Version]) -> tuple[Written, ...]:
    """Return the newest version's blocks, oldest version first, leaving out who only mended spelling in a block.

    A version that changed only spelling adds nobody; nor does one in which the block stayed as it was. A passage that
    was taken out stands at the end, as the work of whoever took it out, until it is back.
    """
    told: Mapping[str, Written] = {}
    gone: dict[str, Written] = {}
    for version in versions:
        gone |= {block.id: block for block in _taken_out(told, version.blocks)}
        told = {block.id: _credited(block, told.get(block.id), version.significance) for block in version.blocks}
        gone = {name: block for name, block in gone.items() if name not in told}
    return (*told.values(), *gone.values())


def _taken_out(told: Mapping[str, Written], now: Sequence[Written]) -> Iterator[Written]:
    """Yield each block of ``told`` that is gone: who deleted it has left a mark in the blocks around it.

    The characters that a suggestion took out are counted with the first passage that is gone, unless the block that
    holds the mark changed too and counts them itself.
    """
    there, before = {block.id: block for block in now}, tuple(told)
    counted = {block.id for block in now if block.id not in told or told[block.id].hash != block.hash}
    for place, name in enumerate(before):
        if name not in there:
            above = next((one for one in reversed(before[:place]) if one in there), None)
            below = next((one for one in before[place + 1 :] if one in there), None)
            around = [there[one] for one in (above, below) if one]
            suggested = {who: 0 for one in around for who in one.suggested}
            for one in around:
                if one.id not in counted:
                    counted.add(one.id)
                    for who, count in one.suggested.items():
                        suggested[who] += max(0, count - told[one.id].suggested.get(who, 0))
            yield Written(name, "", frozenset().union(*(one.contributors for one in around)), suggested)


def _credited(block: Written, before: Written | None, significance: Significance) -> Written:
    if before and (significance is Significance.TYPO or before.hash == block.hash):
        return Written(block.id, block.hash, before.contributors, before.suggested)
    return block
