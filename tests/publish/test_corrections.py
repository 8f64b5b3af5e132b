"""A correction is dated, and told where people look: on the page, in the list, in the feed, on paper."""

from __future__ import annotations

import pytest
from editions import Printer
from publishing import BODY, FIELDS

from studio.core.settings import Settings
from studio.guides import operations as kernel
from studio.members.actor import Role
from studio.publish import pdf_html, queries
from studio.publish.documents import document_of
from studio.publish.pdf_forms import STANDARD

HERE = "/studio/guides/telling-a-friend/en"
PAGE = "/en/telling-a-friend/"
WRONG, RIGHT = BODY + "\nRing 555 0100.\n", BODY + "\nRing 555 0199.\n"
SAID = "The number was wrong: it is 555 0199."


@pytest.fixture
def editor(member):
    return member("River", Role.EDITOR, founding=True)


@pytest.fixture
def printer(session, settings, member, editor, clock):
    return Printer(session, settings, member("Wren"), editor, clock)


@pytest.fixture
def text(printer, clock):
    text = printer.text(WRONG)
    clock.forward(days=60)
    return text


def test_an_editor_marks_it_while_publishing(client, sign_in, session, printer, text, editor):
    printer.write(text, RIGHT)
    text.draft.fields = {**text.draft.fields, "changelog": SAID}
    printer.agree(text)
    sign_in(client, editor)
    look = client.get(f"{HERE}/publish").text
    assert "This edition corrects a mistake" in look
    assert SAID in look
    digest = look.split('name="content_hash" value="')[1].split('"')[0]
    session.rollback()
    assert client.post(f"{HERE}/publish", data={"content_hash": digest, "correction": "yes"}).status_code == 303
    session.rollback()
    printer.work()
    assert "Corrected in May 2027:" in client.get(PAGE).text


def test_it_is_told_for_its_lifetime_and_stays_in_the_list(client, session, printer, text, settings: Settings):
    edition = printer.again(text, RIGHT, SAID, correction=True)
    page = " ".join(client.get(PAGE).text.split())
    assert f"Corrected in May 2027:</strong> {SAID}" in page
    assert SAID in client.get(f"/n/en/{text.opaque_id}/").text
    assert f"Corrected in May 2027: {SAID}" in client.get("/en/feed.xml").text
    assert "Corrected in May 2027:" in pdf_html.page(document_of(session, edition, settings), STANDARD)
    printer.again(text, RIGHT + "\nRest.\n", "Rest is named.")
    assert "Corrected" not in client.get(PAGE).text
    assert "Corrected" not in client.get("/en/feed.xml").text
    assert "Corrected in May 2027:" in client.get(f"{PAGE}editions/").text
    code = queries.editions(session, text.id)[-1].code
    assert SAID in client.get(f"/check/{code}", headers={"Accept-Language": "en"}).text


def test_a_first_edition_corrects_nothing(client, session, printer):
    text = kernel.start_guide(
        session, "writer", fields=FIELDS, language="en", body=WRONG, topics=["telling"], now=printer.clock()
    )
    printer.agree(text)
    assert not printer.publish(text, correction=True).correction
    assert "Corrected" not in client.get(PAGE).text


def test_an_edition_that_only_adds_is_no_correction(client, printer, text):
    printer.again(text, RIGHT, "A second number.")
    assert "Corrected" not in client.get(PAGE).text
