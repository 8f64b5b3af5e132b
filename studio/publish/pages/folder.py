"""The pages that only a library in a folder of files has: its first page, its search, and what this copy is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from studio.core.locales import Language, language
from studio.core.words import N_
from studio.i18n.catalogues import translator
from studio.publish.pages.environment import Frame, render
from studio.publish.pages.links import Links
from studio.publish.pages.views import House, SearchView

SCRIPT: Final = "/static/built/offline.js"
COMMANDS: Final = ("minisign -Vm SHA256SUMS -p key.pub", "sha256sum -c --quiet SHA256SUMS")
"""What a careful person types to see that the copy is whole and from the house."""


@dataclass(frozen=True, slots=True)
class CopyOfLibrary:
    """What is told about a copy: the newest day in it, how many texts, and the line of the house's public key."""

    house: House
    language: Language
    as_of: date | None
    texts: int
    key: str


def front(house: House, as_of: date | None, links: Links) -> str:
    """Return the page that one opens first: the languages, each in its own words."""
    chosen = house.languages or (language("en"),)
    spoken = next((one for one in chosen if one.code == "en"), chosen[0])
    said = [(one, _see_all(one)) for one in chosen]
    return render("folder_front.html", _frame(house, spoken, links, ""), said=said, as_of=as_of)


def search(view: SearchView, links: Links) -> str:
    """Return the page that looks through the library without a server."""
    title = translator(view.language.code, "reader").say(N_("Search"))
    frame = _frame(view.house, view.language, links, title)
    return render("folder_search.html", frame, view=view, script=SCRIPT)


def copy(view: CopyOfLibrary, links: Links) -> str:
    """Return what this copy is, of which day, and how it is verified."""
    words = translator(view.language.code, "reader")
    frame = _frame(view.house, view.language, links, words.say(N_("About this copy")))
    return render("folder_copy.html", frame, view=view, commands=COMMANDS)


def _frame(house: House, spoken: Language, links: Links, title: str) -> Frame:
    return Frame(house=house, language=spoken, links=links, title=title, noindex=True)


def _see_all(one: Language) -> str:
    return translator(one.code, "reader").say(N_("See all guides"))
