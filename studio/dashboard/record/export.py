"""The record of a text as one signed file; ``docs/record-file.md`` says what each part is and what it proves."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.audit import trail
from studio.audit.models import AuditEntry, AuditHead
from studio.core.words import Message
from studio.dashboard.record import signing
from studio.dashboard.record.story import Story
from studio.guides.models import Translation

FORMAT: Final = "studio-record-1"
_SIGNED_BESIDE: Final = "signature"


@dataclass(frozen=True, slots=True)
class Seal:
    """What a house makes its records with: the data folder that holds the signing key, and the house's secret."""

    folder: Path
    secret: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of a record."""

    mark: str
    """Of the key that signed it, for people to compare."""
    guide: str
    language: str
    made_on: str
    lines: int


def as_file(
    session: Session, translation: Translation, story: Story, say: Callable[[Message], str], seal: Seal, today: date
) -> bytes:
    """Return the record as the bytes of a JSON file, signed by the house; ``say`` puts its sentences into words.

    The id of a guide is its first title in plain letters: where the title is not told, the text's own id stands there.
    """
    head = session.get(AuditHead, 1)
    content: dict[str, Any] = {
        "format": FORMAT,
        "made_on": today.isoformat(),
        "guide": translation.guide_id if story.title else translation.id,
        "language": translation.language,
        "title": story.title,
        "lines": [
            {
                "entry": line.entry,
                "day": line.on.isoformat(),
                "act": line.act,
                "said": say(line.said),
                "words": list(line.words),
                **({"now": say(line.after)} if line.after else {}),
                "mark": mark_of(seal.secret, line.entry, line.hash),
            }
            for line in story.lines
        ],
        "head": {"entry": head.seq, "mark": mark_of(seal.secret, head.seq, head.hash)} if head else None,
        "key": signing.public_key(seal.folder),
    }
    content[_SIGNED_BESIDE] = signing.sign(seal.folder, signed_bytes(content))
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def mark_of(secret: str, seq: int, entry_hash: str) -> str:
    """Return what stands for an entry in a file: a keyed hash of its hash.

    The bare hash would let whoever knows the members' ids try which of them fits, and so name who never wanted it.
    """
    return trail.commitment(secret, f"record {seq} {entry_hash}")


def signed_bytes(content: dict[str, Any]) -> bytes:
    """Return the bytes that a record's signature is made of: everything else in it, in one agreed form."""
    rest = {name: value for name, value in content.items() if name != _SIGNED_BESIDE}
    return json.dumps(rest, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def read(data: bytes) -> tuple[dict[str, Any], Verdict]:
    """Return what a file holds and what can be said of it without its house.

    Raise ValueError, with a sentence, for what is no record, or is not as it was when it was signed.
    """
    try:
        content: Any = json.loads(data)
        known = content["format"] == FORMAT
        verdict = Verdict(
            signing.mark(content["key"]),
            content["guide"],
            content["language"],
            content["made_on"],
            len(content["lines"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise ValueError("This file is no record of a text.") from problem
    if not known:
        raise ValueError("This record was made by another version of the studio, which this one cannot read.")
    if not signing.is_signed(str(content["key"]), signed_bytes(content), str(content.get(_SIGNED_BESIDE, ""))):
        raise ValueError(
            "This file is not as it was when it was signed: something in it was changed, added or left out."
        )
    return content, verdict


def strangers(session: Session, content: dict[str, Any], secret: str) -> list[int]:
    """Return the numbers of a record's entries, its head included, that the house's trail does not have like that."""
    told = [(one["entry"], one["mark"]) for one in [*content["lines"], *([content["head"]] if content["head"] else [])]]
    there = select(AuditEntry.seq, AuditEntry.hash).where(AuditEntry.seq.in_({seq for seq, _ in told}))
    marks = {seq: mark_of(secret, seq, digest) for seq, digest in session.execute(there)}
    return sorted({seq for seq, mark in told if marks.get(seq) != mark})
