"""A text that nobody looked at in time: what is folded, what never is, and how it becomes fresh again."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from datetime import date

import pytest
from editions import Printer

from studio.core.locales import language
from studio.i18n.catalogues import translator
from studio.jobs.queue import enqueue
from studio.members.actor import Role
from studio.publish import pdf_html, queries
from studio.publish.documents import document_of, is_due
from studio.publish.epub.chapter import chapter_of
from studio.publish.pages.overdue import claims, folded, told
from studio.publish.pages.words import OVERDUE_HERE, RECHECK_DUE
from studio.publish.pdf_forms import STANDARD
from studio.publish.plain_text import render_text
from studio.rendering.markdown import render

PAGE = "/en/telling-a-friend/"
BODY = """Read this slowly.

## How much

Take 10 mg[^1].

::: help
Ring +1 555 0100, day and night.
:::

Never more than 20 mg.

## Rest

Sleep well.

::: stop
Stop above 39 °C and find help.
:::

## Where

Ask somebody.

[^1]: A handbook, 2025
"""
ENGLISH = translator("en", "reader")


@pytest.fixture
def editor(member):
    return member("River", Role.EDITOR, Role.REVIEWER, trainings={"health"}, founding=True)


@pytest.fixture
def printer(session, settings, member, editor, clock):
    return Printer(session, settings, member("Wren"), editor, clock)


@pytest.fixture
def text_of(document):
    """Return a document of ``body`` with facets, overdue or not."""

    def make(*facets, overdue=True, body=BODY, code="en"):
        rendered = render(body, language(code), media_url=lambda _sha: None)
        return replace(document(code), body=rendered, facets=facets, overdue=overdue)

    return make


def folds(html):
    return re.findall(r'<details class="overdue">(.*?)</details>', html, re.DOTALL)


def test_of_a_text_about_health_the_sections_with_numbers_fold_and_help_stays_open(text_of):
    html = folded(text_of("health"), ENGLISH)
    first, second = folds(html)
    assert "Take 10 mg" in first
    assert "20 mg" in second
    assert all(str(ENGLISH.say(OVERDUE_HERE)) in one for one in (first, second))
    rest = re.sub(r'<details class="overdue">.*?</details>', "", html, flags=re.DOTALL)
    for stays in (
        "+1 555 0100",
        "39 °C",
        "Sleep well.",
        "Ask somebody.",
        "Read this slowly.",
        'id="h-how-much"',
        "2025",
    ):
        assert stays in rest, stays


def test_a_text_about_the_law_folds_whole_but_for_headings_help_and_notes(text_of):
    rest = re.sub(r'<details class="overdue">.*?</details>', "", folded(text_of("legal:FR"), ENGLISH), flags=re.DOTALL)
    for folds_away in ("Read this slowly.", "10 mg", "Sleep well.", "Ask somebody."):
        assert folds_away not in rest, folds_away
    for stays in ("+1 555 0100", "39 °C", 'id="h-rest"', "A handbook, 2025"):
        assert stays in rest, stays


@pytest.mark.parametrize(("facets", "overdue"), [(("health",), False), ((), True), (("minors", "risk:high"), True)])
def test_nothing_folds_in_time_or_where_no_facet_ages(text_of, facets, overdue):
    text = text_of(*facets, overdue=overdue)
    assert folded(text, ENGLISH) == told(text, ENGLISH) == text.body.html


def test_nothing_is_lost_or_moved_by_folding(text_of):
    for facets in (("health",), ("legal:DE",)):
        text = text_of(*facets)
        html = folded(text, ENGLISH)
        bare = re.sub(r'<details class="overdue"><summary>.*?</summary>\n|\n</details>', "", html)
        assert bare == text.body.html
        assert html.count("<details") == html.count("</details>")


def test_paper_and_books_have_a_sentence_above_what_ages(text_of):
    text = text_of("health")
    said, above = str(OVERDUE_HERE), "Some of it may have changed since."
    html = told(text, ENGLISH)
    assert html.count(said) == 2
    assert html.index(said) < html.index("10 mg")
    fresh = replace(text, overdue=False)
    for form in (page_of, book_of, plain_text_of):
        made = form(text)
        assert (made.count(said), above in made) == (2, True), form
        assert (form(fresh).count(said), above in form(fresh)) == (0, False), form


def page_of(text):
    return pdf_html.page(text, STANDARD)


def book_of(text):
    chapter = chapter_of(text, plain=False, media={}.__getitem__)
    return "".join(zlib.decompress(one.entry.data, -15).decode() for one in chapter.pages)


def plain_text_of(text):
    return " ".join(render_text(text, plain=False).decode().split())


def test_the_sentence_is_marked_where_it_is_in_another_language(text_of):
    text = text_of("health", code="de")
    assert '<summary lang="en" dir="ltr">' in folded(text, translator("de", "reader"))


def test_arabic_digits_are_numbers_too(text_of):
    assert (
        len(folds(folded(text_of("health", code="ar", body="## كم\n\nخذ ٢٠ ملغ.\n"), translator("ar", "reader")))) == 1
    )


def test_what_a_text_claims_is_shown_under_its_headings(text_of):
    found = claims(text_of("health"))
    assert [re.findall('id="h-([a-z-]+)"', one) for one in found] == [["how-much"], ["rest"], []]
    whole = "".join(found)
    assert "Sleep well." not in whole
    assert "Ask somebody." not in whole
    assert "39 °C" in whole
    assert 'id="fn-1"' in found[-1]
    assert "Ask somebody." in "".join(claims(text_of("legal:FR")))


def test_on_the_day_it_is_due_page_and_files_are_made_anew_by_themselves_and_a_look_makes_them_fresh(
    printer, client, session, clock, settings, sign_in, editor
):
    text = printer.text(BODY, facets=("health",))
    live = queries.live_edition(session, text.id)
    first = {one.kind: one.sha256 for one in queries.finished_build(session, live).artifacts}
    assert '<details class="overdue">' not in client.get(PAGE).text
    clock.at = clock.at.replace(year=2028, month=9, day=2)
    assert is_due(session, live, clock.at.date())
    daily(printer)
    page = client.get(PAGE).text
    assert str(ENGLISH.say(RECHECK_DUE)) in page
    assert len(folds(page)) == 2
    due = {one.kind: one.sha256 for one in queries.finished_build(session, live).artifacts}
    changed = {kind for kind in due if due[kind] != first[kind]}
    assert {"pdf", "plain_pdf", "epub", "text", "page", "quiet_page", "manifest", "quiet_manifest"} <= changed
    sign_in(client, editor)
    assert client.post("/studio/guides/telling-a-friend/en/recheck").status_code == 303
    session.rollback()
    printer.work()
    fresh = {one.kind: one.sha256 for one in queries.finished_build(session, live).artifacts}
    assert all(fresh[kind] != due[kind] for kind in ("pdf", "plain_pdf", "card_wide", "page", "quiet_page", "manifest"))
    page = client.get(PAGE).text
    assert "September 2028" in page
    assert not folds(page)
    assert document_of(session, live, settings, clock.at.date()).checked_on == date(2028, 9, 2)
    assert queries.due_days(session, [queries.listed(session, live)])[live.id] == date(2030, 3, 1)


def daily(printer):
    printer.session.rollback()
    enqueue(printer.session, "publish.daily", "publish.daily:test", {}, printer.clock())
    printer.session.commit()
    printer.work()
