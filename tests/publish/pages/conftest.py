"""Fixtures of the tests of the reader's pages: a published text, its view, and a reader of HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest

from studio.core.locales import language
from studio.publish.document import Document, OtherLanguage
from studio.publish.pages import views
from studio.rendering.rendered import Heading, Rendered, Section

VOID = {"meta", "link", "input", "br", "img", "hr", "source", "wbr"}


@dataclass
class Element:
    """An element of a page, with all words below it and the elements around it, the nearest last."""

    tag: str
    attrs: dict[str, str]
    around: list[Element]
    words: str = ""

    @property
    def lang(self) -> str:
        """The language that the element is in."""
        return next(e.attrs["lang"] for e in [self, *reversed(self.around)] if "lang" in e.attrs)


@dataclass
class Reading(HTMLParser):
    """A page taken apart; ``texts`` are its words, each with the innermost element around them."""

    elements: list[Element] = field(default_factory=list)
    texts: list[tuple[str, Element]] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, list(self.open))
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        closed = self.open.pop()
        assert closed.tag == tag, f"<{closed.tag}> is closed by </{tag}>"

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.words += data
        if data.strip():
            self.texts.append((data.strip(), self.open[-1]))

    def all(self, tag: str, **attrs: str) -> list[Element]:
        """Return the elements of ``tag`` with these attributes; ``klass`` looks for one class."""
        klass = attrs.pop("klass", "")
        return [
            element
            for element in self.elements
            if element.tag == tag
            and (not klass or klass in element.attrs.get("class", "").split())
            and all(element.attrs.get(name) == value for name, value in attrs.items())
        ]

    def one(self, tag: str, **attrs: str) -> Element:
        """Return the only such element."""
        (element,) = self.all(tag, **attrs)
        return element


@pytest.fixture
def read() -> Callable[[str], Reading]:
    """Take a page apart; it fails where an element is not closed."""

    def take_apart(page: str) -> Reading:
        reading = Reading()
        reading.feed(page)
        reading.close()
        assert reading.open == []
        return reading

    return take_apart


@pytest.fixture
def published() -> Callable[..., Document]:
    """Make a published text; keyword arguments change it."""

    def make(code: str = "en", **changes: Any) -> Document:
        body = Rendered(
            html='<h2 id="h-rest">Rest first</h2><p>You may stop here.</p>\n<h2 id="h-call">Call a friend</h2>',
            outline=(Heading("h-rest", 2, "Rest first"), Heading("h-call", 2, "Call a friend")),
            sections=(Section("h-rest", "Rest first", "You may stop here."),),
            text="Rest first You may stop here. Call a friend",
            words=10,
            media=(),
            links=(),
        )
        plain = Document(
            guide_id="night-walks",
            kind="guide",
            language=language(code),
            slug="night-walks",
            opaque_id="k3v9",
            title="Walking home <late> & alone",
            summary="What helps on the way.",
            neutral_title="Notes",
            body=body,
            reading_minutes=7,
            topics=("Streets",),
            content_notes=("Being followed",),
            sources=("Town of Examplia: Lamps, 2026. https://lamps.example/2026.",),
            licence="CC BY-SA 4.0",
            credit="Three neighbours",
            edition=3,
            changelog="New lamps",
            published_on=date(2027, 2, 1),
            checked_on=date(2027, 3, 9),
            people=4,
            label="",
            copy_number="K7M-2QX",
            content_hash="a" * 64,
            site_name="Lamp House",
            base_url="https://lamps.example",
            practice=False,
            others=(
                OtherLanguage(language("ar"), "العودة ليلًا", "/ar/layl/", "/n/ar/p7w2/"),
                OtherLanguage(language("ja"), "夜の帰り道", "/ja/yoru/", "/n/ja/m4t8/"),
            ),
        )
        return replace(plain, **changes)

    return make


@pytest.fixture
def house() -> views.House:
    """A house with a public address and three languages."""
    return views.House(
        "Lamp House",
        "https://lamps.example",
        "https://weather.example/",
        languages=(language("en"), language("ar"), language("ja")),
    )


@pytest.fixture
def guide_view(house: views.House, published: Callable[..., Document]) -> Callable[..., views.GuideView]:
    """Make the view of a guide's page; keyword arguments change it, ``document`` its text."""

    def make(document: Document | None = None, **changes: Any) -> views.GuideView:
        text = document or published()
        view = views.GuideView(
            house=house,
            document=text,
            topics=(views.Topic("streets", "Streets"),),
            downloads=(
                views.Download("pdf", f"{text.path}guide.pdf", 176_400),
                views.Download("plain_pdf", f"{text.quiet_path}notes-{text.edition}.pdf", 168_000, quiet=True),
            ),
            card=views.Card(f"{text.path}cards/wide.png", "A lamp beside a path"),
        )
        return replace(view, **changes)

    return make
