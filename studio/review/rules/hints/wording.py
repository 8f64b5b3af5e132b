"""Words that two speakers agreed to avoid, and long sentences: never in what is quoted or said of oneself."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from typing import Final

from studio.core.words import N_, Message
from studio.review.rules.hints.hint import Hint, Kind
from studio.review.rules.hints.lint import Lint
from studio.review.rules.hints.part import Part, Span, Spans, few

KINDER: Final = N_("Speakers of this language agreed on a kinder way to say this.")
_WORD: Final = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")
_LETTER: Final = re.compile(r"[^\W_]")
_COUNTED: Final = frozenset({"words", "summary"})


def words(part: Part, lint: Lint, agreed: Collection[str]) -> Iterator[Hint]:
    """Yield a hint for each word to avoid whose entry (by its key) is ``agreed``."""
    oneself = Spans(lint.unless.spans(part.prose.said))
    for swap in (swap for swap in lint.swaps if swap.key in agreed):
        exempt = Spans(swap.exempt.spans(part.prose.own))
        yield from few(
            part.hint(Kind.WORDS, (found.start, found.end), KINDER, because=swap.because, instead=swap.write)
            for found in swap.tokens.find(part.prose.own)
            if not exempt.touching(found.start, found.end) and not oneself.touching(*part.sentence(found.start))
        )


def sentences(part: Part, lint: Lint) -> Iterator[Hint]:
    """Yield a hint for each section that has sentences longer than the language's measure, at its first one."""
    if not lint.most:
        return
    heads = [heading.at for heading in part.prose.headings]
    long: dict[int, list[Span]] = {}
    for span in _long(part, lint):
        section = bisect_right(heads, span[0])
        long.setdefault(section, []).append(span)
    for spans in long.values():
        hashes = dict.fromkeys(part.passage(start).hash for start, _ in spans)
        place = "".join(hashes) if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()
        yield part.hint(Kind.SENTENCE, spans[0], _said(len(spans), lint), place=place)


def _long(part: Part, lint: Lint) -> Iterator[Span]:
    counted = Spans([(unit.start, unit.end) for unit in part.prose.units if unit.sort in _COUNTED])
    shape = _LETTER if lint.by_letters else _WORD
    for start, end in part.sentences:
        if counted.touching(start, end) and sum(1 for _ in shape.finditer(part.prose.own, start, end)) > lint.most:
            yield start, end


def _said(count: int, lint: Lint) -> Message:
    if lint.by_letters:
        if count == 1:
            return N_(
                "A sentence here is longer than {most} characters. Two short ones are easier to follow.", most=lint.most
            )
        return N_(
            "Long sentences in this section: {n}, each above {most} characters. This is the first.",
            n=count,
            most=lint.most,
        )
    if count == 1:
        return N_("A sentence here is longer than {most} words. Two short ones are easier to follow.", most=lint.most)
    return N_(
        "Long sentences in this section: {n}, each above {most} words. This is the first.", n=count, most=lint.most
    )
