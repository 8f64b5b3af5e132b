"""The words of an edition, kept beside its pages: what a search without a server is made of.

Rendering a text and taking it apart costs twenty times what reading it does, so the worker does it with the build.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from studio.search.entries import ANALYSIS, SectionEntry
from studio.search.offline.contributions import Contribution, contribution

KIND: Final = "words"
MEDIA_TYPE: Final = "application/json"


@dataclass(frozen=True, slots=True)
class Words:
    """A text in words: its title, its sections as (id, title, words), the images it shows, and what is found in it."""

    title: str
    sections: tuple[tuple[str, str, str], ...]
    images: tuple[str, ...]
    found: Contribution


def words_of(path: str, entries: Sequence[SectionEntry], images: Sequence[str]) -> Words:
    """Return the words of the text at ``path`` from its sections, as search knows them, and its images by SHA-256."""
    title = entries[0].guide_title if entries else ""
    sections = tuple((one.section_id, one.section_title, one.text) for one in entries)
    return Words(title, sections, tuple(images), contribution(path, entries))


def source_of(path: str, entries: Sequence[SectionEntry], images: Sequence[str]) -> str:
    """Return a checksum of whatever ``words_of`` makes something of."""
    return hashlib.sha256(repr((ANALYSIS, path, entries, images)).encode()).hexdigest()


def written(words: Words) -> bytes:
    """Return words as they are kept."""
    found = words.found
    held = {
        "analysis": ANALYSIS,
        "path": found.path,
        "title": words.title,
        "sections": words.sections,
        "images": words.images,
        "topics": found.topics,
        "lengths": found.sections,
        "terms": found.terms,
        "spelled": sorted(found.words),
    }
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def read(content: bytes, path: str) -> Words | None:
    """Return words as they were kept; None where they were made by other analyzers, or for another address."""
    held: dict[str, Any] = json.loads(content)
    if held.get("analysis") != ANALYSIS or held.get("path") != path:
        return None
    lengths = tuple((one[0], one[1], one[2]) for one in held["lengths"])
    found = Contribution(path, tuple(held["topics"]), lengths, held["terms"], frozenset(held["spelled"]))
    sections = tuple((one[0], one[1], one[2]) for one in held["sections"])
    return Words(held["title"], sections, tuple(held["images"]), found)
