"""What programs read: feed, sitemap, edition.json."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

from studio.core.locales import language
from studio.publish.pages import machine, views
from studio.publish.pages.links import Links

AR, EN = language("ar"), language("en")
ENTRIES = (
    views.GuideEntry("العودة <ليلًا> & وحدك", "/ar/layl/", AR, "ما يفيد في الطريق.", date(2027, 3, 1), 2),
    views.GuideEntry("مصابيح", "/ar/lamps/", AR),
)
ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
PAGES = (
    machine.SitemapEntry("/en/lamps/", date(2027, 3, 1), (("en", "/en/lamps/"), ("ar", "/ar/lamps/"))),
    machine.SitemapEntry("/en/alone/", None, (("en", "/en/alone/"),)),
)


def parse(made: bytes) -> ET.Element:
    return ET.fromstring(made)  # noqa: S314 - bytes that this test has made itself


def feed(house, links):
    made = machine.feed(house, AR, ENTRIES, links, "الأدلّة", date(2027, 3, 9))
    return made, parse(made)


def test_a_feed_is_valid_names_its_language_and_escapes_titles(house):
    _, root = feed(house, Links(house.base_url))
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"
    assert [e.text for e in root.findall("a:entry/a:title", ATOM)] == ["العودة <ليلًا> & وحدك", "مصابيح"]
    assert [e.text for e in root.findall("a:entry/a:updated", ATOM)] == ["2027-03-01T00:00:00Z", "2027-03-09T00:00:00Z"]
    assert root.find("a:id", ATOM).text == "https://lamps.example/ar/feed.xml"
    links = [e.get("href") for e in root.findall("a:entry/a:link", ATOM)]
    assert links == ["https://lamps.example/ar/layl/", "https://lamps.example/ar/lamps/"]
    ids = [e.text for e in root.iter(f"{{{ATOM['a']}}}id")]
    assert len(ids) == len(set(ids)) == 3


def test_a_feed_without_a_public_address_holds_none(house):
    made, root = feed(replace(house, base_url=""), Links())
    assert made.count(b"http") == 1, "only the name of the format"
    assert root.find("a:entry/a:id", ATOM).text == "urn:studio:ar:layl"


def test_a_sitemap_lists_pages_with_all_their_languages(house):
    root = parse(machine.sitemap(PAGES, Links(house.base_url)))
    assert [e.text for e in root.findall("s:url/s:loc", MAP)] == [
        "https://lamps.example/en/lamps/",
        "https://lamps.example/en/alone/",
    ]
    assert [(e.get("hreflang"), e.get("href")) for e in root.findall("s:url/x:link", MAP)] == [
        ("en", "https://lamps.example/en/lamps/"),
        ("ar", "https://lamps.example/ar/lamps/"),
    ]
    assert [e.text for e in root.findall("s:url/s:lastmod", MAP)] == ["2027-03-01"]


def test_a_sitemap_without_a_public_address_is_empty_and_valid():
    root = parse(machine.sitemap(PAGES, Links()))
    assert list(root) == []


def test_edition_json_tells_what_programs_need(published, house):
    file = machine.ArtifactEntry("pdf", "/en/night-walks/guide.pdf", "b" * 64, 176_400)
    told = json.loads(machine.edition_json(published(), "live", [file], Links(house.base_url)))
    assert told == {
        "id": "night-walks",
        "language": "en",
        "edition": 3,
        "title": "Walking home <late> & alone",
        "standing": "live",
        "content_hash": "a" * 64,
        "copy_number": "K7M-2QX",
        "published_on": "2027-02-01",
        "checked_on": "2027-03-09",
        "people": 4,
        "label": "",
        "licence": "CC BY-SA 4.0",
        "credit": "Three neighbours",
        "authors": [],
        "address": "https://lamps.example/en/night-walks/",
        "artifacts": [
            {
                "kind": "pdf",
                "address": "https://lamps.example/en/night-walks/guide.pdf",
                "sha256": "b" * 64,
                "size": 176_400,
            }
        ],
    }


def test_edition_json_gives_the_words_of_a_card_beside_its_sum_and_size(published):
    files = [
        machine.ArtifactEntry("card_wide", "/en/night-walks/cards/wide.png", "c" * 64, 9, "A lamp – beside a path"),
        machine.ArtifactEntry("pdf", "/en/night-walks/guide.pdf", "b" * 64, 1),
    ]
    card, pdf = json.loads(machine.edition_json(published(), "live", files, Links()))["artifacts"]
    assert (card["sha256"], card["size"], card["alt"]) == ("c" * 64, 9, "A lamp – beside a path")
    assert "alt" not in pdf


def test_edition_json_without_a_public_address_gives_paths(published):
    file = machine.ArtifactEntry("pdf", "/en/night-walks/guide.pdf", "b" * 64, 1)
    told = json.loads(machine.edition_json(published(), "live", [file], Links()))
    assert (told["address"], told["artifacts"][0]["address"]) == ("/en/night-walks/", "/en/night-walks/guide.pdf")
