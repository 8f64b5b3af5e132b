"""Did you mean: the nearest word that the texts really use, spelled as they mostly spell it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from studio.search.analyzers import folding

_SHORTEST: Final = 4
_SHORTEST_TWICE: Final = 7
_SAME_BEGINNING: Final = 2


class Speller:
    """The words of one language by their folded form."""

    def __init__(self, vocabulary: Mapping[str, int], field: str) -> None:
        """Keep, for each folded word, its most frequent spelling and how often it stands anywhere."""
        self._field = field
        spellings: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for word, count in vocabulary.items():
            spellings[self._fold(word)].append((count, word))
        self._words = {
            key: (sum(count for count, _ in known), min(known, key=lambda one: (-one[0], one[1]))[1])
            for key, known in spellings.items()
        }
        self._letters = sorted({letter for key in self._words for letter in key})
        self._beginnings: defaultdict[str, list[str]] = defaultdict(list)
        for key in self._words:
            self._beginnings[key[:_SAME_BEGINNING]].append(key)

    def nearest(self, word: str) -> str | None:
        """Return the most frequent word one slip away, else two in a long word; None if there is none."""
        key = self._fold(folding.lowered(word, self._field))
        if key in self._words or len(key) < _SHORTEST:
            return None
        near = [other for other in set(self._one_slip(key)) if other in self._words]
        if not near and len(key) >= _SHORTEST_TWICE:
            near = [other for other in self._beginnings[key[:_SAME_BEGINNING]] if within_two(key, other)]
        if not near:
            return None
        return self._words[min(near, key=lambda other: (-self._words[other][0], other))][1]

    def _fold(self, word: str) -> str:
        """Return ``word`` as slips are counted on: Arabic without hamza, others without diacritics."""
        return folding.arabic(word) if self._field == "ar" else folding.folded(word)

    def _one_slip(self, word: str) -> Iterator[str]:
        """Yield all that is one letter too few, too many, wrong, or swapped with its neighbour away."""
        for at in range(len(word) + 1):
            head, tail = word[:at], word[at:]
            if tail:
                yield head + tail[1:]
            if len(tail) > 1:
                yield head + tail[1] + tail[0] + tail[2:]
            for letter in self._letters:
                yield head + letter + tail
                if tail:
                    yield head + letter + tail[1:]


def within_two(one: str, two: str) -> bool:
    """Whether at most two letters must be put in, left out or changed to make ``two`` of ``one``."""
    if abs(len(one) - len(two)) > 2:  # noqa: PLR2004 - the two of the name
        return False
    row = list(range(len(two) + 1))
    for at, letter in enumerate(one, start=1):
        before, row[0] = row[0], at
        for other, mark in enumerate(two, start=1):
            before, row[other] = row[other], min(row[other] + 1, row[other - 1] + 1, before + (letter != mark))
        if min(row) > 2:  # noqa: PLR2004 - the two of the name
            return False
    return row[-1] <= 2  # noqa: PLR2004 - the two of the name
