"""What became of an earlier yes after the text was saved again (rule 6), in one sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from studio.core.words import N_, Message
from studio.guides.rules.spelling import only_spelling
from studio.guides.rules.spelling_tokens import tokens
from studio.guides.rules.spelling_words import ARTICLES, NUMBERS, NUMBERS_IN, UNITS, UNITS_IN
from studio.guides.rules.statuses import Significance
from studio.review.rules.policy import Check, Judges


class Weight(StrEnum):
    """Whether an earlier yes counts for the text as it is now."""

    COUNTS = "counts"
    SPELLING = "spelling"
    ELSEWHERE = "elsewhere"
    LOOK_AGAIN = "look_again"
    SAFETY = "safety"


COUNTING: Final = frozenset({Weight.COUNTS, Weight.SPELLING, Weight.ELSEWHERE})


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a saved version."""

    block_id: str
    kind: str
    source: str
    hash: str
    language: str = ""
    """The text's; empty where it is not known, and the words of every language count."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A saved version as far as a yes is about it. Title, summary and the other fields are blocks of their own."""

    number: int
    content_hash: str
    blocks: tuple[Block, ...]
    significance: Significance = Significance.CONTENT


@dataclass(frozen=True, slots=True)
class Carried:
    """The answer: its weight, its sentence, the blocks to look at again, and the spelling changes in between."""

    weight: Weight
    sentence: Message
    passages: tuple[str, ...] = ()
    changes: tuple[tuple[str, str], ...] = ()

    @property
    def counts(self) -> bool:
        """Whether the yes still counts."""
        return self.weight in COUNTING


_SOURCE: Final = re.compile(r"\[\^|\]\(|\]\[|https?://|<[a-z]+:", re.IGNORECASE)
_JUDGED_KINDS: Final = frozenset({"box", "table"})
_FRONT: Final = "front"
ABOUT: Final = "about"
"""Kind of the block that holds what the guide is: its kind, facets, topics and licence."""
_BESIDE: Final = frozenset({"title", "summary", _FRONT, ABOUT})


def carry(agreed: Snapshot, now: Snapshot, check: Check, since: Iterable[Significance]) -> Carried:
    """Weigh a yes to ``agreed`` for the text ``now``; ``since``: what each version saved after it is said to change.

    The two texts are compared as they are, not step by step: many small changes do not add up to a large one unseen.
    Words that are back again after a change for somebody's safety are looked at again: that change went.
    """
    labels = frozenset(since)
    if agreed.content_hash == now.content_hash and not (Significance.SAFETY in labels and cares_for_safety(check)):
        return Carried(Weight.COUNTS, N_("This yes counts."))
    if labels <= {Significance.TYPO}:
        verdict = only_spelling(agreed.blocks, now.blocks, _beside(agreed), _beside(now))
        if verdict.ok:
            return Carried(
                Weight.SPELLING, N_("This yes still counts: only spelling changed."), changes=verdict.changes
            )
    if Significance.SAFETY in labels and cares_for_safety(check):
        return for_safety(agreed, now)
    passages = changed_passages(judged(agreed.blocks, check.judges), judged(now.blocks, check.judges))
    if passages:
        return Carried(Weight.LOOK_AGAIN, _look_again(len(passages)), passages)
    return Carried(Weight.ELSEWHERE, N_("This yes still counts: nothing changed in the passages it is about."))


def for_safety(agreed: Snapshot, now: Snapshot) -> Carried:
    """Return that a yes to ``agreed`` does not count for the text ``now``, because of somebody's safety."""
    sentence = N_("Something about safety or health changed. Please look again first of all.")
    return Carried(Weight.SAFETY, sentence, changed_passages(agreed.blocks, now.blocks))


def _beside(text: Snapshot) -> dict[str, object]:
    return {block.kind: block.source for block in text.blocks if block.kind in _BESIDE}


def cares_for_safety(check: Check) -> bool:
    """Whether a change of someone's safety or health has to be looked at by this check."""
    return check.judges is Judges.FACTS or check.key == "safety"


def _look_again(n: int) -> Message:
    if n == 1:
        return N_("1 passage changed, please look again.")
    return N_("{n} passages changed, please look again.", n=n)


def judged(blocks: Sequence[Block], judges: Judges) -> tuple[Block, ...]:
    """Return the blocks that a check answers for; of the fields beside the text, facts judge the sources."""
    if judges is Judges.ALL:
        return tuple(blocks)
    return tuple(_sources(block) if block.kind == _FRONT else block for block in blocks if states_a_fact(block))


def states_a_fact(block: Block) -> bool:
    """Whether a block holds a number, a measure, a source, a table or a box: what a facts check judges.

    Words for numbers and measures are those of the text's language: “on” is ten in Turkish, and in English it is not.
    """
    if block.kind == ABOUT:
        return False
    if block.kind in _JUDGED_KINDS or block.kind == _FRONT or block.source.lstrip().startswith(":::"):
        return True
    if any(char.isnumeric() or char in "%٪°" for char in block.source) or _SOURCE.search(block.source):
        return True
    measures = _measures(block.language)
    return any(token.text.casefold() in measures for token in tokens(block.source))


@cache
def _measures(code: str) -> frozenset[str]:
    """Return the words for numbers and measures of one language; those of all, where it has no list of its own."""
    if code not in NUMBERS_IN or code not in UNITS_IN:
        return NUMBERS | UNITS
    return (NUMBERS_IN[code] - ARTICLES) | UNITS_IN[code] | UNITS_IN["every"]


def _sources(front: Block) -> Block:
    sources = json.dumps(json.loads(front.source).get("sources", []), ensure_ascii=False)
    return Block(front.block_id, front.kind, sources, sources)


def changed_passages(before: Iterable[Block], after: Iterable[Block]) -> tuple[str, ...]:
    """Return the ids of blocks that are new, other or gone, in the order of the text now, those gone last.

    Blocks that only changed places count as one changed passage: the order is part of what is said.
    """
    old = {block.block_id: block.hash for block in before}
    new = {block.block_id: block.hash for block in after}
    changed = [block_id for block_id, digest in new.items() if old.get(block_id) != digest]
    gone = [block_id for block_id in old if block_id not in new]
    if changed or gone:
        return tuple(changed + gone)
    moved = [one for one, other in zip(new, old, strict=True) if one != other]
    return tuple(moved[:1])
