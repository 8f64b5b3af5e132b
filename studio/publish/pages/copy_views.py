"""What the pages about a copy are made of: whether it is current, and whether it is genuine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from studio.core.locales import Language
from studio.core.words import Message
from studio.publish.pages.views import Changes, EditionEntry, GuideEntry, House, Weight

CopyAnswer = Literal["", "current", "replaced", "taken_down", "unknown"]


@dataclass(frozen=True, slots=True)
class CopyView:
    """The page that tells whether a saved copy is current. ``title`` stays empty where it may not be told."""

    house: House
    language: Language
    code: str = ""
    answer: CopyAnswer = ""
    title: str = ""
    address: str = ""
    edition: int = 0
    checked_on: date | None = None
    spoken: Language | None = None
    """The language of the text."""
    copy: EditionEntry | None = None
    """The edition that the copy is of."""
    later: tuple[EditionEntry, ...] = ()
    """The editions since, those first that matter for somebody's safety."""
    changes: Changes | None = None
    """What differs between the copy and the current edition; None where that is not told."""
    weight: Weight = ""
    """The heaviest of all changes since the copy."""
    reason: Message | None = None
    """Why the text was taken down, in general words; None where that is not told."""
    instead: tuple[GuideEntry, ...] = ()
    alike: tuple[str, ...] = ()
    """Copy numbers that exist and look like the one that does not."""


@dataclass(frozen=True, slots=True)
class TrustView:
    """The page that tells how to see that a copy is genuine, with the house's public key as minisign writes it."""

    house: House
    language: Language
    key: str
    key_name: str = ""
