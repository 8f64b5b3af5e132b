"""Which texts stand beside a text: those it leads to, then those with the most in common. Pure."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

MOST: Final = 4
"""More is a list, and a list is not read."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A text in the same language: its guide, and its topics."""

    guide_id: str
    topics: tuple[str, ...]


def related(guide_id: str, topics: Collection[str], linked: Collection[str], others: Iterable[Neighbour]) -> list[str]:
    """Return the guides that stand beside ``guide_id``, the nearest first, at most four.

    ``linked`` are the guides that the text itself leads to. A shared topic counts the more the fewer texts have it.
    Where nothing tells two texts apart, their names do, each time in the same way and for each text in another, so
    that not everybody is sent to the same few.
    """
    near = [one for one in others if one.guide_id != guide_id]
    usual = Counter(topic for one in near for topic in one.topics)
    found = list[tuple[bool, float, str, str]]()
    for one in near:
        shared = sum(1 / usual[topic] for topic in set(one.topics).intersection(topics))
        if shared or one.guide_id in linked:
            mixed = hashlib.sha256(f"{guide_id}\0{one.guide_id}".encode()).hexdigest()
            found.append((one.guide_id not in linked, -round(shared, 9), mixed, one.guide_id))
    return [name for *_, name in sorted(found)[:MOST]]
