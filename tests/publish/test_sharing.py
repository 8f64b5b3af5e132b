"""Cards from a marked passage to a reader's phone: before publishing, on a page of their own, and after a takedown."""

from __future__ import annotations

import html
import re
import zipfile
from io import BytesIO

import pytest
from publishing import approved, published, worker

from studio.core.clock import now as moment
from studio.guides.models import Revision
from studio.members.actor import Role
from studio.publish import posted, queries, withdrawal
from studio.publish.models import Artifact, Build, CardOut
from studio.publish.rules.takedown import Reason

CANARY = "Nobody has to earn rest, canaryword."
BODY = f"Breathe.\n\n::: card\n{CANARY}\n:::\n\n::: card step\n1. Sit down.\n2. Call one person.\n:::\n\nBye.\n"
PAGE, STUDIO = "/en/telling-a-friend/", "/studio/guides/telling-a-friend/en"
KINDS = ("title", "quote", "step", "step", "where")


@pytest.fixture
def text(session, member):
    return approved(session, member("Wren"), body=BODY)


@pytest.fixture
def live(session, settings, member, text):
    edition = published(session, member("River", Role.EDITOR), text)
    worker(settings).run_due()
    session.expire_all()
    return edition


def taken_down(session, member, live, reason):
    organiser = member("Juniper", Role.STEWARD, founding=True)
    withdrawal.take_down(session, organiser, live.translation, reason=reason, instead="", now=moment())
    session.commit()


def test_an_editor_sees_every_card_square_and_wide_with_its_words_before_publishing(text, member, at):
    client = at(member("River", Role.EDITOR))
    page = client.get(f"{STUDIO}/publish").text
    for place in range(1, 6):
        for size in ("square", "wide"):
            kind = f"card_{size}" if place == 1 else f"card_{place:02d}_{size}"
            assert f'<img src="{STUDIO}/publish/{kind}"' in page
        assert f'id="alt-{place}"' in page
    assert f'<a href="{STUDIO}/publish/card_02_tall">' in page
    assert CANARY in html.unescape(page)
    assert client.get(f"{STUDIO}/publish/card_02_square").data.startswith(b"\x89PNG")
    assert client.get(f"{STUDIO}/publish/card_06_square").status_code == 404


def test_a_reader_finds_the_cards_from_the_page_and_saves_what_they_like(client, live):
    assert f'href="{PAGE}cards/"' in client.get(PAGE).text
    page = client.get(f"{PAGE}cards/")
    assert page.status_code == 200
    shown = html.unescape(page.text)
    assert "The phone of whoever you send this to is a phone, too" in shown
    assert shown.count(CANARY) == 1
    assert re.findall(r'<img src="([^"]+)"', shown) == [
        f"{PAGE}cards/{name}.png" for name in ("square", "02-square", "03-square", "04-square", "05-square")
    ]
    saved = re.findall(r'<a href="([^"]+)" download', shown)
    assert len(saved) == 5 * 4 + 1
    for address in saved:
        answer = client.get(address)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
    assert "<script>" not in shown
    assert "<form" not in shown


def test_the_kit_that_a_reader_saves_holds_every_card(client, live):
    with zipfile.ZipFile(BytesIO(client.get(f"{PAGE}share-kit.zip").data)) as kit:
        pictures = [name for name in kit.namelist() if name.startswith("dark/tall/")]
        assert [name.rpartition("/")[2] for name in pictures] == [
            f"{place:02d}-{sort}.png" for place, sort in enumerate(KINDS, 1)
        ]
        assert CANARY in kit.read("captions.txt").decode()


def test_quiet_reading_leads_to_no_cards(client, live):
    assert "cards" not in client.get(f"/n/en/{live.translation.opaque_id}/").text


@pytest.mark.parametrize("name", ["cards/", "cards/square.png", "cards/02-wide.png", "share-kit.zip"])
def test_cards_leave_readers_in_the_same_moment_as_the_text(client, session, member, live, name):
    assert client.get(PAGE + name).status_code == 200
    session.rollback()
    taken_down(session, member, live, Reason.HARM)
    assert client.get(PAGE + name).status_code in (404, 410)


def test_the_page_for_taking_down_lists_the_cards_that_are_out(live, member, at):
    page = html.unescape(at(member("Juniper", Role.REVIEWER)).get(f"{STUDIO}/take-down").text)
    listed = page.partition("Cards of this text that may be out there")[2]
    assert f"Copy number {live.code}" in listed
    assert CANARY in listed
    assert "Square card · Wide card · Portrait card · Tall card" in " ".join(listed.split())


def test_after_a_takedown_for_harm_the_page_of_the_text_says_which_cards_to_look_for(session, live, member, at):
    taken_down(session, member, live, Reason.HARM)
    client = at(member("Lichen", Role.EDITOR))
    for address in (f"{STUDIO}/", f"{STUDIO}/take-down"):
        page = html.unescape(client.get(address).text)
        listed = page.partition("Cards of this text that may be out there")[2]
        assert [f"{n}. {sort.title()}" in listed for n, sort in enumerate(KINDS[:4], 1)] == [True] * 4
        assert CANARY in listed


@pytest.mark.parametrize("reason", [Reason.IDENTITY, Reason.CONSENT])
def test_after_a_takedown_for_somebodys_sake_the_list_keeps_kinds_and_numbers_alone(session, live, member, at, reason):
    taken_down(session, member, live, reason)
    page = html.unescape(at(member("Lichen", Role.EDITOR)).get(f"{STUDIO}/take-down").text)
    listed = page.partition("Cards of this text that may be out there")[2]
    assert "2. Quote" in listed
    assert f"Copy number {live.code}" in listed
    assert CANARY not in listed
    (edition,) = posted.posted(session, live.translation_id)
    assert [one.words for one in edition.cards] == [""] * 5


def test_what_is_kept_of_cards_outlives_their_files_and_holds_no_word_of_them(session, live, member):
    rows = session.query(CardOut).order_by(CardOut.place).all()
    assert [(row.place, row.sort) for row in rows] == list(enumerate(KINDS, 1))
    taken_down(session, member, live, Reason.CONSENT)
    session.query(Artifact).delete()
    session.query(Build).delete()
    session.flush()
    (edition,) = posted.posted(session, live.translation_id)
    assert (edition.number, edition.copy_number, len(edition.cards)) == (1, live.code, 5)


def test_only_what_the_checks_agreed_to_becomes_a_card(session, live):
    kept = {one.kind: one.alt for one in queries.finished_build(session, live).artifacts if one.alt}
    agreed = session.get_one(Revision, live.revision_id).body
    for place, part in ((2, CANARY), (3, "Sit down."), (4, "Call one person.")):
        assert part in kept[f"card_{place:02d}_square"]
        assert part in agreed
    assert not [words for words in kept.values() if "Breathe" in words or "Bye" in words]
