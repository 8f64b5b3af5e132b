"""Look at everything once: what an editor sees and is told, what stops them, and how the files get on."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from PIL import Image
from publishing import FIELDS, approve, approved, derive, published, worker

from studio.core.clock import now as moment
from studio.core.errors import Invalid
from studio.core.words import N_
from studio.guides.models import Media
from studio.guides.rules.statuses import Standing
from studio.jobs.run import Runner
from studio.members.actor import Role
from studio.publish import looking, operations, previews, progress, queries, withdrawal
from studio.publish.forms import FORMS, kinds_for
from studio.publish.models import Edition
from studio.publish.renderer import derive as derive_in_a_child
from studio.publish.rules.outside import tells
from studio.publish.rules.takedown import Reason
from studio.publish.tasks import Publisher
from studio.storage.engine import make_engine, make_sessions

HERE = "/studio/guides/telling-a-friend/en"


@pytest.fixture
def editor(client, member, sign_in):
    actor = member("River", Role.EDITOR, founding=True)
    sign_in(client, actor)
    return actor


def told(session, settings, translation):
    revision, approval = operations.agreed(session, translation)
    document = previews.document_to_be(session, translation, revision, approval, settings, moment())
    found = looking.told(session, translation, document)
    return SimpleNamespace(
        stops=[str(one) for one in found.stops], cautions=[str(one) for one in found.cautions], document=document
    )


def hash_of(session, translation):
    digest = operations.agreed(session, translation)[0].content_hash
    session.rollback()
    return digest


def test_one_screen_holds_phone_page_pdf_card_link_and_finding(client, session, member, editor):
    approved(session, member("Wren"))
    answer = client.get(f"{HERE}/publish")
    page = answer.text
    assert f'<iframe src="{HERE}/publish/page" sandbox="allow-same-origin"' in page
    assert {f'src="{HERE}/publish/{kind}"' for kind in ("pdf_front", "card_square")} <= set(
        re.findall(r'src="[^"]+"', page)
    )
    assert "In a chat, when somebody shares the link" in page
    assert "When somebody finds it by searching" in page
    for form in FORMS:
        if form.preview and form.kept and form.place < 2 and form.kind not in ("card_square", "card_wide"):
            assert f'href="{HERE}/publish/{form.kind}"' in page
    assert "frame-src 'self'" in answer.headers["Content-Security-Policy"]


def test_the_page_may_stand_in_a_frame_of_this_house_and_no_other_page_may(client, session, member, editor):
    approved(session, member("Wren"))
    policy = client.get(f"{HERE}/publish/page").headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    for address in (f"{HERE}/publish", f"{HERE}/", "/studio/"):
        assert "frame-ancestors 'none'" in client.get(address).headers["Content-Security-Policy"]


def test_the_first_page_of_the_pdf_is_a_picture_with_something_on_it(client, session, member, editor):
    approved(session, member("Wren"))
    answer = client.get(f"{HERE}/publish/pdf_front")
    picture = Image.open(io.BytesIO(answer.data)).convert("L")
    assert (answer.mimetype, picture.width) == ("image/png", 720)
    assert picture.height > picture.width
    assert picture.getextrema()[1] - picture.getextrema()[0] > 100, "not an empty sheet"


def test_a_character_that_no_font_has_stops_and_is_named(client, session, settings, member, editor):
    text = approved(session, member("Wren"), fields=replace(FIELDS, title="Telling a friend ภ"))
    assert any("ภ (U+0E20)" in one for one in told(session, settings, text).stops)
    here = f"/studio/guides/{text.guide_id}/en"
    page = client.get(f"{here}/publish").text
    assert "This must be mended first" in page
    assert "Publish now" not in page
    digest = hash_of(session, text)
    for path, more in (("publish", {}), ("schedule", {"at": "2099-01-01T09:00"})):
        answer = client.post(f"{here}/{path}", data={"content_hash": digest, **more})
        assert answer.status_code == 409
        assert "ภ (U+0E20)" in answer.text
    assert queries.newest_edition(session, text.id) is None


def test_a_summary_that_is_missing_stops(session, settings, member):
    text = approved(session, member("Wren"), fields=replace(FIELDS, summary=" "))
    assert [one[:25] for one in told(session, settings, text).stops] == ["Title and summary are nee"]


def test_a_good_text_is_told_of_nothing_but_what_the_house_lacks(session, settings, member):
    found = told(session, settings, approved(session, member("Wren")))
    assert found.stops == []
    assert len(found.cautions) == (0 if settings.base_url else 1)


def test_links_to_texts_that_are_not_out_are_named_and_stop_nobody(client, session, settings, member, editor):
    body = "Read [more](guide:hard-days), [again](guide:hard-days#part) and [this](guide:night-walks).\n"
    text = approved(session, member("Wren"), body=body)
    said = [one for one in told(session, settings, text).cautions if "not out in this language" in one]
    assert said == [
        "These texts are not out in this language, so readers see the words without a link: hard-days, night-walks."
    ]
    assert client.post(f"{HERE}/publish", data={"content_hash": hash_of(session, text)}).status_code == 303


def test_a_long_title_and_heavy_pictures_are_told(session, settings, member):
    text = approved(session, member("Wren"), fields=replace(FIELDS, title="Telling a friend " * 5))
    found = told(session, settings, text)
    assert any("The title is long" in one for one in found.cautions)
    session.add(Media(sha="a" * 64, media_type="image/png", data=b"x" * 400_000, width=1, height=1, added_at=moment()))
    heavy = replace(found.document, body=replace(found.document.body, media=("a" * 64,)))
    said = [str(one) for one in looking.told(session, text, heavy).cautions]
    assert "The pictures weigh 400 kB together. On a weak phone the page takes long." in said


@pytest.mark.parametrize(
    ("neutral", "title", "topics", "expected"),
    [
        ("Pages to read", "Telling a friend", ("Telling someone",), False),
        ("About telling", "Telling a friend", (), True),
        ("My notes", "A hard day", ("Hard days",), False),
        ("صفحات للقراءة", "إخبار صديق", ("الإخبار",), False),
        ("ملف عن إخبار صديق", "إخبار صديق", (), True),
        ("読み物", "友だちに話す", ("話す",), False),
        ("友だちのこと", "友だちに話す", (), True),
        ("阅读材料", "告诉一个朋友", (), False),
        ("", "Anything", (), False),
    ],
)
def test_a_neutral_name_tells_when_it_shares_a_word_with_title_or_topics(neutral, title, topics, expected):
    assert tells(neutral, title, topics) is expected


def test_a_translation_of_an_older_edition_and_a_takedown_are_told(session, settings, member, editor):
    writer = member("Wren")
    text = approved(session, writer)
    published(session, editor, text)
    worker(settings).run_due()
    session.expire_all()
    other = approved(session, writer, fields=replace(FIELDS, title="Le dire"), language="fr")
    other.pinned_to = f"{text.guide_id}/en@0"
    assert "The original has edition 1 now; this was made from edition 0." in told(session, settings, other).cautions
    withdrawal.take_down(session, editor, text, reason=Reason.FACT, instead="", now=moment())
    approve(session, writer, text)
    assert any("This one waits until somebody does" in one for one in told(session, settings, text).cautions)


def test_publishing_leads_to_how_far_the_files_are_and_then_to_the_page(
    client, session, settings, member, editor, clock
):
    text = approved(session, member("Wren"))
    answer = client.post(f"{HERE}/publish", data={"content_hash": hash_of(session, text)})
    place = answer.headers["Location"]
    assert place == f"{HERE}/publish/progress"
    waiting = client.get(place)
    assert "Edition 1 is being made" in waiting.text
    assert waiting.headers["Refresh"] == "4"
    worker(settings, clock).run_due()
    session.expire_all()
    done = client.get(place)
    assert "Edition 1 is out" in done.text
    assert 'href="/en/telling-a-friend/"' in done.text
    assert "Refresh" not in done.headers


def test_each_file_that_is_done_is_seen_while_the_others_are_made(session, settings, member, editor):
    text = approved(session, member("Wren"))
    edition = published(session, editor, text)
    seen = []

    def watched(document, media, folder):
        made = derive(document, media, folder)
        seen.append(progress.of(session, session.get_one(Edition, edition.id), settings.data))
        session.rollback()
        return made

    asked = Publisher(settings, watched, lambda _name: "")
    session.rollback()
    Runner(make_sessions(make_engine(settings.database_url)), asked.tasks(), moment).run_due()
    session.rollback()
    assert progress.of(session, edition, settings.data).state == "out"
    assert seen[0].state == "making"
    assert set(seen[0].made) == set(kinds_for(told_document(session, text, settings)))


def told_document(session, text, settings):
    edition = queries.newest_edition(session, text.id)
    return previews.document_of(session, edition, settings)


def failing(_document, _media, folder):
    (folder / "pdf").write_bytes(b"half")
    raise Invalid(N_("This text takes too much time or memory to be printed. Please make it shorter or simpler."))


def test_one_file_that_cannot_be_made_leaves_the_old_edition_whole_and_says_why(
    client, browser, session, settings, member, editor, clock
):
    writer = member("Wren")
    text = approved(session, writer)
    published(session, editor, text)
    worker(settings).run_due()
    session.expire_all()
    before = {name: browser().get(f"/en/telling-a-friend/{name}").data for name in ("", "guide.pdf", "cards/wide.png")}
    approve(session, writer, text)
    edition = published(session, editor, text)
    asked = Publisher(settings, failing, lambda _name: "")
    session.rollback()
    Runner(make_sessions(make_engine(settings.database_url)), asked.tasks(), moment).run_due()
    session.rollback()
    assert edition.standing is Standing.BUILDING
    page = client.get(f"{HERE}/publish/progress").text
    assert "Edition 2 could not be made" in page
    assert "takes too much time or memory" in page
    assert "Readers keep edition 1, whole." in page
    assert {name: browser().get(f"/en/telling-a-friend/{name}").data for name in before} == before
    assert [one.state for one in edition.builds] == ["failed"]
    assert [artifact for build in edition.builds for artifact in build.artifacts] == []
    session.rollback()
    assert client.post(f"{HERE}/build-again").status_code == 303
    worker(settings, clock).run_due()
    session.rollback()
    assert progress.of(session, edition, settings.data).state == "out"


def test_the_picture_of_a_page_is_drawn_by_the_renderer_as_well(document, tmp_path):
    made = derive_in_a_child(document("ar"), {}, tmp_path, kinds=("pdf_front",), socket_path=tmp_path / "nobody.sock")
    assert (tmp_path / made[0].name).read_bytes()[:4] == b"\x89PNG"


def test_nobody_sees_how_far_a_text_is_that_was_never_published(client, session, member, editor):
    approved(session, member("Wren"))
    assert client.get(f"{HERE}/publish/progress").status_code == 409
