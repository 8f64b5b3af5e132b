"""Quiet reading: around the text nothing names the house, the title or the topic."""

from __future__ import annotations

from dataclasses import replace

from studio.core.locales import language
from studio.publish.pages import quiet
from studio.publish.pages.guide import guide, quiet_guide
from studio.publish.pages.library import gone, trouble_page
from studio.publish.pages.views import (
    FirstHelp,
    GuideEntry,
    Hit,
    Part,
    PlainView,
    QuietAboutView,
    QuietListView,
    SearchView,
    Topic,
)

SECRETS = (
    "Walking home",
    "night-walks",
    "Streets",
    "streets",
    "What helps on the way",
    "Lamp House",
    "Three neighbours",
)


def test_the_page_tells_neither_title_nor_topic_nor_house_nor_public_address(guide_view):
    document = replace(guide_view().document, sources=())
    loud, quiet = guide(guide_view(document)), quiet_guide(guide_view(document))
    assert [secret for secret in SECRETS if secret not in loud] == []
    assert [secret for secret in SECRETS if secret in quiet] == []
    assert "/ar/layl/" in loud
    assert "/ar/layl/" not in quiet
    assert "You may stop here." in quiet


def test_the_head_is_neutral_and_asks_not_to_be_found(read, guide_view):
    page = read(quiet_guide(guide_view()))
    assert page.one("title").words == "Notes"
    assert page.one("h1").words == "Notes"
    assert page.one("meta", name="robots").attrs["content"] == "noindex, nofollow"
    assert [e for e in page.all("meta") if "property" in e.attrs or e.attrs.get("name") == "description"] == []
    assert page.all("link", rel="canonical") == []
    assert page.all("link", rel="alternate") == []
    assert page.all("script", type="application/ld+json") == []
    assert page.one("link", rel="icon").attrs["href"] == "/static/img/page.svg"


def test_it_offers_the_plain_cover_alone(read, guide_view):
    page = read(quiet_guide(guide_view()))
    files = [e.attrs["href"] for e in page.all("a") if "download" in e.attrs]
    assert files == ["/n/en/k3v9/notes-3.pdf"]


def test_it_leads_to_quiet_pages_in_other_languages_and_leaves_out_those_without(read, guide_view):
    document = guide_view().document
    listed = [e.attrs["href"] for e in read(quiet_guide(guide_view())).all("a") if "hreflang" in e.attrs]
    assert listed == ["/n/ar/p7w2/", "/n/ja/m4t8/"]
    others = (document.others[0], replace(document.others[1], quiet_path=""))
    page = read(quiet_guide(guide_view(replace(document, others=others))))
    assert [e.attrs["href"] for e in page.all("a") if "hreflang" in e.attrs] == ["/n/ar/p7w2/"]


def test_leave_comes_first_and_notes_and_contents_are_folded(read, guide_view):
    page = read(quiet_guide(guide_view()))
    assert page.all("a")[0].words == "Leave"
    folds = page.all("details")
    assert ["open" in e.attrs for e in folds] == [False, False]
    assert "Being followed" in folds[0].words


def test_a_quiet_page_that_is_gone_names_nothing(read, house):
    for html in (
        gone(house, house.languages[0], quiet=True),
        trouble_page(PlainView(house, house.languages[0], quiet=True)),
    ):
        page = read(html)
        assert page.one("title").words == "Page"
        assert "Lamp House" not in html
        assert [e.attrs["href"] for e in page.all("a") if e.attrs["href"].startswith("/")] == ["/n/en/", "/n/en/about/"]


def test_everything_that_a_quiet_page_leads_to_is_quiet_or_leaves(read, guide_view):
    body = replace(
        guide_view().document.body,
        html='<p><a href="/en/lamps/#h-rest">lamps</a> <a href="/en/gone/">gone</a> <a href="#h-rest">rest</a></p>'
        '<p><img src="/media/abc" alt="A lamp"></p>',
    )
    near = (GuideEntry("Lamps", "/en/lamps/", language("en"), "Light.", quiet_address="/n/en/q1/"),)
    view = replace(guide_view(replace(guide_view().document, body=body, sources=())), related=near)
    page = read(quiet_guide(replace(view, quiet_ways={"/en/lamps/": "/n/en/q1/"})))
    assert page.one("img").attrs["src"] == "/n/media/abc"
    assert page.one("html").attrs["data-one"] == ""
    words = {e.words: e.attrs["href"] for e in page.all("a")}
    assert (words["lamps"], words["gone"], words["rest"]) == ("/n/en/q1/#h-rest", "/n/en/", "#h-rest")
    assert words["Lamps"] == "/n/en/q1/"
    led = {href for href in words.values() if not href.startswith(("/n/", "#"))}
    assert led == {"https://weather.example/"}
    folded = [e for e in page.all("details") if "Lamps" in e.words]
    assert ["open" in e.attrs for e in folded] == [False]


def test_the_quiet_list_is_folded_and_searched_where_it_stands(read, house):
    guides = (GuideEntry("Night walks", "/en/night-walks/", house.languages[0], quiet_address="/n/en/k3v9/"),)
    page = read(quiet.listed(QuietListView(house, house.languages[0], guides)))
    assert (page.one("title").words, page.one("h1").words) == ("Pages to read", "Pages to read")
    form = page.one("form")
    assert (form.attrs["method"], form.attrs["action"], "data-asks" in form.attrs) == ("post", "/n/en/", True)
    (fold,) = page.all("details")
    assert "open" not in fold.attrs
    assert fold in page.one("a", href="/n/en/k3v9/").around
    assert "Lamp House" not in str(page.texts)


def test_what_is_found_quietly_leads_to_quiet_addresses(read, house):
    hit = Hit(
        (("Night ", False), ("walks", True)),
        "/en/night-walks/#h-rest",
        house.languages[0],
        quiet_address="/n/en/k3v9/#h-rest",
        also=(Part((("Lamps", True),), "/en/night-walks/#h-lamps", "/n/en/k3v9/#h-lamps"),),
    )
    help_first = FirstHelp("You are not alone", "Sit down.", Topic("hard-days", "Hard days"))
    found = SearchView(house, house.languages[0], "walks", (hit,), 1, first_help=(help_first,), posted=True)
    page = read(quiet.listed(QuietListView(house, house.languages[0], (), found)))
    hits = page.one("ol", klass="hits")
    assert [e.attrs["href"] for e in page.all("a") if hits in e.around] == ["/n/en/k3v9/#h-rest", "/n/en/k3v9/#h-lamps"]
    assert {e.attrs["href"] for e in page.all("a") if e.attrs["href"].startswith("/en/")} == set()
    assert "You are not alone" in page.one("section", klass="first-help").words


def test_the_page_about_what_cannot_be_hidden_is_neutral_outside_and_plain_inside(read, house):
    page = read(quiet.about(QuietAboutView(house, house.languages[0])))
    assert page.one("title").words == "Pages to read"
    words = page.one("main").words
    for subject in ("History", "Downloads", "network", "Screenshots", "Backups", "keyboard", "private window", "print"):
        assert subject in words
    assert "Lamp House" not in str(page.texts)


def test_without_scripts_a_quiet_page_says_what_back_does(read, guide_view):
    assert "Closing the tab is quicker." in read(quiet_guide(guide_view())).one("noscript").words
    assert read(guide(guide_view())).all("noscript") == []
