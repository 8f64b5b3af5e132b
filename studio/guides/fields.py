"""The fields of a text beside its body, and the hash over all that readers will see."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

SUMMARY_LIMIT: Final = 160
TITLE_LIMIT: Final = 150
HASH_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class TextFields:
    """What a text has beside its body. An empty value means: not answered yet."""

    title: str = ""
    summary: str = ""
    neutral_title: str = ""
    content_notes: tuple[str, ...] = ()
    """Keys of the controlled list; ``("none",)`` is an answer."""
    sources: tuple[str, ...] = ()
    changelog: str = ""
    """For readers: what is new in the next edition."""
    helplines: str = ""
    """``none-for-here`` or the id of a guide of the library."""

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for the database and the shared document."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> TextFields:
        """Read what ``to_dict`` gave; unknown names are left out, missing ones are not answered."""
        known: dict[str, Any] = {}
        for name in cls.__slots__:
            value = values.get(name)
            if isinstance(value, list | tuple):
                known[name] = tuple(str(one) for one in value)
            elif value is not None:
                known[name] = str(value)
        return cls(**known)


def content_hash(
    body: str, fields: Mapping[str, Any], *, kind: str, facets: Sequence[str], topics: Sequence[str], licence: str
) -> str:
    """Return the SHA-256 over canonical JSON of everything of a text that a reader can see, but for who is named.

    How people are named is their own choice, and may change at any time, in editions of the past too.

    Images are named in the body by their own hashes. The body is taken as it is: no NFC, which would alter ideographs.
    """
    seen = TextFields.from_dict(fields).to_dict()
    whole = {
        "version": HASH_VERSION,
        "body": body,
        "fields": seen,
        "kind": kind,
        "facets": sorted(facets),
        "topics": sorted(topics),
        "licence": licence,
    }
    packed = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(packed.encode()).hexdigest()
