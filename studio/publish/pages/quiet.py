"""Quiet reading beside the texts: the list that tells nothing from outside, and what quiet reading cannot hide."""

from __future__ import annotations

from collections.abc import Callable

from studio.core.locales import Language
from studio.core.words import N_
from studio.i18n.catalogues import translator
from studio.publish.pages.environment import Frame, render
from studio.publish.pages.links import QuietLinks
from studio.publish.pages.views import House, QuietAboutView, QuietListView


def listed(view: QuietListView, links: QuietLinks | None = None) -> str:
    """Return the list of all texts of a language, folded, or of what was found; nothing of it stands in the tab."""
    links = links or QuietLinks(view.house.base_url)
    return render("quiet_list.html", _frame(view.house, view.language, links, links.quiet), view=view)


def about(view: QuietAboutView, links: QuietLinks | None = None) -> str:
    """Return what quiet reading hides and what it cannot hide, and how to read without saving."""
    links = links or QuietLinks(view.house.base_url)
    return render("quiet_about.html", _frame(view.house, view.language, links, links.about_quiet), view=view)


def _frame(house: House, language: Language, links: QuietLinks, address: Callable[[str], str]) -> Frame:
    pairs = tuple((one, address(one.code)) for one in house.languages)
    return Frame(
        house=house,
        language=language,
        links=links,
        title=translator(language.code, "reader").say(N_("Pages to read")),
        siblings=pairs if len(pairs) > 1 else (),
        quiet=True,
    )
