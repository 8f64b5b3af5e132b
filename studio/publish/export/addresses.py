"""From addresses of the site to files of the folder, in pages that were made for the site."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from studio.publish.pages.links import FileLinks

_TAG: Final = re.compile(r"<(?:a|area|audio|form|img|link|script|source|video)\b[^>]*>")
_ADDRESS: Final = re.compile(r'(\s(?:href|src|action|poster)=")(/[^"]*)"')
_SERVED: Final = re.compile(r"<!--served-->.*?<!--/served-->\n?|<form\b[^>]*\bmethod=\"post\".*?</form>\n?", re.DOTALL)
_NO_TEXTS: Final = frozenset({"static", "media", "check"})
_AROUND: Final = frozenset({"topics", "collections", "trust", "search", "feed.xml", "about", "media"})
_FEED: Final = re.compile(r'<link\b[^>]*\btype="application/atom\+xml"[^>]*>\n?')
COPY: Final = "copy.html"
SEARCH: Final = "search.html"


@dataclass(frozen=True, slots=True)
class ExportLinks(FileLinks):
    """Relative addresses inside an exported library. ``code`` is the language in which the page speaks.

    ``endings`` are those of images by their SHA-256, for a file is known by its ending where no server tells its type.
    """

    code: str = "en"
    endings: dict[str, str] = field(default_factory=dict)
    texts: Collection[str] = ()
    """The addresses of all texts that are exported, under both of their names."""
    lacking: Collection[str] = ()
    """Addresses that a page could lead to and that are not here: a text's cards, a topic without any text."""

    met: dict[str, bool] = field(default_factory=dict)
    """Filled while a page is written: the texts that it leads to, and whether they are here."""

    def leads(self, address: str) -> bool:
        """Whether there is something at an address of the site: a kept page may still name a text that is not here."""
        path = address.partition("#")[0]
        parts = path.strip("/").split("/")
        depth = 3 if parts[0] == "n" else 2
        if len(parts) < depth or parts[0] in _NO_TEXTS or parts[depth - 1] in _AROUND:
            return path not in self.lacking
        text = f"/{'/'.join(parts[:depth])}/"
        self.met[text] = text in self.texts
        return self.met[text] and path not in self.lacking

    def topic(self, code: str, topic: str) -> str:
        """Return the way to a topic's page; empty where it has no text here."""
        address = f"/{code}/topics/{topic}/"
        return "" if address in self.lacking else self.to(address)

    def to(self, address: str) -> str:
        """Return the way to the file of an address of the site."""
        path, mark, part = address.partition("#")
        return _way(self.here, file_of(path, self.code, self.endings)) + mark + part


def file_of(address: str, code: str = "en", endings: dict[str, str] | None = None) -> str:
    """Return the file of ``address`` (a path inside the house) in the folder, as a path from there."""
    path = address.partition("?")[0].lstrip("/")
    first, _, rest = path.partition("/")
    if first == "media" or path.startswith("n/media/"):
        return f"{path}{(endings or {}).get(path.rpartition('/')[2], '')}"
    if first == "check":
        return f"{code}/{COPY}"
    if rest == "search":
        return f"{first}/{SEARCH}"
    return f"{path}index.html" if path.endswith("/") or not path else path


def _way(here: str, file: str) -> str:
    """Return the way from the page at ``here`` to ``file``: as ``FileLinks`` says it, in a tenth of the time."""
    folder, steps = here[1:].split("/")[:-1], file.split("/")
    same = 0
    while same < len(folder) and same + 1 < len(steps) and folder[same] == steps[same]:
        same += 1
    return "../" * (len(folder) - same) + "/".join(steps[same:])


def relative(html: str, links: ExportLinks) -> str:
    """Return a page of the site with ways to files in the place of addresses, without what needs a server.

    A link to a text that is not in the folder loses its address. What needs a server is every form that posts, and
    whatever stands between ``<!--served-->`` and ``<!--/served-->``.
    """
    known: dict[str, str] = {}

    def way(match: re.Match[str]) -> str:
        address = match[2]
        if address not in known:
            known[address] = f'{match[1]}{links.to(address)}"' if links.leads(address) else ""
        return known[address]

    plain = _SERVED.sub("", html) if "<form" in html or "<!--served-->" in html else html
    plain = (plain if links.base_url else _FEED.sub("", plain)).replace(' href=""', "")
    return _TAG.sub(lambda tag: _ADDRESS.sub(way, tag[0]), plain)
