"""Which block of a saved version is which block of the one before it."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from studio.rendering.source import SourceBlock
from studio.rendering.words import tokens

ALIKE_IN_PLACE: Final = 0.3
"""How alike two blocks are that stand between the same neighbours, to be one block edited (0 to 1)."""
ALIKE_ELSEWHERE: Final = 0.6

_MANY_PAIRS: Final = 400
_NEAR: Final = 3
_LONG: Final = 250_000
_FRONT: Final = frozenset({"title", "summary"})


def assign_ids(
    previous: Sequence[tuple[str, SourceBlock]], current: Sequence[SourceBlock], new_id: Callable[[], str]
) -> tuple[str, ...]:
    """Return an id for each block of ``current``: the same text keeps its id, also when moved.

    An edited one keeps that of the block it is most alike, first between the same neighbours, then anywhere; all
    others get ``new_id()``.
    """
    matching = _Matching(previous, current)
    for old, new in matching.gaps():
        matching.pair(old, new, ALIKE_IN_PLACE)
    matching.pair(matching.left_old(), matching.left_new(), ALIKE_ELSEWHERE)
    return tuple(found if found is not None else new_id() for found in matching.ids)


class _Matching:
    def __init__(self, previous: Sequence[tuple[str, SourceBlock]], current: Sequence[SourceBlock]) -> None:
        self.previous, self.current = previous, current
        self.ids: list[str | None] = [None] * len(current)
        self.used: set[int] = set()
        matcher = SequenceMatcher(None, [block.hash for _, block in previous], [block.hash for block in current])
        self.codes = matcher.get_opcodes()
        for tag, i1, i2, j1, _ in self.codes:
            if tag == "equal":
                for step in range(i2 - i1):
                    self._same(i1 + step, j1 + step)
        self._moved()
        self.bags: dict[str, Counter[str]] = {}

    def gaps(self) -> Iterator[tuple[list[int], list[int]]]:
        """Yield what is still unknown on both sides of each place where the texts differ."""
        for tag, i1, i2, j1, j2 in self.codes:
            if tag == "replace":
                yield self.left_old(i1, i2), self.left_new(j1, j2)

    def left_old(self, start: int = 0, end: int | None = None) -> list[int]:
        """Return the earlier blocks without a successor."""
        return [i for i in range(start, len(self.previous) if end is None else end) if i not in self.used]

    def left_new(self, start: int = 0, end: int | None = None) -> list[int]:
        """Return the blocks without an id."""
        return [j for j in range(start, len(self.current) if end is None else end) if self.ids[j] is None]

    def _same(self, old: int, new: int) -> None:
        self.ids[new] = self.previous[old][0]
        self.used.add(old)

    def _moved(self) -> None:
        places: defaultdict[str, deque[int]] = defaultdict(deque)
        for old in self.left_old():
            places[self.previous[old][1].hash].append(old)
        for new in self.left_new():
            found = places[self.current[new].hash]
            if found:
                self._same(found.popleft(), new)

    def pair(self, old: Sequence[int], new: Sequence[int], least: float) -> None:
        """Give ids from ``old`` to ``new``, the most alike first; among equals the one that stands more alike."""
        many = len(old) * len(new) > _MANY_PAIRS
        scored = sorted(
            (-score, abs(x - y), i, j)
            for x, i in enumerate(old)
            for y, j in enumerate(new)
            if not many or abs(x - y) <= _NEAR
            for score in (self._alike(self.previous[i][1], self.current[j], least),)
            if score >= least
        )
        for _, _, i, j in scored:
            if i not in self.used and self.ids[j] is None:
                self._same(i, j)

    def _alike(self, old: SourceBlock, new: SourceBlock, least: float) -> float:
        if old.kind != new.kind and not _FRONT.isdisjoint((old.kind, new.kind)):
            return 0
        bags = self._bag(old.source), self._bag(new.source)
        sizes = [bag.total() for bag in bags]
        score = 2 * (bags[0] & bags[1]).total() / max(1, sum(sizes))
        if score < least or sizes[0] * sizes[1] > _LONG:
            return score
        return SequenceMatcher(None, _words(old.source), _words(new.source), autojunk=False).ratio()

    def _bag(self, text: str) -> Counter[str]:
        if text not in self.bags:
            self.bags[text] = Counter(_words(text))
        return self.bags[text]


def _words(text: str) -> list[str]:
    return [word for word in tokens(text) if not word.isspace()]
