"""What changed between two saved versions, passage by passage and word by word."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from studio.core.words import N_, Message
from studio.guides.rules.worddiff import Piece, diff
from studio.review.rules.carry import ABOUT, Block

LABELS: Final = {
    "title": N_("Title"),
    "summary": N_("Summary"),
    ABOUT: N_("What it is: kind, topics, what it touches"),
    "neutral_title": N_("Title for the plain cover"),
    "content_notes": N_("Before you read"),
    "sources": N_("Sources"),
    "changelog": N_("What is new"),
    "helplines": N_("Where to find help"),
}
"""Names of what stands beside the text."""
_PASSAGE: Final = N_("A passage")
_NEW: Final = N_("A new passage")
_GONE: Final = N_("A passage that is gone")


@dataclass(frozen=True, slots=True)
class Change:
    """One passage that is new, other or gone."""

    label: Message
    pieces: tuple[Piece, ...]


def changes(before: Sequence[Block], after: Sequence[Block], only: Iterable[str] | None = None) -> list[Change]:
    """Return what changed, in the order of the text now, what is gone last; ``only`` these blocks, if given."""
    old = {block.block_id: block for block in before}
    new = {block.block_id: block for block in after}
    wanted = set(only) if only is not None else old.keys() | new.keys()
    found: list[Change] = []
    for block_id in [*new, *(one for one in old if one not in new)]:
        one, two = old.get(block_id), new.get(block_id)
        if block_id in wanted and (one is None or two is None or one.hash != two.hash):
            found += _changes(one, two)
    return found


def _changes(before: Block | None, after: Block | None) -> list[Change]:
    kind = (after or before or _NOTHING).kind
    if kind == "front":
        return _field_changes(before, after)
    old, new = before.source if before else "", after.source if after else ""
    label = LABELS.get(kind) or (_NEW if before is None else _GONE if after is None else _PASSAGE)
    return [Change(label, tuple(diff(old.strip(), new.strip())))]


_NOTHING: Final = Block("", "", "", "")


def _field_changes(before: Block | None, after: Block | None) -> list[Change]:
    old, new = _fields(before), _fields(after)
    return [
        Change(LABELS[name], tuple(diff(old.get(name, ""), new.get(name, ""))))
        for name in LABELS
        if old.get(name, "") != new.get(name, "")
    ]


def _fields(front: Block | None) -> dict[str, str]:
    values = json.loads(front.source) if front else {}
    return {name: "\n".join(value) if isinstance(value, list) else str(value) for name, value in values.items()}
