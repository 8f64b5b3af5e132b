"""The pages around the guides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from studio.core.locales import language
from studio.core.words import N_
from studio.publish.pages import copy_views, views
from studio.publish.pages import library as pages

EN, AR, JA = language("en"), language("ar"), language("ja")
ENTRY = views.GuideEntry("Night walks", "/en/night-walks/", EN, "Lamps & friends.", date(2027, 3, 1), 2, 3)
NEED = views.Need("I walk alone at night", "lamps, friends, words", "streets")
LIVE = views.EditionEntry(3, date(2027, 2, 1), date(2027, 3, 1), "New lamps", "live")
OLD = views.EditionEntry(2, date(2026, 2, 1), date(2026, 3, 1), "Old lamps", "superseded")
DOWN = views.EditionEntry(1, date(2025, 2, 1), date(2025, 3, 1), "A street that was named", "withdrawn")


def sharing(document, house):
    files = tuple(views.CardFile(size, f"{document.path}cards/{size}.png", 9_000, 9, 9) for size in ("square", "wide"))
    card = views.SharedCard(1, N_("Title"), "A lamp – beside a path", files)
    return views.CardsView(house, document, "A lamp\n\nhttps://lamps.example/en/night-walks/", (card,), None)


@pytest.fixture
def every_page(house, published):
    """One of each page, by name."""
    search = views.SearchView(
        house, EN, "lamp", (views.Hit((("Night ", False), ("lamps", True)), "/en/night-walks/#h-rest", EN),), 1
    )
    copy = copy_views.CopyView(house, EN, "K7M-2QX", "current", "Night walks", "/en/night-walks/", 3, date(2027, 3, 1))
    return {
        "library": pages.library(views.LibraryView(house, EN, (NEED,), (ENTRY,), (views.Topic("streets", "Streets"),))),
        "topic": pages.topic(
            views.TopicView(house, EN, views.Topic("streets", "Streets"), "", (ENTRY,), house.languages)
        ),
        "search": pages.search(search),
        "cards": pages.cards(sharing(published(), house)),
        "editions": pages.editions(views.EditionsView(house, EN, "Night walks", "night-walks", (LIVE, OLD, DOWN))),
        "old edition": pages.old_edition(views.OldEditionView(house, EN, "Night walks", "night-walks", OLD, 3)),
        "copy": pages.check_copy(copy),
        "tombstone": pages.tombstone(
            views.TombstoneView(house, EN, "Night walks", N_("A number was wrong."), (ENTRY,))
        ),
        "gone": pages.gone(house, EN),
        "trouble": pages.trouble_page(views.PlainView(house, EN, 500)),
    }


def test_on_every_page_leave_comes_first_and_nothing_is_inline_or_foreign(read, every_page, house):
    for name, html in every_page.items():
        page = read(html)
        first = next(e for e in page.elements if e.tag in ("a", "button", "input", "select", "textarea", "summary"))
        assert (name, first.attrs.get("class")) == (name, "leave")
        assert [e for e in page.elements if "style" in e.attrs or e.tag == "style"] == []
        assert [e.attrs.get("src") for e in page.all("script")] == ["/static/built/leave.js"]
        addresses = [e.attrs[k] for e in page.elements for k in ("src", "href", "action") if k in e.attrs]
        foreign = {a for a in addresses if "//" in a and not a.startswith(house.base_url)}
        assert (name, foreign) == (name, {house.exit_url})


def test_every_page_has_one_main_heading_and_at_most_one_primary_button(read, every_page):
    for name, html in every_page.items():
        page = read(html)
        assert (name, len(page.all("h1")), len(page.all("main"))) == (name, 1, 1)
        assert len([e for e in page.elements if "button" in e.attrs.get("class", "").split()]) <= 1, name


def test_the_library_asks_what_is_needed_and_every_need_leads_to_its_topic(read, every_page):
    page = read(every_page["library"])
    assert page.one("h1").words == "What do you need?"
    need = page.all("a", href="/en/topics/streets/")[0]
    assert need.words == "I walk alone at nightlamps, friends, words"
    assert page.one("form").attrs["method"] == "post"
    assert "2 people checked this" in page.one("ul", klass="entries").words
    assert "3 languages" in page.one("ul", klass="entries").words


def test_the_library_names_its_feed_and_all_its_languages(read, every_page):
    page = read(every_page["library"])
    assert page.one("link", type="application/atom+xml").attrs["href"] == "/en/feed.xml"
    alternates = [e.attrs["hreflang"] for e in page.all("link", rel="alternate") if "hreflang" in e.attrs]
    assert alternates == ["en", "ar", "ja"]


def test_an_empty_library_says_where_something_is(house):
    assert "Nothing is published in this language yet." in pages.library(views.LibraryView(house, EN))


def test_an_empty_topic_offers_the_search(house):
    html = pages.topic(views.TopicView(house, EN, views.Topic("streets", "Streets")))
    assert "Nothing about this is published in this language yet." in html


def test_search_words_are_posted_and_never_stand_in_title_or_address(read, house):
    page = read(pages.search(views.SearchView(house, EN, query="sharp & secret")))
    assert page.one("title").words == "Search · Lamp House"
    assert page.one("form").attrs["method"] == "post"
    assert page.one("input", name="q").attrs["value"] == "sharp & secret"
    assert "Your words stay out of this browser's history." in page.one("main").words
    assert [e for e in page.elements if "secret" in e.attrs.get("href", "") + e.attrs.get("action", "")] == []


def test_findings_show_what_was_found_as_words_and_never_as_markup(read, house):
    hit = views.Hit(
        title=(("Night ", False), ("<walks>", True)),
        address="/ja/yoru/#h-rest",
        language=JA,
        section=(("灯り", False),),
        excerpt=(("夜の", False), ("道", True)),
        checked_on=date(2027, 3, 1),
    )
    page = read(pages.search(views.SearchView(house, EN, "walks", (hit,), 1)))
    assert [e.words for e in page.all("mark")] == ["<walks>", "道"]
    found = page.one("ol", klass="hits")
    assert "1 text found" in page.one("h2", id="found-title").words
    assert "Checked in March 2027" in found.words
    assert {e.lang for e in page.all("mark")} == {"ja"}


def test_a_search_without_a_finding_helps_on(read, house):
    page = read(pages.search(views.SearchView(house, EN, "xyzzy", did_you_mean="xylophone", needs=(NEED,))))
    assert page.one("h2", id="found-title").words == "Nothing found for these words"
    assert page.one("button", klass="as-link").words == "xylophone"
    assert page.one("a", href="/en/topics/streets/").words.startswith("I walk alone")


def test_filters_are_open_only_while_one_is_chosen(read, house):
    topics = (views.Topic("streets", "Streets"), views.Topic("lamps", "Lamps"))
    view = views.SearchView(house, EN, "lamp", topics=topics, languages=house.languages)
    assert "open" not in read(pages.search(view)).one("details").attrs
    page = read(pages.search(replace(view, topic="lamps", in_language="ja")))
    assert "open" in page.one("details").attrs
    assert [e.attrs["value"] for e in page.all("option") if "selected" in e.attrs] == ["lamps", "ja"]


def test_the_list_of_editions_keeps_silent_about_what_was_taken_down(read, every_page):
    words = read(every_page["editions"]).one("ol", klass="editions").words
    assert "New lamps" in words
    assert "Edition 3 (February 2027)" in words
    assert "taken down" in words
    assert "A street that was named" not in words


@pytest.mark.parametrize(
    ("edition", "sentence", "told"),
    [
        (LIVE, "This is the current edition.", True),
        (OLD, "This edition has been replaced. What it says may no longer be right.", True),
        (DOWN, "This edition was taken down. Please do not pass it on.", False),
    ],
)
def test_the_page_of_an_edition_says_what_became_of_it(read, house, edition, sentence, told):
    page = read(pages.old_edition(views.OldEditionView(house, EN, "Night walks", "night-walks", edition, 3)))
    assert page.one("div", klass="box").words == sentence
    assert (edition.changelog in page.one("main").words) is told
    assert page.one("a", klass="button").attrs["href"] == "/en/night-walks/"


def test_without_a_current_edition_no_button_leads_to_one(read, house):
    page = read(pages.old_edition(views.OldEditionView(house, EN, "Night walks", "night-walks", DOWN, None)))
    assert page.all("a", klass="button") == []


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("current", "Yes. This is the current edition."),
        ("replaced", "It has been replaced by a newer edition."),
        ("taken_down", "This text was taken down. Please do not use it or pass it on."),
        ("unknown", "We know no copy with this number."),
    ],
)
def test_a_copy_number_gets_its_answer(read, house, answer, sentence):
    view = copy_views.CopyView(house, EN, "K7M-2QX", answer, "Night walks", "/en/night-walks/", 3, date(2027, 3, 1))
    page = read(pages.check_copy(view))
    box = page.one("section", role="status")
    assert sentence in box.words
    assert ("Night walks" in box.words) is (answer in ("current", "replaced"))
    assert ("March 2027" in box.words) is (answer in ("current", "replaced"))


def test_the_form_for_a_copy_number_stands_without_an_answer(read, house):
    page = read(pages.check_copy(copy_views.CopyView(house, EN)))
    assert page.all("section") == []
    assert page.one("form").attrs["action"] == "/check/"


def test_a_tombstone_gives_the_reason_in_general_words_and_something_else_to_read(read, every_page, house):
    page = read(every_page["tombstone"])
    assert "A number was wrong." in page.one("section", klass="box-stop").words
    assert page.one("ul", klass="entries").words.strip().startswith("Night walks")
    alone = read(pages.tombstone(views.TombstoneView(house, EN, "Night walks", N_("A number was wrong."))))
    assert alone.one("a", klass="button").attrs["href"] == "/en/"


def test_what_was_taken_down_for_someones_identity_leaves_no_word(read, every_page):
    page = read(every_page["gone"])
    assert page.one("h1").words == "This page is no longer here"
    assert "Night" not in every_page["gone"]


@pytest.mark.parametrize(
    ("status", "heading"),
    [
        (404, "There is no page here"),
        (413, "That was too much at once"),
        (429, "A little too fast"),
        (500, "Something broke on our side"),
        (418, "There is no page here"),
        (503, "Something broke on our side"),
    ],
)
def test_each_trouble_has_kind_words(read, house, status, heading):
    page = read(pages.trouble_page(views.PlainView(house, EN, status)))
    assert page.one("h1").words == heading
    assert str(status) not in page.one("main").words


def test_a_trouble_says_its_own_sentence_how_long_to_wait_and_gives_the_text_back(read, house):
    view = views.PlainView(house, EN, 429, N_("Slowly, {name}.", name="friend"), wait=61, kept="My <words>")
    page = read(pages.trouble_page(view))
    assert page.one("p", klass="lead").words == "Slowly, friend."
    assert "Please wait 2 minutes, then try again." in page.one("main").words
    assert page.one("textarea").words == "My <words>"


def test_pages_around_guides_are_not_to_be_found_but_the_library_and_topics_are(read, every_page):
    hidden = {name for name, html in every_page.items() if read(html).all("meta", name="robots")}
    assert hidden == set(every_page) - {"library", "topic"}


def test_a_page_in_japanese_speaks_japanese_throughout(read, house):
    page = read(pages.library(views.LibraryView(house, JA)))
    assert page.one("h1").words == "いま、何が必要ですか"
    assert page.one("h1").lang == "ja"


def test_english_words_on_a_page_of_another_language_say_that_they_are(read, house):
    page = read(pages.search(views.SearchView(house, language("tr"), "lamba", needs=(NEED,))))
    spoken = {words: element.lang for words, element in page.texts}
    assert spoken["Nothing found for these words"] == "en"
    assert spoken["I walk alone at night"] == "tr"
    assert page.one("html").attrs["lang"] == "tr"


def test_what_is_new_and_what_was_checked_are_two_lists(read, house):
    fresh = replace(ENTRY, title="Lamps", address="/en/lamps/", published_on=date(2027, 4, 1))
    page = read(pages.library(views.LibraryView(house, EN, checked=(ENTRY,), fresh=(fresh,))))
    new, checked = page.all("ul", klass="entries")
    assert ("Since April 2027" in new.words, "March 2027" in new.words) == (True, False)
    assert ("Night walks" in checked.words, "March 2027" in checked.words) == (True, True)
    alone = read(pages.library(views.LibraryView(house, EN, checked=(ENTRY,))))
    assert alone.all("h2", id="fresh-title") == []


def test_findings_in_other_languages_follow_those_in_the_readers_own(read, house):
    own = views.Hit((("Lamps", True),), "/en/lamps/", EN)
    other = views.Hit((("灯り", True),), "/ja/akari/", JA)
    page = read(pages.search(views.SearchView(house, EN, "lamp", (own,), 1, elsewhere=(other,), elsewhere_total=1)))
    headings = [page.one("h2", id=name).words for name in ("found-title", "elsewhere-title")]
    assert headings == ["1 text found", "In other languages"]
    lists = page.all("ol", klass="hits")
    led = [[e.attrs["href"] for e in page.all("a") if one in e.around] for one in lists]
    assert led == [["/en/lamps/"], ["/ja/akari/"]]


def test_where_nothing_is_found_needs_and_all_topics_help_on(read, house):
    streets = views.Topic("streets", "Streets")
    view = views.SearchView(house, EN, "xyzzy", topics=(streets,), topic="streets", needs=(NEED,))
    page = read(pages.search(view))
    assert "That says nothing about your question" in page.one("main").words
    wider = page.one("form", klass="onward")
    inside = {e.attrs["name"]: e.attrs["value"] for e in page.all("input", type="hidden") if wider in e.around}
    assert inside == {"q": "xyzzy", "topic": "", "language": "", "page": "1"}
    assert page.one("ul", klass="tags").words.strip() == "Streets"


def test_more_findings_are_asked_for_by_a_form_of_their_own(read, house):
    hit = views.Hit((("Lamps", True),), "/en/lamps/", EN)
    page = read(pages.search(views.SearchView(house, EN, "lamp", (hit,), 30, page=2, more=True)))
    onward = page.one("form", klass="onward")
    inside = {e.attrs["name"]: e.attrs["value"] for e in page.all("input", type="hidden") if onward in e.around}
    assert (onward.attrs["method"], inside["page"], inside["q"]) == ("post", "3", "lamp")


def test_what_helps_comes_before_all_findings(read, house):
    near = views.GuideEntry("A quiet hour", "/en/hour/", EN, quiet_address="/n/en/q/")
    group = views.FirstHelp("You are not alone", "Sit down.", views.Topic("hard-days", "Hard days"), (near,))
    hit = views.Hit((("Lamps", True),), "/en/lamps/", EN)
    page = read(pages.search(views.SearchView(house, EN, "lamp", (hit,), 1, first_help=(group,))))
    first = page.all("section")[0]
    assert ("first-help" in first.attrs["class"], "Sit down." in first.words) == (True, True)
    assert page.one("a", href="/en/hour/").words == "A quiet hour"
    without = replace(group, guides=())
    page = read(pages.search(views.SearchView(house, EN, "lamp", first_help=(without,))))
    assert page.one("a", href="/en/topics/hard-days/").words == "Hard days"


def test_an_answer_to_a_form_does_not_stay_in_the_history(read, house):
    for posted in (True, False):
        page = read(pages.search(views.SearchView(house, EN, "lamp", posted=posted)))
        assert ("data-one" in page.one("html").attrs) is posted
        assert "data-asks" in page.one("form", role="search").attrs


def test_many_words_at_once_are_asked_to_be_fewer(read, house):
    page = read(pages.search(views.SearchView(house, EN, "lamp " * 50, too_long=True)))
    assert page.one("h2", id="found-title").words == "These are a lot of words at once"
