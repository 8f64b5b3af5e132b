"""Address names and guide ids: ASCII words of a title, unique."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from anyascii import anyascii
from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.errors import Invalid
from studio.core.words import N_
from studio.guides.models import Guide, SlugAlias, Translation

RESERVED: Final = frozenset({"topics", "search", "feed.xml", "editions", "feedback", "about", "trust", "collections"})
LENGTH: Final = 60
PATTERN: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def ascii_name(title: str) -> str:
    """Return ASCII words of ``title`` joined by hyphens, at most LENGTH characters, cut between words."""
    words = re.findall(r"[a-z0-9]+", anyascii(title).lower())
    name = ""
    for word in words:
        if len(name) + len(word) + 1 > LENGTH:
            break
        name = f"{name}-{word}" if name else word
    return name or (words[0][:LENGTH] if words else "text")


def free_guide_id(session: Session, wanted: str) -> str:
    """Return ``wanted``, or ``wanted-2`` and so on: the first that no guide has."""
    return _first_free(wanted, lambda name: session.get(Guide, name) is None)


def free_slug(session: Session, language: str, wanted: str) -> str:
    """Return the first of ``wanted``, ``wanted-2``, … that no text of ``language`` has or ever had."""
    return _first_free(wanted, lambda name: not _taken(session, language, name))


def check_slug(session: Session, translation: Translation, wanted: str) -> str:
    """Return ``wanted`` where an editor may choose it as address name, or raise Invalid with a sentence."""
    if not PATTERN.fullmatch(wanted) or len(wanted) > LENGTH or wanted in RESERVED:
        raise Invalid(N_("An address name has up to {n} small letters a–z, digits and hyphens between them.", n=LENGTH))
    if wanted != translation.slug and _taken(session, translation.language, wanted):
        raise Invalid(N_("Another text has the address name {name}. Choose another one.", name=wanted))
    return wanted


def _taken(session: Session, language: str, name: str) -> bool:
    if name in RESERVED or session.get(SlugAlias, (language, name)) is not None:
        return True
    found = select(Translation.id).where(Translation.language == language, Translation.slug == name)
    return session.scalar(found) is not None


def _first_free(wanted: str, free: Callable[[str], bool]) -> str:
    number, name = 1, wanted
    while not free(name):
        number += 1
        name = f"{wanted}-{number}"
    return name
