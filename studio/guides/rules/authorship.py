"""Who is an author of an edition: whoever wrote in a block that changed since the last one (rule 2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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

    A version that changed only spelling adds nobody; nor does one in which the block stayed as it was.
    """
    told: Mapping[str, Written] = {}
    for version in versions:
        told = {block.id: _credited(block, told.get(block.id), version.significance) for block in version.blocks}
    return tuple(told.values())


def _credited(block: Written, before: Written | None, significance: Significance) -> Written:
    if before and (significance is Significance.TYPO or before.hash == block.hash):
        return Written(block.id, block.hash, before.contributors)
    return block
