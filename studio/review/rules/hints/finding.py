"""All hints of a text in one place, in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from studio.guides.rules.statuses import Kind as TextKind
from studio.rendering.prose import plain_prose, read
from studio.review.rules.hints import facts, marked, people, shape, wording
from studio.review.rules.hints.hint import Hint, sorted_hints
from studio.review.rules.hints.lint import Lint
from studio.review.rules.hints.part import Part, few


@dataclass(frozen=True, slots=True)
class Looked:
    """A text as machines look at it, with what they must be told about the house."""

    body: str
    title: str
    summary: str
    language: str
    kind: TextKind = TextKind.GUIDE
    facets: tuple[str, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()
    """Id and title of the guides that a link may name."""
    lost: frozenset[str] = frozenset()
    """Own addresses in the body where nothing is."""
    missing: tuple[str, ...] = ()
    """Characters that no font can print."""
    agreed: frozenset[str] = frozenset()
    """Keys of the words to avoid that two speakers agreed on."""


def find(text: Looked, lint: Lint) -> tuple[Hint, ...]:
    """Return the hints of a text, the most important first; raise Invalid and TooLarge as rendering does.

    No rule of a language's file speaks in a story: how somebody tells their life is theirs.
    """
    body = Part("body", read(text.body))
    title = Part("title", plain_prose(title=text.title))
    summary = Part("summary", plain_prose(summary=text.summary))
    parts = (body, title, summary)
    files = Lint(text.language) if text.kind is TextKind.STORY else lint
    hints = [*shape.shapes(body, dict(text.titles), text.lost), *shape.glyphs(parts, text.missing)]
    hints += shape.card(title, summary, text.language)
    hints += few(marked.cards(body, text.language))
    for part in parts:
        hints += people.phones(part, files.rule("phone"))
        hints += people.accounts(part)
        hints += people.clues(part, files)
        hints += wording.words(part, files, text.agreed)
        hints += wording.sentences(part, files)
    if is_factual(text.facets):
        hints += facts.facts(body, files)
    return sorted_hints(hints)


def is_factual(facets: Collection[str]) -> bool:
    """Whether a text is about health or law."""
    return any(facet == "health" or facet.partition(":")[0] == "legal" for facet in facets)
