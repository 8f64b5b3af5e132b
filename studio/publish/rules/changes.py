"""Which sections changed between two editions, by their places in the current one. Only hashes are compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from studio.guides.rules.statuses import Significance

OPENING = ""
"""Stands for what is before the first heading."""
_UNSEEN = frozenset({"space", "references", "footnote"})
"""Have no place of their own on a page; the hash of a passage that uses them tells of them."""
_FRONT = frozenset({"title", "summary"})
_WEIGHT = {Significance.TYPO: 0, Significance.CONTENT: 1, Significance.SAFETY: 2}


class Passage(Protocol):
    """What is asked of a block of a saved version."""

    @property
    def block_id(self) -> str:
        """Its stable id."""

    @property
    def kind(self) -> str:
        """Heading, paragraph and so on."""

    @property
    def hash(self) -> str:
        """What is equal only where readers get the same."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What differs: title, summary, sections by the ids of their headings in the current edition, and what is gone."""

    title: bool = False
    summary: bool = False
    sections: tuple[str, ...] = ()
    """Ids of heading blocks, in reading order; ``OPENING`` for what stands before the first."""
    gone: bool = False
    """Something that had a place of its own was taken out, or stands in a section that is no longer there."""


def changed_sections(before: Sequence[Passage], after: Sequence[Passage], current: Sequence[Passage]) -> Changed:
    """Compare two editions; ``current`` is what readers have now, the only one whose headings may be told."""
    held, where = _sections(before), _sections(after)
    old = {one.block_id: one.hash for one in before}
    fresh = [one for one in after if old.get(one.block_id) != one.hash and one.kind not in _UNSEEN]
    lost = [one for one in before if one.block_id not in where and one.kind not in _UNSEEN]
    touched = {where[one.block_id] for one in fresh if one.kind not in _FRONT}
    touched |= {held[one.block_id] for one in lost}
    there = [OPENING, *(one.block_id for one in current if one.kind == "heading")]
    return Changed(
        title=any(one.kind == "title" for one in fresh),
        summary=any(one.kind == "summary" for one in fresh),
        sections=tuple(place for place in there if place in touched),
        gone=not touched <= set(there),
    )


def heaviest(every: Iterable[Significance]) -> Significance | None:
    """Return the strictest of several answers to "What changed?"; None where there is none."""
    return max(every, key=_WEIGHT.__getitem__, default=None)


def safety_first(weight: Significance | None) -> int:
    """Return a key that sorts what matters for somebody's safety before the rest."""
    return -_WEIGHT[weight] if weight else 0


def _sections(passages: Iterable[Passage]) -> dict[str, str]:
    """Return by a passage's id the heading that it stands under; a heading stands under itself."""
    found, here = dict[str, str](), OPENING
    for one in passages:
        here = one.block_id if one.kind == "heading" else here
        found[one.block_id] = here
    return found
