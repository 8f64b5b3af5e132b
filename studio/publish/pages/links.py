"""Makes the addresses in a page, so that one template serves the site, the quiet prefix and a folder of files."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import Literal, Protocol

from studio.publish.document import Document, OtherLanguage

CardSize = Literal["wide", "square", "portrait", "tall"]


class Led(Protocol):
    """Something that a page leads to under either of its addresses."""

    @property
    def address(self) -> str:
        """Its own address."""

    @property
    def quiet_address(self) -> str:
        """The address that tells nothing."""


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses on the site itself: paths from its root; absolute ones only where the house has a public address."""

    base_url: str = ""

    @property
    def alone(self) -> bool:
        """Whether the page has no house around it: then it leads to no library, search, list or check."""
        return False

    @property
    def served(self) -> bool:
        """Whether a server answers what is asked: without one there are no forms that post."""
        return True

    def to(self, address: str) -> str:
        """Return how a page refers to ``address``, a path inside the house with or without ``#part``."""
        return address

    def absolute(self, address: str) -> str:
        """Return the full public address, or an empty text where the house has none."""
        return self.base_url + address if self.base_url else ""

    def library(self, code: str) -> str:
        """Return the address of the first page of a language."""
        return self.to(f"/{code}/")

    def topic(self, code: str, topic: str) -> str:
        """Return the address of a topic's page."""
        return self.to(f"/{code}/topics/{topic}/")

    def search(self, code: str) -> str:
        """Return the address that search words are posted to."""
        return self.to(f"/{code}/search")

    def feed(self, code: str) -> str:
        """Return the address of a language's feed."""
        return self.to(f"/{code}/feed.xml")

    def check(self, copy_number: str = "") -> str:
        """Return the page that answers whether a copy is current."""
        return self.to(f"/check/{copy_number}")

    def trust(self, code: str) -> str:
        """Return the page that tells how to see that a copy is genuine."""
        return self.to(f"/{code}/trust/")

    def guide(self, code: str, slug: str) -> str:
        """Return the address of a guide."""
        return self.to(f"/{code}/{slug}/")

    def editions(self, code: str, slug: str, number: int | None = None) -> str:
        """Return the list of a guide's editions, or the page of one."""
        one = "" if number is None else f"{number}/"
        return self.to(f"/{code}/{slug}/editions/{one}")

    def entry(self, found: Led) -> str:
        """Return the address of a text in a list, or of a part of it."""
        return self.to(found.address)

    def quiet(self, code: str) -> str:
        """Return the list of a language that tells nothing from outside."""
        return self.to(f"/n/{code}/")

    def about_quiet(self, code: str) -> str:
        """Return the page about what quiet reading cannot hide."""
        return self.to(f"/n/{code}/about/")

    def page(self, document: Document) -> str:
        """Return the address of the document's own page."""
        return self.to(document.path)

    def answer(self, document: Document) -> str:
        """Return where readers say something about a text; empty where no house is there to hear it."""
        return f"{self.page(document)}answer"

    def other(self, other: OtherLanguage) -> str:
        """Return the address of the same guide in another language; empty where it may not be told from here."""
        return self.to(other.path)


@dataclass(frozen=True, slots=True)
class QuietLinks(Links):
    """Addresses for quiet reading: nothing on the page leads to a name that tells the topic."""

    def entry(self, found: Led) -> str:
        """Return the address that tells nothing."""
        return self.to(found.quiet_address)

    def library(self, code: str) -> str:
        """Return the list that tells nothing."""
        return self.quiet(code)

    def search(self, code: str) -> str:
        """Return the list that tells nothing: it is searched where it stands."""
        return self.quiet(code)

    def page(self, document: Document) -> str:
        """Return the address that tells nothing."""
        return self.to(document.quiet_path)

    def other(self, other: OtherLanguage) -> str:
        """Return the quiet address in the other language, if it has one."""
        return self.to(other.quiet_path) if other.quiet_path else ""


@dataclass(frozen=True, slots=True)
class FileLinks(Links):
    """Relative addresses for a folder of files that opens without a server. ``here`` is the page's own path."""

    here: str = "/"

    @property
    def served(self) -> bool:
        """Whether a server answers what is asked."""
        return False

    def answer(self, document: Document) -> str:
        """Return nothing: a file cannot hear an answer."""
        del document
        return ""

    def to(self, address: str) -> str:
        """Return the way from ``here`` to the file of ``address``."""
        path, mark, part = address.partition("#")
        file = f"{path}index.html" if path.endswith("/") else path
        folder = self.here if self.here.endswith("/") else posixpath.dirname(self.here)
        return posixpath.relpath(file, folder or "/") + mark + part


@dataclass(frozen=True, slots=True)
class LoneLinks(FileLinks):
    """Addresses for one text in a folder of its own, which nothing else of a house lies beside."""

    @property
    def alone(self) -> bool:
        """Whether the page has no house around it."""
        return True
