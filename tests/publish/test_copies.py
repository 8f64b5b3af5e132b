"""Somebody has a copy on paper and types its number: what they are told, and what nobody is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from editions import Printer
from publishing import BODY, FIELDS

from studio.core.clock import now as moment
from studio.guides.rules.statuses import Significance, Standing
from studio.members.actor import Role
from studio.publish import queries, withdrawal
from studio.publish.rules import copynumbers
from studio.publish.rules.takedown import Reason

DOSE = "Breathe.\n\n## Choose one person\n\nSomebody who was kind before.\n\n## Say little\n\nTake 10 mg, not more.\n"
LIST = "/en/telling-a-friend/editions/"


@pytest.fixture
def editor(member):
    return member("River", Role.EDITOR, Role.REVIEWER, founding=True)


@pytest.fixture
def printer(session, settings, member, editor, clock):
    return Printer(session, settings, member("Wren"), editor, clock)


@pytest.fixture
def asked(client):
    """The page that answers a copy number typed into the form, in English."""

    def ask(code):
        answer = client.post("/check/", data={"code": code}, headers={"Accept-Language": "en"})
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
        return " ".join(answer.text.split())

    return ask


def code_of(session, text, number):
    return next(one.code for one in queries.editions(session, text.id) if one.number == number)


@pytest.mark.parametrize(
    "typed",
    [
        "K7M-2QX",
        "k7m2qx",
        " K7M 2QX ",
        "K7M–2QX",
        "Ｋ７Ｍ－２ＱＸ",
        "K٧M-٢QX",
        "k۷m ۲qx",
        "К7М-2QХ",
        "\u2066K7M-2QX\u2069",
        "https://guides.example/check/K7M-2QX",
        "guides.example/check/k7m-2qx?a=b",
        "K7M-20X",
    ],
)
def test_a_number_is_read_however_it_was_typed(typed):
    assert "K7M-2QX" in copynumbers.readings(copynumbers.letters(typed))


@pytest.mark.parametrize("typed", ["", "   ", "K7M", "K7M-2QX-3", "؟", "😀"])
def test_what_is_no_number_is_read_as_none(typed):
    assert copynumbers.readings(copynumbers.letters(typed)) == []


@pytest.mark.parametrize("code", ["", "K7M2Q", "K7M2QX3", "K7M2Q0", "K7M2Q!"])
def test_what_is_no_copy_number_is_like_none(code):
    assert copynumbers.alike(code) == []


def test_a_number_with_letters_that_look_alike_is_offered_and_never_answered(session, printer, asked):
    edition = queries.live_edition(session, printer.text().id)
    edition.code = "S8M-2QX"
    session.commit()
    said = asked("5BM-2QX")
    assert "We know no copy with this number." in said
    assert 'href="/check/S8M-2QX"' in said
    assert "Telling a friend" not in said


def test_a_current_copy_is_current_and_nothing_has_changed(session, printer, asked):
    text = printer.text()
    said = asked(code_of(session, text, 1))
    assert "Yes. This is the current edition." in said
    assert "What changed" not in said


def test_a_replaced_copy_is_told_what_changed_by_headings_of_the_new_edition(session, printer, asked, clock):
    text = printer.text(BODY.replace("Choose one person", "Whom to choose"))
    clock.forward(days=40)
    printer.again(text, BODY, "Who was kind before is a good choice.")
    said = asked(code_of(session, text, 1))
    assert "It has been replaced by a newer edition." in said
    assert "Your copy: edition 1 (March 2027)" in said
    assert "Edition 2 (April 2027)" in said
    assert "Who was kind before is a good choice." in said
    assert ">Choose one person</a>" in said
    assert "#h-choose-one-person" in said
    assert "Say little" not in said
    assert "Whom to choose" not in said, "words of a replaced edition are for members"


def test_what_matters_for_safety_comes_first(session, printer, asked):
    text = printer.text()
    printer.again(text, DOSE, "At most 10 mg.", Significance.SAFETY)
    printer.again(text, DOSE + "\nAnd rest.\n", "Rest is named.")
    said = asked(code_of(session, text, 1))
    assert "matters for somebody’s safety or health" in said
    assert said.index("At most 10 mg.") < said.index("Rest is named.")
    later = asked(code_of(session, text, 2))
    assert "safety or health" not in later
    assert "What it says has changed." in later


def test_only_spelling_is_told_as_only_spelling(session, printer, asked):
    text = printer.text(BODY.replace("Breathe.", "Braethe."))
    printer.again(text, BODY, FIELDS.changelog, Significance.TYPO)
    said = asked(code_of(session, text, 1))
    assert "Only spelling or layout changed." in said
    assert FIELDS.changelog not in said, "it says what was new in the edition before"
    assert "The beginning, before the first heading" in said


def test_a_new_title_and_a_lost_section_are_told_without_old_words(session, printer, asked):
    text = printer.text(BODY + "\n## An old secret\n\nGone tomorrow.\n")
    printer.again(text, BODY, "Shorter.", fields=replace(FIELDS, title="Telling somebody", summary="Small steps."))
    said = asked(code_of(session, text, 1))
    assert "The title" in said
    assert "The short summary" in said
    assert "A section that is no longer there" in said
    assert "secret" not in said
    assert "Telling a friend" not in said


@pytest.mark.parametrize("reason", [Reason.HARM, Reason.FACT])
def test_a_text_taken_down_says_why_and_what_to_read_instead(session, printer, editor, asked, reason):
    other = printer.text(fields=replace(FIELDS, title="Another way"))
    text = printer.text()
    code = code_of(session, text, 1)
    withdrawal.take_down(session, editor, text, reason=reason, instead=other.guide_id, now=moment())
    session.commit()
    said = asked(code)
    assert "This text was taken down. Please do not use it or pass it on." in said
    assert ("wrong or out of date" in said, "harmed somebody" in said) == (reason is Reason.FACT, reason is Reason.HARM)
    assert "Another way" in said


@pytest.mark.parametrize("reason", [Reason.IDENTITY, Reason.CONSENT])
def test_a_text_taken_down_for_somebodys_sake_tells_nothing_else(session, printer, editor, asked, reason):
    other = printer.text(fields=replace(FIELDS, title="Another way"))
    text = printer.text()
    printer.again(text, DOSE, "At most 10 mg.")
    codes = [code_of(session, text, 1), code_of(session, text, 2)]
    withdrawal.take_down(session, editor, text, reason=reason, instead=other.guide_id, now=moment())
    session.commit()
    for code in codes:
        said = asked(code)
        assert "This text was taken down. Please do not use it or pass it on." in said
        for word in ("Telling a friend", "Another way", "10 mg", "edition 2", "out of date", "harmed", "2027"):
            assert word not in said, word


def test_after_a_silent_takedown_no_list_tells_where_words_were_taken_out(session, printer, client, asked):
    text = printer.text()
    down = printer.again(text, DOSE, "At most 10 mg.")
    printer.again(text, BODY + "\nRest.\n", "Rest is named.")
    assert "Where something changed" in client.get(LIST).text
    down = queries.editions(session, text.id)[1]
    down.standing = Standing.WITHDRAWN
    session.add(withdrawal.Takedown(id="t", edition_id=down.id, by="x", at=moment(), reason=Reason.IDENTITY))
    session.commit()
    for said in (asked(code_of(session, text, 1)), client.get(LIST).text, client.get(f"{LIST}1/").text):
        assert "Where something changed" not in said
        assert "Where to look" not in said
        assert "10 mg" not in said


def test_the_list_of_editions_tells_of_each_what_changed_and_how_much_it_matters(printer, client, clock):
    text = printer.text()
    printer.again(text, DOSE, "At most 10 mg.", Significance.SAFETY)
    clock.forward(days=60)
    printer.again(text, DOSE.replace("Breathe.", "Breathe slowly."), "Slowly.")
    said = " ".join(client.get(LIST).text.split())
    third, second, first = said.split("Edition 3 (May 2027)")[1].split("Edition ")
    assert "What it says has changed." in third
    assert "The beginning, before the first heading" in third
    assert "matters for somebody’s safety or health" in second
    assert ">Say little</a>" in second
    assert "changed" not in first.split("<footer")[0]


def test_the_page_of_a_replaced_edition_says_what_it_changed(printer, client):
    text = printer.text()
    printer.again(text, DOSE, "At most 10 mg.", Significance.SAFETY)
    printer.again(text, DOSE + "\nRest.\n", "Rest is named.")
    said = client.get(f"{LIST}2/").text
    assert "At most 10 mg." in said
    assert ">Say little</a>" in said


def test_an_arabic_copy_is_answered_in_arabic_with_its_own_headings(session, printer, client):
    body = "تنفّس.\n\n## اختيار شخص واحد\n\nشخص كان لطيفًا من قبل.\n"
    text = printer.text(body, fields=replace(FIELDS, title="كيف أخبر صديقًا"), language="ar")
    printer.again(text, body.replace("من قبل", "دائمًا"), "جملة أوضح.", fields=replace(FIELDS, title="كيف أخبر صديقًا"))
    said = client.get(f"/check/{code_of(session, text, 1)}", headers={"Accept-Language": "ar"}).text
    assert '<html lang="ar" dir="rtl">' in said
    assert ">اختيار شخص واحد</a>" in said
    assert "جملة أوضح." in said
