"""The one home of mammoth, which knows how word processors say headings, lists, links and notes; gives a tree of HTML.

It is given a file that was made here from parts within bounds; no style map of the file, no address and no other file
is ever followed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final, Protocol
from xml.etree.ElementTree import Element

import mammoth

from studio.core.errors import Invalid, TooLarge
from studio.guides.wordfile import tree
from studio.guides.wordfile.found import Found
from studio.guides.wordfile.tree import UNREADABLE

_STYLES: Final = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Heading 7'] => h6:fresh
p[style-name='heading 7'] => h6:fresh
p[style-name='Heading 8'] => h6:fresh
p[style-name='heading 8'] => h6:fresh
p[style-name='Heading 9'] => h6:fresh
p[style-name='heading 9'] => h6:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
r[style-name='Emphasis'] => em
"""
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Picture(Protocol):
    """What mammoth says of a picture."""

    alt_text: str | None

    def open(self) -> Any:  # noqa: ANN401 - the library's own reader
        """Return a reader of its bytes."""


@dataclass(frozen=True, slots=True)
class Read:
    """A picture of the text as it was found: its words, and its bytes."""

    alt: str
    data: bytes


def html_of(data: bytes, picture: Callable[[Read], str], found: Found) -> Element:
    """Return the text of the .docx in ``data`` as a tree of HTML; ``picture`` gives each picture its address."""

    def image(one: Picture) -> dict[str, str]:
        found.shown -= 1
        with one.open() as opened:
            read = Read(" ".join((one.alt_text or "").split()), opened.read())
        return {"src": picture(read), "alt": read.alt}

    try:
        result = mammoth.convert_to_html(
            BytesIO(data),
            style_map=_STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=mammoth.images.img_element(image),
            id_prefix="",
        )
    except (Invalid, TooLarge, MemoryError):
        raise
    except Exception as error:  # whatever it is that the library does not foresee, the file is at fault
        raise Invalid(UNREADABLE) from error
    found.counts["inserted"] += max(0, found.shown)
    for message in result.messages:
        if message.message.startswith("A w:sym element"):
            found.count("symbols")
    return tree.read(f"<div>{_CONTROLS.sub(' ', result.value)}</div>".encode())
