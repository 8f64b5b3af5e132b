"""Doses, statistics and laws that no source stands beside, in texts about health or law."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from studio.core.words import N_
from studio.review.rules.hints.hint import Hint, Kind
from studio.review.rules.hints.lint import Lint, Rule
from studio.review.rules.hints.part import Part, Span, Spans, few
from studio.review.rules.hints.tokens import NUMERALS

_SENTENCES: Final = {
    Kind.DOSE: N_("A dose without a source. Name the source in a note, or leave the dose out."),
    Kind.STATISTIC: N_("A figure without a source. Name the source in a note, or say it without the figure."),
    Kind.LAW: N_("A law without a source. Name the source in a note, with the year."),
}
_BEFORE: Final = 28
_FIGURE: Final = re.compile(rf"(?:(?<![\d.,])\d[\d.,٫٬]{{0,11}}|[{NUMERALS}]{{1,6}})[\s\-‑–]{{0,6}}$")
_WORD: Final = re.compile(r"(?<!\w)(\w{1,20})[\s\-‑–]{1,6}$")


def facts(part: Part, lint: Lint) -> Iterator[Hint]:
    """Yield a hint for each dose, statistic or law of ``part`` in a passage that names no source."""
    for kind, sentence in _SENTENCES.items():
        spans = amounts(part.prose.said, lint.rule(kind))
        yield from few(part.hint(kind, span, sentence) for span in spans if not part.passage(span[0]).sourced)


def amounts(text: str, rule: Rule) -> Iterator[Span]:
    """Yield where a number stands before a unit, or one of the rule's tokens; what it exempts is left out."""
    exempt = Spans(rule.exempt.spans(text))
    for found in rule.tokens.find(text):
        if not exempt.touching(found.start, found.end):
            yield found.start, found.end
    for found in rule.units.find(text):
        start = _number_before(text, found.start, rule)
        if start is not None and not exempt.touching(start, found.end):
            yield start, found.end


def _number_before(text: str, at: int, rule: Rule) -> int | None:
    """Return where the number begins that stands right before ``at``; None where there is none."""
    first = max(0, at - _BEFORE)
    before = text[first:at]
    figure = _FIGURE.search(before)
    if figure:
        return first + figure.start()
    word = _WORD.search(before)
    return first + word.start() if word and word[1].casefold() in rule.numbers else None
