"""A guide's page: what stands on it, what leads away from it, and what its head tells."""

from __future__ import annotations

import json
from dataclasses import replace

from studio.core.locales import language
from studio.publish.pages.guide import guide
from studio.publish.pages.links import FileLinks
from studio.publish.pages.views import GuideEntry

FOCUSABLE = {"a", "button", "input", "select", "textarea", "summary"}


def test_leave_is_reached_first_and_works_without_script(read, guide_view):
    page = read(guide(guide_view()))
    first = next(element for element in page.elements if element.tag in FOCUSABLE)
    assert first.words == "Leave"
    assert first.attrs["href"] == "https://weather.example/"
    assert first.attrs["rel"] == "noreferrer nofollow"
    note = page.one("p", id=first.attrs["aria-describedby"])
    assert "does not clear your history" in note.words


def test_the_facts_line_says_how_many_checked_when_and_how_long_it_takes(read, guide_view):
    page = read(guide(guide_view()))
    facts = [e.words for e in page.all("li") if e.around[-1].attrs.get("class") == "facts"]
    assert facts == ["4 people checked this", "March 2027", "7 minutes"]


def test_one_person_is_not_people(read, guide_view, published):
    page = read(guide(guide_view(published(people=1, reading_minutes=1))))
    words = page.one("header", klass="intro").words
    assert "1 person checked this" in words
    assert "1 minute\n" in words


def test_titles_are_written_as_words_and_never_as_markup(read, guide_view):
    page = read(guide(guide_view()))
    assert page.one("h1").words == "Walking home <late> & alone"
    assert page.one("title").words == "Walking home <late> & alone · Lamp House"


def test_there_is_no_inline_style_and_no_inline_script(read, guide_view):
    page = read(guide(guide_view()))
    assert page.all("style") == []
    assert [e for e in page.elements if "style" in e.attrs or any(name.startswith("on") for name in e.attrs)] == []
    scripts = [(e.attrs.get("src"), e.attrs.get("type")) for e in page.all("script")]
    assert scripts == [("/static/built/leave.js", None), (None, "application/ld+json")]
    assert page.all("script")[0].attrs["data-exit"] == "https://weather.example/"


def test_the_script_comes_before_all_that_is_drawn_so_that_nothing_is_seen_after_leave(guide_view):
    head, _, body = guide(guide_view()).partition("<body>")
    assert head.index("leave.js") < head.index('rel="stylesheet"')
    assert "<script" not in body


def test_nothing_foreign_is_fetched_and_only_leave_and_sources_lead_away(read, guide_view):
    house = replace(guide_view().house, base_url="")
    page = read(guide(guide_view(house=house)))
    addresses = [e.attrs.get(name, "") for e in page.elements for name in ("src", "href", "action", "srcset", "poster")]
    assert sorted(a for a in addresses if "//" in a) == ["https://lamps.example/2026", "https://weather.example/"]
    source = page.one("a", href="https://lamps.example/2026")
    assert source.attrs["rel"] == "noreferrer nofollow"
    assert source.around[-1].words == "Town of Examplia: Lamps, 2026. https://lamps.example/2026."


def test_the_head_names_the_page_in_all_its_languages(read, guide_view):
    page = read(guide(guide_view()))
    assert page.one("link", rel="canonical").attrs["href"] == "https://lamps.example/en/night-walks/"
    languages = {e.attrs["hreflang"]: e.attrs["href"] for e in page.all("link", rel="alternate")}
    assert languages == {
        "en": "https://lamps.example/en/night-walks/",
        "ar": "https://lamps.example/ar/layl/",
        "ja": "https://lamps.example/ja/yoru/",
    }
    assert page.one("html").attrs == {"lang": "en", "dir": "ltr"}


def test_the_head_tells_others_what_they_share_and_describes_the_picture(read, guide_view):
    page = read(guide(guide_view()))
    told = {e.attrs["property"]: e.attrs["content"] for e in page.all("meta") if "property" in e.attrs}
    assert told["og:title"] == "Walking home <late> & alone"
    assert told["og:image"] == "https://lamps.example/en/night-walks/cards/wide.png"
    assert told["og:image:alt"] == "A lamp beside a path"
    assert told["og:url"] == "https://lamps.example/en/night-walks/"


def test_the_structured_data_can_be_read_and_cannot_end_its_element(read, guide_view, published):
    document = published(title="</script><b>Lamps</b>")
    data = json.loads(read(guide(guide_view(document))).one("script", type="application/ld+json").words)
    assert data["@type"] == "Article"
    assert data["headline"] == "</script><b>Lamps</b>"
    assert data["inLanguage"] == "en"
    assert data["dateModified"] == "2027-03-09"
    assert data["datePublished"] == "2027-02-01"
    assert data["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert data["url"] == "https://lamps.example/en/night-walks/"


def test_without_a_public_address_nothing_absolute_is_told(read, guide_view):
    house = replace(guide_view().house, base_url="")
    html = guide(guide_view(house=house))
    page = read(html)
    assert page.all("link", rel="canonical") == []
    assert page.all("link", rel="alternate") == []
    assert "og:url" not in html
    assert "og:image" not in html
    data = json.loads(page.one("script", type="application/ld+json").words)
    assert {"url", "mainEntityOfPage", "image"} & set(data) == set()


def test_files_are_offered_with_name_and_size_and_the_plain_cover_explains_itself(read, guide_view):
    saves = [e for e in read(guide(guide_view())).all("li") if e.around[-2].attrs.get("id") == "save"]
    assert [" ".join(e.words.split()) for e in saves] == [
        "PDF 176 kB A small booklet for paper and telephone.",
        "Plain-cover PDF 168 kB Neutral name outside, same text inside.",
        "Quiet reading An address and a tab title that tell nothing.",
        "What this cannot hide What stays on this phone, and how to read without saving.",
    ]


def test_the_contents_lead_to_each_section_and_short_texts_have_none(read, guide_view, published):
    page = read(guide(guide_view()))
    hrefs = [e.attrs["href"] for e in page.all("a") if any(a.tag == "details" for a in e.around)]
    assert hrefs == ["#h-rest", "#h-call", "#save"]
    body = replace(published().body, outline=published().body.outline[:1])
    assert read(guide(guide_view(published(body=body)))).all("details") == []


def test_before_you_read_names_what_comes_and_is_left_out_where_nothing_does(read, guide_view, published):
    assert "Being followed" in read(guide(guide_view())).one("section", klass="before").words
    assert read(guide(guide_view(published(content_notes=())))).all("section", klass="before") == []


def test_a_labelled_way_is_told_above_the_text(read, guide_view, published):
    labelled = published(label="override", label_words="Published <early>")
    assert [e.words for e in read(guide(guide_view(labelled))).all("div", klass="box-care")] == ["Published <early>"]
    assert read(guide(guide_view())).all("div", klass="box-care") == []


def test_a_text_that_is_due_or_replaced_says_so(read, guide_view):
    boxes = read(guide(guide_view(recheck_due=True, newer=4))).all("div", klass="box-care")
    assert boxes[0].words.startswith("This text is due to be checked again.")
    assert boxes[1].words == "A newer edition has replaced this one. Read edition 4"
    assert read(guide(guide_view(newer=4))).one("meta", name="robots").attrs["content"] == "noindex, nofollow"
    assert read(guide(guide_view())).all("meta", name="robots") == []


def test_the_practice_house_says_so_on_every_page_and_others_do_not(read, guide_view):
    house = replace(guide_view().house, practice=True)
    band = read(guide(guide_view(house=house))).one("aside", klass="practice")
    assert band.words == "Practice. Nothing here was checked by people."
    assert read(guide(guide_view())).all("aside", klass="practice") == []


def test_an_arabic_page_runs_from_the_right_with_arabic_words(read, guide_view, published):
    page = read(guide(guide_view(published("ar", others=()))))
    assert page.one("html").attrs == {"lang": "ar", "dir": "rtl"}
    assert page.one("a", klass="leave").words == "مغادرة"
    assert "راجعه 4 أشخاص" in page.one("header", klass="intro").words
    assert "آذار/مارس 2027" in page.one("header", klass="intro").words


def test_a_language_without_words_of_our_own_has_english_ones_that_say_so(read, guide_view, published):
    page = read(guide(guide_view(published("de"), recheck_due=True)))
    assert page.one("html").attrs["lang"] == "de"
    said = {
        "Leave", "Search", "Before you read", "In this text", "Rest first", "Save it quietly", "Sources", "7 minutes",
        "You may stop here.", "Streets", "March 2027", "Languages", "Walking home <late> & alone",
    }  # fmt: skip
    theirs = {"Rest first", "You may stop here.", "Streets", "Walking home <late> & alone"}
    spoken = {(words, element.lang) for words, element in page.texts if words in said}
    assert spoken == {(words, "de" if words in theirs else "en") for words in said}


def test_other_languages_are_listed_in_their_own_words(read, guide_view):
    page = read(guide(guide_view()))
    listed = [e for e in page.all("a") if any(a.attrs.get("id") == "languages" for a in e.around)]
    assert [(e.words, e.attrs["href"], e.attrs["lang"], e.attrs["dir"]) for e in listed] == [
        ("العربية", "/ar/layl/", "ar", "rtl"),
        ("日本語", "/ja/yoru/", "ja", "ltr"),
    ]
    alone = read(guide(guide_view(replace(guide_view().document, others=()))))
    assert alone.all("nav", id="languages") == []


def test_the_same_page_works_in_a_folder_of_files(read, guide_view):
    house = replace(guide_view().house, base_url="")
    page = read(guide(guide_view(house=house), FileLinks(here="/en/night-walks/")))
    addresses = [e.attrs[name] for e in page.elements for name in ("src", "href") if name in e.attrs]
    assert [a for a in addresses if a.startswith("/")] == []
    assert page.one("a", klass="name").attrs["href"] == "../index.html"
    assert page.one("link", rel="stylesheet").attrs["href"] == "../../static/reader.css"


def test_an_unknown_kind_and_language_still_make_a_page(read, guide_view, published):
    strange = replace(published(), kind="lesson", language=language("ckb"))
    page = read(guide(guide_view(strange)))
    assert page.one("html").attrs == {"lang": "ckb", "dir": "rtl"}


RELATED = (
    GuideEntry("Lamps at night", "/en/lamps/", language("en"), "Where they stand.", quiet_address="/n/en/q1/"),
    GuideEntry("Friends to call", "/en/friends/", language("en"), quiet_address="/n/en/q2/"),
)


def test_what_stands_beside_the_text_is_named_after_it_with_its_summary(read, guide_view):
    page = read(guide(replace(guide_view(), related=RELATED)))
    beside = page.one("section", klass="related")
    assert "Where they stand." in beside.words
    assert [e.attrs["href"] for e in page.all("a") if beside in e.around] == ["/en/lamps/", "/en/friends/"]
    assert read(guide(guide_view())).all("section", klass="related") == []
