"""A part of a text as hints look at it: its passages and sentences, and how a hint about some of its words is made."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import islice
from typing import Final

from studio.core.words import Message
from studio.rendering.prose import Passage, Prose
from studio.review.rules.hints.hint import Fix, Hint, Kind, shortened

MOST_OF_A_KIND: Final = 100
"""A text with more hints of one kind than this is a paste; nobody would read them all."""
_END: Final = re.compile(
    r"(?<!\b\d)(?<!\b\d\d)[.!?؟…]{1,3}[\"”»’)\]]{0,2}(?=\s)|[。！？]{1,3}[」』”）]{0,2}|;(?=\s)|؛(?=\s)"
)
"""A dot after one or two digits belongs to them: the 3rd of May is written “3.” in many languages."""

Span = tuple[int, int]


class Part:
    """The body, the title or the summary of a text."""

    def __init__(self, name: str, prose: Prose) -> None:
        """Take a part by its name and its prose."""
        self.name, self.prose = name, prose
        self._starts = [one.start for one in prose.passages]

    def passage(self, at: int) -> Passage:
        """Return the passage in which a place stands."""
        return self.prose.passages[max(0, bisect_right(self._starts, at) - 1)]

    @cached_property
    def sentences(self) -> list[Span]:
        """Return where each sentence stands, in order: a unit of words parted at the marks that end a sentence."""
        found = list[Span]()
        for unit in self.prose.units:
            start = unit.start
            for end in _END.finditer(self.prose.said, unit.start, unit.end):
                found.append((start, end.end()))
                start = end.end()
            if start < unit.end:
                found.append((start, unit.end))
        return found

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def sentence(self, at: int) -> Span:
        """Return the sentence in which a place stands."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, at) - 1)]

    def hint(self, kind: Kind, span: Span, sentence: Message, **more: object) -> Hint:
        """Return a hint about the words of ``span``."""
        words = str(more.pop("words", "")) or shortened(self.prose.source[slice(*span)])
        fix = more.pop("fix", None)
        return Hint(
            kind,
            str(more.pop("place", "")) or self.passage(span[0]).hash,
            self.name,
            span[0],
            words,
            sentence,
            fix if isinstance(fix, Fix) else None,
            **{name: str(value) for name, value in more.items()},
        )


def few(hints: Iterable[Hint]) -> list[Hint]:
    """Return the first hints of one kind."""
    return list(islice(hints, MOST_OF_A_KIND))


class Spans:
    """Places in a text, asked whether one of them touches another place."""

    def __init__(self, spans: Sequence[Span]) -> None:
        """Take places in any order; they may touch each other."""
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]
        self._longest = max((end - start for start, end in self._spans), default=0)

    def touching(self, start: int, end: int) -> list[Span]:
        """Return the places that share a character with ``start`` to ``end``."""
        first = bisect_right(self._starts, start - self._longest - 1)
        last = bisect_right(self._starts, end - 1)
        return [one for one in self._spans[first:last] if one[1] > start]
