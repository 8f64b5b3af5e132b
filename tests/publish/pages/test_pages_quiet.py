"""Quiet reading: around the text nothing names the house, the title or the topic."""

from __future__ import annotations

from dataclasses import replace

from studio.publish.pages.guide import guide, quiet_guide
from studio.publish.pages.library import gone, trouble_page
from studio.publish.pages.views import PlainView

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
        assert "/en/" not in html
