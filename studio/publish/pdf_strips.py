"""Lines and blocks of a collection that come with its parts: each has a page of its own, cut to its height."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

_STRIP: Final = "strip"
_MM: Final = 72 / 25.4
ABOVE: Final = 21 * _MM
BELOW: Final = 19 * _MM
"""Points of a page that nothing is put on, at its head and its foot: the margins of every page."""


def cut(pages: Sequence[Any]) -> None:
    """Make those of ``pages``, laid out pages of the library, that hold a ``.strip`` as high as that is."""
    for page in pages:
        box = page._page_box  # noqa: SLF001 - there is no other way to the boxes
        if box.page_type.name == _STRIP:
            strip = box.children[0].children[0].children[0]  # below html and body
            page.height = strip.position_y + strip.margin_height()
