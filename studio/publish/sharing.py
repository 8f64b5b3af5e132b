"""The page from which the cards of a text are passed on, filled from the files of a build or of a folder."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Protocol

from studio.publish.captions import SORTS, caption
from studio.publish.card_sizes import BY_SIZE
from studio.publish.document import Document
from studio.publish.forms import BY_KIND
from studio.publish.pages import views
from studio.publish.pages.words import SIZE_NAMES
from studio.publish.slides import cards_of

FIRST: Final = "card_square"
"""Where a text has this file, it has a page of its cards."""


class File(Protocol):
    """A derived file: an artifact of a build, or what a renderer has just made."""

    @property
    def kind(self) -> str:
        """Its kind, one of ``forms``."""

    @property
    def size(self) -> int:
        """Its size in bytes."""

    @property
    def alt(self) -> str:
        """Of a card, its words."""


def cards_view(document: Document, made: Iterable[File], house: views.House, font_sheet: str = "") -> views.CardsView:
    """Return the page of the cards of ``document`` with those of the files ``made`` that are cards, or the kit."""
    files = {one.kind: one for one in made}
    kit = files.get("kit")
    cards = list[views.SharedCard]()
    for slide in cards_of(document):
        there = [files[kind] for kind in map(slide.kind, SIZE_NAMES) if kind in files]
        if there:
            own = tuple(_card_file(document, one) for one in there)
            cards.append(views.SharedCard(slide.place, SORTS[slide.sort], there[0].alt, own))
    return views.CardsView(
        house=house,
        document=document,
        caption=caption(document),
        cards=tuple(cards),
        kit=views.Download("kit", BY_KIND["kit"].address(document), kit.size) if kit else None,
        font_sheet=font_sheet if "web_font" in files else "",
    )


def _card_file(document: Document, one: File) -> views.CardFile:
    size = BY_SIZE[one.kind.rpartition("_")[2]]
    return views.CardFile(size.name, BY_KIND[one.kind].address(document), one.size, size.width, size.height)
