"""The words of a card: kept with it, given out beside it, and shown to whoever posts it."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace

import pytest
from publishing import FIELDS, approved, published, worker

from studio.core.clock import now as moment
from studio.members.actor import Role
from studio.publish import operations, queries, rechecks
from studio.publish.card_sizes import SIZES
from studio.publish.documents import document_of
from studio.publish.sayings import alt_text

PAGE = "/en/telling-a-friend/"
CARDS = [f"card_{size.name}" for size in SIZES]


@pytest.fixture
def settings(settings):
    return replace(settings, base_url="https://guides.example")


@pytest.fixture
def live(session, settings, member):
    text = approved(session, member("Wren"))
    edition = published(session, member("River", Role.EDITOR), text)
    worker(settings).run_due()
    session.expire_all()
    return edition


def words_kept(session, edition):
    return {kind: queries.artifact(session, edition, kind).alt for kind in (*CARDS, "pdf", "page")}


def make_again(session, settings, edition):
    operations.ask_for_build(session, edition, moment())
    session.commit()
    worker(settings).run_due()
    session.expire_all()


def test_each_card_is_kept_with_its_words_and_no_other_file_has_any(session, settings, live):
    words = alt_text(document_of(session, live, settings))
    assert words.startswith(f"{FIELDS.title} – {FIELDS.summary} – ")
    assert words_kept(session, live) == {**dict.fromkeys(CARDS, words), "pdf": "", "page": ""}


def test_edition_json_gives_the_words_beside_sum_and_size_of_each_card(client, session, live):
    told = {one["kind"]: one for one in json.loads(client.get(f"{PAGE}edition.json").data)["artifacts"]}
    for kind in CARDS:
        kept = queries.artifact(session, live, kind)
        assert (told[kind]["sha256"], told[kind]["size"], told[kind]["alt"]) == (kept.sha256, kept.size, kept.alt)
    assert "alt" not in told["pdf"]


def test_a_shared_page_describes_its_card_by_the_words_that_are_kept(client, session, settings, live):
    told = f'<meta property="og:image:alt" content="{html.escape(alt_text(document_of(session, live, settings)))}">'
    session.rollback()
    assert told in client.get(PAGE).text
    queries.artifact(session, live, "card_wide").alt = "Words that only the row holds"
    session.commit()
    make_again(session, settings, live)
    assert 'content="Words that only the row holds"' in client.get(PAGE).text


def test_what_is_kept_of_a_card_stays_when_only_the_page_is_made_again(session, settings, live):
    before, files = words_kept(session, live), queries.artifact(session, live, "card_tall").sha256
    build = queries.artifact(session, live, "page").build_id
    session.delete(queries.artifact(session, live, "quiet_page"))
    queries.finished_build(session, live).inputs_checksum = "as if something beside the text had changed"
    session.commit()
    make_again(session, settings, live)
    assert queries.artifact(session, live, "page").build_id != build
    assert (words_kept(session, live), queries.artifact(session, live, "card_tall").sha256) == (before, files)


def test_the_same_text_makes_the_same_words_and_another_month_others(session, settings, live, member):
    before = words_kept(session, live)
    rechecks.recheck(session, member("Heron", Role.REVIEWER), live, moment().replace(year=2031))
    session.commit()
    make_again(session, settings, live)
    after = words_kept(session, live)
    assert {after[kind] != before[kind] for kind in CARDS} == {True}
    make_again(session, settings, live)
    assert words_kept(session, live) == after


def test_who_publishes_can_copy_the_words_beside_each_card(client, session, settings, member, sign_in):
    text = approved(session, member("Wren"), fields=replace(FIELDS, title="نزهة", summary="عشر دقائق"), language="ar")
    sign_in(client, member("River", Role.EDITOR))
    page = client.get(f"/studio/guides/{text.guide_id}/ar/publish").text
    shown = re.findall(r'<textarea id="alt-(\w+)"[^>]* dir="rtl" lang="ar" readonly>\n([^<]*)</textarea>', page)
    assert [name for name, _ in shown] == ["1"]
    assert {html.unescape(words).partition(" – ")[0] for _, words in shown} == {"نزهة"}
    assert re.search('<label for="alt-1">[^<]*Title[^<]*</label>', page)
    for size in SIZES:
        assert f'/publish/card_{size.name}"' in page
