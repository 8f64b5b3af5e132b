"""The page of a guide, under its own name and at the address that tells nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from markupsafe import Markup

from studio.core.locales import Language
from studio.core.words import Message
from studio.i18n.catalogues import translator
from studio.publish.document import Document
from studio.publish.pages import machine
from studio.publish.pages.environment import Frame, render
from studio.publish.pages.links import Links, QuietLinks
from studio.publish.pages.overdue import folded
from studio.publish.pages.segments import with_addresses
from studio.publish.pages.views import Download, GuideView
from studio.publish.pages.words import CHECKS_OVERDUE, DOWNLOADS, KINDS, RECHECK_DUE

_OWN_LINK: Final = re.compile(r'href="(/(?!media/)[^"#]*)(#[^"]*)?"')
_MEDIA: Final = re.compile(r'((?:src|href)=")/media/')
_CONTENTS_FROM = 2
"""Headings from which a table of contents helps."""
_QUIET_HERE = frozenset({"plain_pdf"})
"""The files with a neutral name that are offered beside the others; all of them are on the page for quiet reading."""
_DEEPEST = 3
"""The level of headings that the contents go down to."""


def guide(view: GuideView, links: Links | None = None) -> str:
    """Return the HTML of the guide's page under its public address, or in a folder of files with FileLinks."""
    document = view.document
    links = links or Links(view.house.base_url)
    frame = Frame(
        house=view.house,
        language=document.language,
        links=links,
        title=document.title,
        description=document.summary,
        siblings=_siblings(document, links),
        noindex=view.newer is not None,
        font_sheet=view.font_sheet,
        head=_head(view, links),
    )
    here = [one for one in view.downloads if links.alone or not one.quiet or one.kind in _QUIET_HERE]
    return _page(view, frame, here)


def quiet_guide(view: GuideView, links: QuietLinks | None = None) -> str:
    """Return the HTML for quiet reading: neutral title, no name of the house, no word of the topic around the text."""
    document = view.document
    links = links or QuietLinks(view.house.base_url)
    frame = Frame(
        house=view.house,
        language=document.language,
        links=links,
        title=document.neutral_title,
        siblings=_siblings(document, links),
        quiet=True,
        font_sheet=view.font_sheet,
    )
    return _page(view, frame, [download for download in view.downloads if download.quiet])


def _page(view: GuideView, frame: Frame, downloads: Iterable[Download]) -> str:
    document, words = view.document, translator(view.document.language.code, "reader")
    body = folded(document, words)
    outline = [heading for heading in document.body.outline if heading.level <= _DEEPEST]
    return render(
        "guide.html",
        frame,
        view=view,
        document=document,
        quiet=frame.quiet,
        title=frame.title,
        kind=KINDS.get(document.kind, KINDS["guide"]),
        notices=_notices(view),
        contents=outline if len(outline) >= _CONTENTS_FROM else [],
        body=Markup(_quietly(view, frame.links, body) if frame.quiet else body),  # noqa: S704 - sanitised by rendering, which is its only maker
        downloads=[(download, *DOWNLOADS[download.kind]) for download in downloads],
        sources=[with_addresses(source) for source in document.sources],
    )


def _quietly(view: GuideView, links: Links, body: str) -> str:
    """Return the text ``body`` with the addresses that tell nothing in the places of those that do."""

    def way(found: re.Match[str]) -> str:
        path, part = found[1], found[2] or ""
        known = view.quiet_ways.get(path)
        return f'href="{links.to(known) + part if known else links.quiet(view.document.language.code)}"'

    return _MEDIA.sub(r"\1/n/media/", _OWN_LINK.sub(way, body))


def _notices(view: GuideView) -> list[tuple[str, Message | str]]:
    """Return the sentences that stand above the text, each with the tone of its box."""
    document = view.document
    notices: list[tuple[str, Message | str]] = []
    if document.label_words:
        notices.append(("care", CHECKS_OVERDUE if view.checks_overdue else document.label_words))
    if view.recheck_due:
        notices.append(("care", RECHECK_DUE))
    return notices


def _siblings(document: Document, links: Links) -> tuple[tuple[Language, str], ...]:
    """Return all languages of the guide with their addresses, its own first; nothing if it is the only one."""
    others = [(other.language, links.other(other)) for other in document.others]
    told = tuple(pair for pair in others if pair[1])
    return ((document.language, links.page(document)), *told) if told else ()


def _head(view: GuideView, links: Links) -> Markup:
    document = view.document
    pages = [(document.language.code, document.path), *((o.language.code, o.path) for o in document.others)]
    data = machine.article_data(document, links, view.card)
    parts = [
        machine.language_links(links, document.path, pages),
        machine.open_graph(document, links, view.card),
        Markup('<script type="application/ld+json">{}</script>').format(Markup(data)),  # noqa: S704 - escaped by its maker
    ]
    return Markup("\n").join(part for part in parts if part) + Markup("\n")
