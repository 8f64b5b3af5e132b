"""Which addresses a text may hold: an allow-list of whole shapes, never a list of what is forbidden."""

from __future__ import annotations

import re
from typing import Final, Literal

Kind = Literal["external", "contact", "here", "own", "guide"]

_SAFE = r"[^\s\\\x00-\x20\x7f-\xa0<>\"]"
_SHAPES: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    # A name or an address in brackets, no account before it: ``good.example@evil.example`` deceives.
    (
        "external",
        re.compile(
            rf"https?://(?:[^\s\\/?#@:\[\]<>\"]+|\[[0-9a-f:.]+\])(?::\d{{1,5}})?(?:[/?#]{_SAFE}*)?", re.IGNORECASE
        ),
    ),
    ("contact", re.compile(rf"mailto:[^\s\\/:?#@<>\"]+@[^\s\\/:?#@<>\"]+(?:\?{_SAFE}*)?", re.IGNORECASE)),
    ("contact", re.compile(r"tel:[+0-9*#][0-9().;=a-z*#-]*", re.IGNORECASE)),
    ("guide", re.compile(rf"guide:[a-z0-9][a-z0-9-]{{0,99}}(?:#{_SAFE}*)?")),
    ("here", re.compile(rf"#{_SAFE}*")),
    ("own", re.compile(rf"/(?!/){_SAFE}*")),
)
_MEDIA: Final = re.compile(r"media:([0-9a-f]{64})")
_RELATIVE: Final = re.compile(rf"(?:\.{{1,2}}/)*[\w.~-]+(?:/[\w.~%-]*)*(?:[?#]{_SAFE}*)?")


def kind(address: str) -> Kind | None:
    """Return what a link in the source points at, or None where no link may point."""
    return next((name for name, shape in _SHAPES if shape.fullmatch(address)), None)


def media_name(address: str) -> str | None:
    """Return the SHA-256 name in ``media:<sha256>``, or None for any other address of a picture."""
    found = _MEDIA.fullmatch(address)
    return found[1] if found else None


def may_link(address: str) -> bool:
    """Whether a page may hold this link: as in a source, but ``guide:`` must have been resolved."""
    return kind(address) not in (None, "guide")


def may_load(address: str) -> bool:
    """Whether a picture may be loaded from here: only from the house itself, never from another host."""
    return bool(_MEDIA.fullmatch(address)) or is_own(address)


def is_own(address: str) -> bool:
    """Whether the address stays in the house: a path from its root or, in an exported copy, a relative one."""
    return kind(address) == "own" or bool(_RELATIVE.fullmatch(address))
