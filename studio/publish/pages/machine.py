"""What programs read: structured data in the head, feed, sitemap, edition.json. Addresses are absolute or left out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from markupsafe import Markup

from studio.core.locales import Language
from studio.i18n import formats
from studio.i18n.catalogues import Translator, translator
from studio.publish.document import Document
from studio.publish.pages.links import Links
from studio.publish.pages.views import Card, GuideEntry, House, Standing

_ATOM: Final = "http://www.w3.org/2005/Atom"
_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_LICENCES: Final = {
    "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
register_namespace("xhtml", _XHTML)


@dataclass(frozen=True, slots=True)
class ArtifactEntry:
    """A file of an edition as edition.json names it."""

    kind: str
    address: str
    sha256: str
    n_bytes: int
    alt: str = ""
    """Of a card: its words, for whoever does not see it."""


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """A page and the same page in all its languages, itself included, as (language code, address)."""

    address: str
    changed_on: date | None = None
    languages: tuple[tuple[str, str], ...] = ()


def language_links(links: Links, here: str, siblings: Sequence[tuple[str, str]]) -> Markup:
    """Return canonical and hreflang elements for the page at ``here``; nothing without a public address.

    ``siblings`` are (language code, address inside the house), the page itself included.
    """
    if not links.base_url:
        return Markup()
    lines = [Markup('<link rel="canonical" href="{}">').format(links.absolute(here))]
    if len(siblings) > 1:
        lines += [
            Markup('<link rel="alternate" hreflang="{}" href="{}">').format(code, links.absolute(address))
            for code, address in siblings
        ]
    return Markup("\n").join(lines)


def open_graph(document: Document, links: Links, card: Card | None) -> Markup:
    """Return the Open Graph elements of a guide."""
    pairs = [
        ("og:type", "article"),
        ("og:title", document.title),
        ("og:description", document.summary),
        ("og:site_name", document.site_name),
        ("og:locale", document.language.code),
        ("og:url", links.absolute(document.path)),
    ]
    if card and links.base_url:
        pairs += [
            ("og:image", links.absolute(card.address)),
            ("og:image:type", "image/png"),
            ("og:image:width", str(card.width)),
            ("og:image:height", str(card.height)),
            ("og:image:alt", card.alt),
        ]
    made = (Markup('<meta property="{}" content="{}">').format(name, value) for name, value in pairs if value)
    return Markup("\n").join(made)


def article_data(document: Document, links: Links, card: Card | None) -> str:
    """Return the JSON-LD of a guide, safe inside a ``script`` element."""
    address = links.absolute(document.path)
    data = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": document.title,
        "description": document.summary,
        "inLanguage": document.language.code,
        "datePublished": document.published_on.isoformat(),
        "dateModified": max(document.published_on, document.checked_on).isoformat(),
        "version": str(document.edition),
        "license": _LICENCES.get(document.licence, document.licence),
        "author": _authors(document),
        "publisher": {"@type": "Organization", "name": document.site_name},
        "url": address,
        "mainEntityOfPage": address,
        "image": links.absolute(card.address) if card else "",
    }
    told = {name: value for name, value in data.items() if value}
    return json.dumps(told, ensure_ascii=False).replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _authors(document: Document) -> list[dict[str, str]]:
    """Return who wrote a text: the people who want to be named, else the house as a whole."""
    people = [{"@type": "Person", "name": name} for name in document.authors]
    return people or [{"@type": "Organization", "name": document.site_name}]


def feed(
    house: House, language: Language, entries: Iterable[GuideEntry], links: Links, heading: str, updated: date
) -> bytes:
    """Return the Atom feed of one language, the newest entry first; ``heading`` names it in that language.

    Without a public address ids are neutral names and links are paths inside the house.
    """
    root = Element("feed", {"xmlns": _ATOM, _XML_LANG: language.code})
    here = f"/{language.code}/feed.xml"
    _child(root, "title", f"{house.site_name} · {heading}")
    _child(root, "id", _identity(links, here))
    _child(root, "updated", _moment(updated))
    SubElement(root, "link", rel="self", type="application/atom+xml", href=links.absolute(here) or here)
    home = f"/{language.code}/"
    SubElement(root, "link", rel="alternate", type="text/html", href=links.absolute(home) or home)
    author = SubElement(root, "author")
    _child(author, "name", house.site_name)
    words = translator(language.code, "reader")
    for entry in entries:
        _feed_entry(root, entry, links, updated, words)
    return _document(root)


def _feed_entry(root: Element, entry: GuideEntry, links: Links, updated: date, words: Translator) -> None:
    item = SubElement(root, "entry")
    _child(item, "title", entry.title)
    _child(item, "id", _identity(links, entry.address))
    _child(item, "updated", _moment(entry.changed_on or entry.checked_on or updated))
    SubElement(item, "link", rel="alternate", type="text/html", href=links.absolute(entry.address) or entry.address)
    for name in entry.authors:
        _child(SubElement(item, "author"), "name", name)
    told = [_corrected(entry, words), entry.summary]
    if any(told):
        _child(item, "summary", " ".join(filter(None, told)))


def _corrected(entry: GuideEntry, words: Translator) -> str:
    if entry.corrected_on is None:
        return ""
    month = formats.month(entry.corrected_on, words.language.code)
    return f"{words.gettext('Corrected in {month}:', month=month)} {entry.correction}"


def sitemap(entries: Iterable[SitemapEntry], links: Links) -> bytes:
    """Return the sitemap with the languages of each page; it is empty without a public address."""
    root = Element("urlset", {"xmlns": _SITEMAP})
    for entry in entries if links.base_url else ():
        url = SubElement(root, "url")
        _child(url, "loc", links.absolute(entry.address))
        if entry.changed_on:
            _child(url, "lastmod", entry.changed_on.isoformat())
        for code, address in entry.languages if len(entry.languages) > 1 else ():
            SubElement(url, f"{{{_XHTML}}}link", rel="alternate", hreflang=code, href=links.absolute(address))
    return _document(root)


def edition_json(document: Document, standing: Standing, artifacts: Sequence[ArtifactEntry], links: Links) -> bytes:
    """Return what programs may know of an edition: id, language, number, hash, dates, files, standing."""
    data = {
        "id": document.guide_id,
        "language": document.language.code,
        "edition": document.edition,
        "title": document.title,
        "standing": standing,
        "content_hash": document.content_hash,
        "copy_number": document.copy_number,
        "published_on": document.published_on.isoformat(),
        "checked_on": document.checked_on.isoformat(),
        "people": document.people,
        "label": document.label,
        **({"safety_line": document.safety_line} if document.safety_line else {}),
        **({"checks_due_on": document.checks_due_on.isoformat()} if document.checks_due_on else {}),
        "credit": document.credit,
        "authors": list(document.authors),
        **({"checkers": list(document.checkers)} if document.checkers else {}),
        "licence": document.licence,
        "address": links.absolute(document.path) or document.path,
        "artifacts": [
            {
                "kind": artifact.kind,
                "address": links.absolute(artifact.address) or artifact.address,
                "sha256": artifact.sha256,
                "size": artifact.n_bytes,
                **({"alt": artifact.alt} if artifact.alt else {}),
            }
            for artifact in artifacts
        ],
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _identity(links: Links, address: str) -> str:
    # A feed must have an id that is an address; this scheme names a thing without saying where it is.
    return links.absolute(address) or f"urn:studio:{address.strip('/').replace('/', ':')}"


def _moment(when: date) -> str:
    return datetime.combine(when, time(), UTC).isoformat().replace("+00:00", "Z")


def _child(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _document(root: Element) -> bytes:
    made: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"
