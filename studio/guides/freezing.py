"""Blocks of a saved version: their stable ids, hashes and contributors."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from studio.core.ids import new_id
from studio.guides.drafts import authors
from studio.guides.drafts.log import Loaded
from studio.guides.models import RevisionBlock
from studio.rendering.blocks import SourceBlock, assign_ids, split

FRONT: Final = ("title", "summary", "front")
"""Blocks beside the body; ``front`` is every other field that readers see. Their kind is their id."""

OLD_CREDIT: Final = "credit"
"""A field that older drafts may still hold; it was never a part of what is agreed to, and is shown to nobody."""


def freeze(loaded: Loaded, before: Sequence[RevisionBlock]) -> list[RevisionBlock]:
    """Return the blocks of a draft as loaded; ids follow the saved version ``before``."""
    text = loaded.document.text
    current = split(text)
    earlier = [
        (block.block_id, SourceBlock(kind=block.kind, source=block.source, hash=block.hash))
        for block in before
        if block.block_id not in FRONT
    ]
    ids = assign_ids(earlier, current, new_id)
    rows, at = front(loaded.document.fields, loaded.field_authors), 0
    for block_id, block in zip(ids, current, strict=True):
        end = at + len(block.source)
        place = (at, at + len(block.source.rstrip()), end)
        written = sorted(authors.between(loaded.runs, *place))
        row = _row(len(rows), block_id, block.kind, block.source, block.hash, written)
        row.suggested = authors.suggested_between(loaded.runs, *place, last=end == len(text))
        rows.append(row)
        at = end
    return rows


def front(fields: Mapping[str, Any], wrote: Mapping[str, Sequence[str]]) -> list[RevisionBlock]:
    """Return the blocks of what stands beside the text; ``wrote``: who changed each field."""
    parts = {name: {name: fields.get(name, "")} for name in ("title", "summary")}
    parts["front"] = {name: value for name, value in fields.items() if name not in (*parts, OLD_CREDIT)}
    rows = list[RevisionBlock]()
    for name, part in parts.items():
        source = str(part[name]) if name in part else json.dumps(part, ensure_ascii=False, sort_keys=True)
        written = sorted({author for key in part for author in wrote.get(key, ())})
        digest = hashlib.sha256(f"{name}\n{source}".encode()).hexdigest()
        rows.append(_row(len(rows), name, name, source, digest, written))
    return rows


def _row(position: int, block_id: str, kind: str, source: str, digest: str, contributors: list[str]) -> RevisionBlock:
    values: dict[str, Any] = {"position": position, "block_id": block_id, "kind": kind, "source": source}
    return RevisionBlock(**values, hash=digest, contributors=contributors, suggested={})


def freeze_changed(
    before: Sequence[RevisionBlock],
    text: str,
    fields: Mapping[str, Any],
    *,
    wrote: Mapping[str, Sequence[str]],
    by: str,
    settled: bool,
) -> list[RevisionBlock]:
    """Return the blocks of a saved version that ``by`` changed into ``text`` without a draft; ids follow ``before``.

    Whoever wrote in a passage before stays named in it, but where ``before`` is an edition (``settled``), from which
    authorship counts anew; a passage that is new or other names ``by`` as well. ``wrote``: who changed each field.
    """
    earlier = {block.block_id: block for block in before if block.block_id not in FRONT}
    current = split(text)
    known = [(name, SourceBlock(kind=one.kind, source=one.source, hash=one.hash)) for name, one in earlier.items()]
    rows = front(fields, wrote)
    for block_id, block in zip(assign_ids(known, current, new_id), current, strict=True):
        old = earlier.get(block_id)
        there = set(old.contributors) if old and not settled else set[str]()
        written = there if old and old.hash == block.hash else there | {by}
        row = _row(len(rows), block_id, block.kind, block.source, block.hash, sorted(written))
        row.suggested = dict(old.suggested) if old and not settled else {}
        rows.append(row)
    return rows
