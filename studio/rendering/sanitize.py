"""Two gates after rendering: bleach with the rules of ``policy``, then nh3, which reads HTML in another way."""

from __future__ import annotations

import html as entities
import threading
from typing import Final

import nh3
from bleach.sanitizer import Cleaner

from studio.rendering.policy import ATTRIBUTES, allows

_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel", "media"})
_NH3_ATTRIBUTES: Final = {tag: set(names) for tag, names in ATTRIBUTES.items()}


class _Gate(threading.local):
    """This thread's cleaner (its parser keeps state) and the addresses the house made for the text in hand."""

    def __init__(self) -> None:
        self.own: frozenset[str] = frozenset()
        self.cleaner = Cleaner(
            tags=frozenset(ATTRIBUTES), attributes=self._allows, protocols=_SCHEMES, strip=False, strip_comments=True
        )

    def _allows(self, tag: str, name: str, value: str) -> bool:
        return allows(tag, name, entities.unescape(value), self.own)


_gate: Final = _Gate()


def sanitize(html: str, own: frozenset[str] = frozenset()) -> str:
    """Return ``html`` with nothing but what ``policy`` allows; cleaning the result again changes nothing."""
    _gate.own = own
    once = _gate.cleaner.clean(html)
    return nh3.clean(
        once,
        tags=set(ATTRIBUTES),
        attributes=_NH3_ATTRIBUTES,
        url_schemes=set(_SCHEMES),
        clean_content_tags=set(),
        link_rel=None,
        strip_comments=True,
    )
