"""The share kit: every card of a text in every size and look, with its words, as one zip that is always the same."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from studio.publish.captions import captions, read_me
from studio.publish.card_inks import LOOKS
from studio.publish.cards import SIZES, drawn
from studio.publish.document import Document
from studio.publish.slides import cards_of, said
from studio.theming.accent import accent

_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
"""The first that a zip can name: the day of packing is nobody's business."""
_PLAIN_FILE: Final = 0o100644 << 16
_BY_UNIX: Final = 3


def share_kit(document: Document) -> bytes:
    """Return the kit of ``document``; the same document gives the same bytes."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as kit:
        for name, content in _files(document):
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.create_system, entry.external_attr = _BY_UNIX, _PLAIN_FILE
            kit.writestr(entry, content)
    return target.getvalue()


def _files(document: Document) -> Iterator[tuple[str, bytes]]:
    yield "read-me.txt", read_me(document).encode()
    yield "captions.txt", captions(document).encode()
    slides = cards_of(document)
    for slide in slides:
        yield f"words/{slide.place:02d}-{slide.sort}.txt", f"{said(document, slide)}\n".encode()
    for look in LOOKS:
        for size in SIZES:
            for slide in slides:
                card = drawn(document, slide.place, size).file(look, accent(document.accent))
                yield f"{look}/{size.name}/{slide.place:02d}-{slide.sort}.png", card
