"""The pages around the guides: library, topic, search, editions, copies, what was taken down, what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from markupsafe import Markup

from studio.core.locales import Language
from studio.core.words import N_, Message
from studio.i18n.catalogues import translator
from studio.publish.pages import machine
from studio.publish.pages.copy_views import CopyView, TrustView
from studio.publish.pages.environment import Frame, render
from studio.publish.pages.links import Links, QuietLinks
from studio.publish.pages.views import (
    CardsView,
    Changes,
    EditionsView,
    House,
    LibraryView,
    OldEditionView,
    PlainView,
    SearchView,
    TombstoneView,
    TopicView,
    WithdrawView,
)
from studio.publish.pages.words import CARD_CHANGES, CARD_WARNING, SIZE_NAMES, STANDINGS, WEIGHTS, trouble

_MINUTE = 60
_NEUTRAL: Message = N_("Page")


def library(view: LibraryView, links: Links | None = None) -> str:
    """Return the first page of a language."""
    links = links or Links(view.house.base_url)
    code = view.language.code
    alternate = Markup('<link rel="alternate" type="application/atom+xml" href="{}" title="{}">\n').format(
        links.feed(code), view.house.site_name
    )
    frame = Frame(
        house=view.house,
        language=view.language,
        links=links,
        siblings=_siblings(view.house.languages, links.library),
        head=_head(links, f"/{code}/", view.house.languages, "/{}/") + alternate,
    )
    return render("library.html", frame, view=view)


def topic(view: TopicView, links: Links | None = None) -> str:
    """Return the page of one topic."""
    links = links or Links(view.house.base_url)
    address = f"/{view.language.code}/topics/{view.topic.id}/"
    frame = Frame(
        house=view.house,
        language=view.language,
        links=links,
        title=view.topic.name,
        description=view.lead,
        siblings=_siblings(view.siblings, lambda code: links.topic(code, view.topic.id)),
        head=_head(links, address, view.siblings, f"/{{}}/topics/{view.topic.id}/"),
    )
    return render("topic.html", frame, view=view)


def search(view: SearchView, links: Links | None = None) -> str:
    """Return the search page. Its title never holds the words, which would stay in the browser's history."""
    links = links or Links(view.house.base_url)
    siblings = _siblings(view.house.languages, links.search)
    frame = _frame(view.house, view.language, links, N_("Search"), siblings=siblings, one=view.posted)
    return render("search.html", frame, view=view)


def editions(view: EditionsView, links: Links | None = None) -> str:
    """Return the public list of a guide's editions."""
    frame = _frame(view.house, view.language, links, view.title)
    return render("editions.html", frame, view=view, standings=STANDINGS, weights=WEIGHTS, nothing=Changes())


def cards(view: CardsView, links: Links | None = None) -> str:
    """Return the page from which the cards of a text are passed on: pictures, their words, the kit."""
    frame = Frame(
        house=view.house,
        language=view.document.language,
        links=links or Links(view.house.base_url),
        title=view.document.title,
        noindex=True,
        font_sheet=view.font_sheet,
    )
    return render(
        "cards.html",
        frame,
        view=view,
        document=view.document,
        names=SIZE_NAMES,
        warning=CARD_WARNING,
        old_ones=CARD_CHANGES,
    )


def old_edition(view: OldEditionView, links: Links | None = None) -> str:
    """Return the page of a numbered edition: what became of it, and the way to the current text."""
    frame = _frame(view.house, view.language, links, view.title)
    return render("old_edition.html", frame, view=view, weights=WEIGHTS, nothing=Changes())


def check_copy(view: CopyView, links: Links | None = None) -> str:
    """Return the form for a copy number with its answer, if one was asked."""
    frame = _frame(view.house, view.language, links, N_("Is my copy current?"))
    return render("check.html", frame, view=view, weights=WEIGHTS, nothing=Changes())


def trust(view: TrustView, links: Links | None = None) -> str:
    """Return the page that tells how to see that a copy is genuine."""
    links = links or Links(view.house.base_url)
    siblings = _siblings(view.house.languages, links.trust)
    frame = _frame(view.house, view.language, links, N_("Is this copy genuine?"), siblings=siblings)
    return render("trust.html", frame, view=view)


def withdraw(view: WithdrawView, links: Links | None = None) -> str:
    """Return the page on which a story is taken back with its code. Its title tells nothing of that."""
    return render("withdraw.html", _frame(view.house, view.language, links, _NEUTRAL), view=view)


def tombstone(view: TombstoneView, links: Links | None = None) -> str:
    """Return what stands in the place of a text that was taken down; served with 410."""
    return render("tombstone.html", _frame(view.house, view.language, links, view.title), view=view)


def gone(house: House, language: Language, *, quiet: bool = False) -> str:
    """Return the plain page for a text taken down for someone's identity: no title, no reason; served with 410."""
    return trouble_page(PlainView(house, language, status=410, quiet=quiet))


def trouble_page(view: PlainView, links: Links | None = None) -> str:
    """Return the page for an HTTP status of 400 or more, with ``view.message`` in the place of the usual sentence."""
    heading, sentence = trouble(view.status)
    links = links or (QuietLinks if view.quiet else Links)(view.house.base_url)
    frame = _frame(view.house, view.language, links, _NEUTRAL if view.quiet else heading, quiet=view.quiet)
    minutes = -(-view.wait // _MINUTE)
    return render("plain.html", frame, view=view, heading=heading, sentence=view.message or sentence, minutes=minutes)


def _frame(
    house: House,
    language: Language,
    links: Links | None,
    title: str | Message,
    *,
    siblings: tuple[tuple[Language, str], ...] = (),
    quiet: bool = False,
    one: bool = False,
) -> Frame:
    """Return the frame of a page that search engines leave out; a Message is said in the language of the page."""
    words = translator(language.code, "reader")
    return Frame(
        house=house,
        language=language,
        links=links or Links(house.base_url),
        title=title if isinstance(title, str) else words.say(title),
        siblings=siblings,
        quiet=quiet,
        noindex=True,
        one=one,
    )


def _siblings(languages: Iterable[Language], address: Callable[[str], str]) -> tuple[tuple[Language, str], ...]:
    pairs = tuple((language, address(language.code)) for language in languages)
    return pairs if len(pairs) > 1 else ()


def _head(links: Links, here: str, languages: Iterable[Language], pattern: str) -> Markup:
    pages = [(language.code, pattern.format(language.code)) for language in languages]
    made = machine.language_links(links, here, pages)
    return made + Markup("\n") if made else made
