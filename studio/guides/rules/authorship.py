"""Who is an author of an edition: whoever wrote in a block that changed since the last one (rule 2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from studio.guides.rules.statuses import Significance


@dataclass(frozen=True, slots=True)
class Written:
    """A block as it stands in one saved version, and who wrote in it since the last edition."""

    id: str
    hash: str
    contributors: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Version:
    """A saved version as far as authorship asks: its blocks, and what the machine let it be called."""

    blocks: tuple[Written, ...]
    significance: Significance = Significance.CONTENT


def authors(blocks_now: Iterable[Written], blocks_of_last_edition: Iterable[Written]) -> frozenset[str]:
    """Return the ids of whoever wrote in a block that is new or other than in the last edition."""
    before = {block.id: block.hash for block in blocks_of_last_edition}
    changed = [block.contributors for block in blocks_now if before.get(block.id) != block.hash]
    return frozenset().union(*changed)


def without_spellers(versions: Sequence[Version]) -> tuple[Written, ...]:
    """Return the newest version's blocks, oldest version first, leaving out who only mended spelling in a block.

    A version that changed only spelling adds nobody; nor does one in which the block stayed as it was. A passage that
    was taken out stands at the end, as the work of whoever took it out, until it is back.
    """
    told: Mapping[str, Written] = {}
    gone: dict[str, Written] = {}
    for version in versions:
        gone |= {block.id: block for block in _taken_out(tuple(told), version.blocks)}
        told = {block.id: _credited(block, told.get(block.id), version.significance) for block in version.blocks}
        gone = {name: block for name, block in gone.items() if name not in told}
    return (*told.values(), *gone.values())


def _taken_out(before: Sequence[str], now: Sequence[Written]) -> Iterator[Written]:
    """Yield each block of ``before`` that is gone: who deleted it has left a mark in the blocks around it."""
    there = {block.id: block for block in now}
    for place, name in enumerate(before):
        if name not in there:
            above = next((one for one in reversed(before[:place]) if one in there), None)
            below = next((one for one in before[place + 1 :] if one in there), None)
            around = [there[one].contributors for one in (above, below) if one]
            yield Written(name, "", frozenset().union(*around))


def _credited(block: Written, before: Written | None, significance: Significance) -> Written:
    if before and (significance is Significance.TYPO or before.hash == block.hash):
        return Written(block.id, block.hash, before.contributors)
    return block
