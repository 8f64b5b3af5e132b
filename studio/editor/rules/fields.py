"""Bring together what two people answered beside a text: lists grow together, of two sentences the later one stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from studio.editor.rules.merge import Touching

NONE: Final = "none"


def merge_fields(
    base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[Touching, ...]]:
    """Return the fields that ``mine`` changes in ``theirs``, and those that both had changed."""
    changes, touching = dict[str, Any](), list[Touching]()
    for name, value in mine.items():
        was, now = base.get(name), theirs.get(name)
        if value in (was, now):
            continue
        if isinstance(value, list):
            changes[name] = merge_lists(was or [], now or [], value)
            continue
        changes[name] = value
        if now != was:
            touching.append(Touching(theirs=str(now or ""), mine=str(value), merged=str(value), field=name))
    return changes, tuple(touching)


def merge_lists(base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]) -> list[str]:
    """Return ``mine`` with what ``theirs`` added and without what it took away; an answer beats the answer "none"."""
    kept = [one for one in mine if one in theirs or one not in base]
    whole = [*kept, *(one for one in theirs if one not in base and one not in mine)]
    return [one for one in whole if one != NONE] or whole
