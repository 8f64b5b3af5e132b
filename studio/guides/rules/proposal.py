"""What a saved version changed at the least, as the machine sees it: people may say something stricter, not milder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from studio.core.locales import Language
from studio.core.words import N_, Message
from studio.guides.rules.comparison import Block, Compared, changed, compare
from studio.guides.rules.spelling import only_spelling
from studio.guides.rules.statuses import Significance
from studio.guides.rules.weightymarks import Tells

STRICTNESS: Final = (Significance.TYPO, Significance.CONTENT, Significance.SAFETY)
"""From the mildest to the strictest."""
_MEASURED: Final = re.compile(r"\d\s*[^\W\d_]|\w\s+\w|[%٪‰°]")
_ACTED_ON: Final = re.compile(r"\A\s*:{3,}[ \t]*(?:help|care|stop)\b")
"""Boxes that people act on in need; a note is none of them."""
_BESIDE: Final = frozenset({"front"})


@dataclass(frozen=True, slots=True)
class Frozen:
    """A version as it was or would be saved."""

    blocks: Sequence[Block]
    fields: Mapping[str, object]
    about: tuple[object, ...]
    """Kind, facets, topics and licence: which checks a text needs follows from these."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The mildest answer to "What changed?" that a version may get, and why it is no milder one."""

    significance: Significance
    reasons: tuple[Message, ...] = ()

    @property
    def answers(self) -> tuple[Significance, ...]:
        """Every answer that may be given."""
        return STRICTNESS[STRICTNESS.index(self.significance) :]


def stricter(one: Significance, other: Significance) -> Significance:
    """Return the stricter of two answers."""
    return max(one, other, key=STRICTNESS.index)


def propose(before: Frozen, after: Frozen, language: Language, *, health: bool) -> Proposal:
    """Compare two versions; ``health``: whether the text is about health, where a changed amount can harm.

    Somebody's safety or health: an amount with its unit in a text about health, what stands in a box of help, care or
    danger, the place where help is found. The meaning: everything else that is more than spelling or layout, such as
    digits, units, negations, links, names and boxes (``spelling.only_spelling``).
    """
    grave = tuple(dict.fromkeys(_grave(before, after, language, health=health)))
    if grave:
        return Proposal(Significance.SAFETY, grave)
    if before.about != after.about:
        # No earlier yes may slip through under other checks.
        return Proposal(Significance.CONTENT, (N_("What the text is, or what it needs, changed."),))
    verdict = only_spelling(before.blocks, after.blocks, before.fields, after.fields)
    return Proposal(Significance.TYPO if verdict.ok else Significance.CONTENT, verdict.refusals)


def _grave(before: Frozen, after: Frozen, language: Language, *, health: bool) -> Iterator[Message]:
    if before.fields.get("helplines") != after.fields.get("helplines"):
        yield N_("The place where help is found changed.")
    if _said(before.blocks) != _said(after.blocks):
        yield N_("A box about help, care or danger changed.")
    if health and any(map(_amounts, changed(compare(_text(before.blocks), _text(after.blocks), language)))):
        yield N_("An amount changed in a text about health.")


def _said(blocks: Sequence[Block]) -> list[str]:
    """Return the letters and digits of each box that people act on; its signs and spaces are layout."""
    return ["".join(filter(str.isalnum, one.source)) for one in blocks if _ACTED_ON.match(one.source)]


def _amounts(one: Compared) -> bool:
    counted = (told for told in one.call_outs if told.tells in (Tells.NUMBER, Tells.UNIT) and not told.same)
    return any(_MEASURED.search(shown) for told in counted for shown in (*told.before, *told.after))


def _text(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if block.kind not in _BESIDE]
